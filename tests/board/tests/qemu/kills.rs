//! Power cuts of the image on QEMU's board, at random moments: 20, or 200 in a soak.

use std::time::{Duration, Instant};
use strongroom_board::cast::{START, person};
use strongroom_board::image::image;
use strongroom_board::operate::Operate;
use strongroom_board::qemu::Qemu;
use strongroom_board::stored;
use strongroom_core::journal::Mounted;
use strongroom_core::link::{Ask, Say, ToBoard};
use strongroom_core::party::{Party, Principal, Role};
use strongroom_core::{Action, Command, Id, LogName, Seconds, Time, Verdict};

/// Where random moments begin; printed, so that they can be had again.
const SEED: u64 = 0x5752_4e47;

/// A kill comes so many microseconds after the power at the latest: the boot takes half of that.
const WINDOW: u64 = 2_500_000;

#[test]
fn what_was_answered_is_there_after_a_power_cut_at_any_moment() {
    let Some(image) = image("board.sh") else { return };
    let kills = if std::env::var_os("STRONGROOM_SOAK").is_some() { 200 } else { 20 };
    let mut board = Qemu::provisioned(&image, "kills", Seconds(600));
    board.set_time(START);
    let (mut random, mut known, mut answered, mut boots, mut torn) = (SEED, START, 0, 0, 0);
    for kill in 0..kills {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let at = (random >> 33) % WINDOW;
        let case = format!("kill {kill} of seed {SEED:#x}, {at} us after the power");
        board.power_off();
        board.power_on();
        let end = Instant::now() + Duration::from_micros(at);
        // The latest time that was answered, and the latest that was asked.
        let (mut done, mut asked) = (known, known);
        if meet_before(&mut board, end).is_some() {
            loop {
                asked += 1;
                let Some(time) = step(&mut board, asked, end) else { break };
                done = time;
                answered += 1;
            }
        } else {
            boots += 1;
        }
        board.power_off();
        let (mut durable, found) = stored::mount(&board.eeprom());
        let Mounted::Restored { torn: was_torn, .. } = found else { panic!("{case}: {found:?}") };
        torn += u32::from(was_torn);
        known = durable.engine().state().base.clock.last_good.as_unix();
        assert!((done..=asked).contains(&known), "{case}: {known} of {done} to {asked}");
        // The board goes on from what the host has read: its boot is the same record, to the byte.
        board.power_on();
        board.meet();
        let boot = Command::new(Principal::device(Role::Core), Action::Boot { self_test_passed: true });
        assert!(durable.apply(None, &boot).is_ok());
        let record = *durable.engine().log().records(LogName::Lifecycle).last().expect("the boot");
        let say = board.ask_provider(Ask::Record(LogName::Lifecycle, record.sequence));
        assert_eq!(say, Say::Record(record), "{case}");
        drain(&mut board);
    }
    println!("{kills} kills, {boots} of them in the boot, {torn} that tore what was written; {answered} steps were answered");
}

/// Asks who is there.
fn meet_before(board: &mut Qemu, end: Instant) -> Option<()> {
    let nonce = Id([3; 16]);
    let answer = board.exchange_before(&ToBoard::Hello { party: Party::Provider, nonce }, end)?;
    board.parties.provider.meet(nonce, &answer);
    Some(())
}

/// Sets the time once more; the time where that was answered before the end.
fn step(board: &mut Qemu, time: u64, end: Instant) -> Option<u64> {
    drain_before(board, end)?;
    let command = Command::new(person(Role::Pool, 1), Action::SetTime {}).with(person(Role::Pool, 2));
    let say = ask_before(board, Ask::Command { at: Some(Time::from_unix(time)), command }, end)?;
    let Say::Reply(reply) = say else { panic!("{say:?}") };
    assert_eq!(reply.verdict, Verdict::Accepted, "{}", reply.rule.name());
    Some(time)
}

/// The log is drained, so that there is room for more.
fn drain(board: &mut Qemu) {
    assert!(drain_before(board, Instant::now() + Duration::from_secs(60)).is_some());
}

fn drain_before(board: &mut Qemu, end: Instant) -> Option<()> {
    let Say::Status { sizes: [_, next], .. } = ask_before(board, Ask::Status, end)? else { panic!("no status") };
    let acknowledge = Command::new(person(Role::Pool, 9), Action::Acknowledge { log: LogName::Lifecycle, next });
    ask_before(board, Ask::Command { at: None, command: acknowledge }, end).map(|_| ())
}

fn ask_before(board: &mut Qemu, ask: Ask, end: Instant) -> Option<Say> {
    let sealed = board.parties.provider.seal(ask);
    let answer = board.exchange_before(&ToBoard::Ask(sealed), end)?;
    Some(board.parties.provider.open(&answer))
}
