//! What was tried against the board, by whoever is at one of its lines or at its power.

use strongroom_board::cast::{CUSTOMER, OWN_KEY, POLL, PROVIDER_KEY, START, device_key, person};
use strongroom_board::operate::Operate;
use strongroom_board::party::Host;
use strongroom_board::simulated::Bench;
use strongroom_core::console::guard;
use strongroom_core::journal::Mounted;
use strongroom_core::link::{Ask, Cover, Key, Say, Seat, ToBoard, ToHost};
use strongroom_core::outbox::{Kind, Notice};
use strongroom_core::party::{Party, Role};
use strongroom_core::{Action, Command, Digest, Health, Id, LogName, Main, Verdict};
use strongroom_simulator::{Fault, Session};

fn main_state(bench: &Bench) -> Main {
    bench.board().kernel().engine().state().base.lease.main
}

fn health(bench: &Bench) -> Health {
    bench.board().kernel().engine().state().base.lease.health()
}

/// What the tenant's log has so far.
fn records(bench: &Bench) -> u32 {
    bench.board().kernel().engine().log().size(LogName::Tenant)
}

/// The way out of a state that cannot be read is the customer's and the pool's together (D-28), so their key must be there.
#[test]
fn a_journal_that_cannot_be_read_leaves_the_customer_their_key() {
    let mut bench = Bench::operational();
    bench.power_off();
    // The last entry of each of the tenant's segments.
    for segment in bench.journal()[11_264..].chunks_mut(10_752) {
        if let Some(last) = segment.iter().rposition(|byte| *byte != 0xff) {
            segment[last - last % 64..=last].fill(0);
        }
    }
    assert!(matches!(bench.power_on(), Ok(Mounted::Invalid(_))));
    assert_eq!(main_state(&bench), Main::Invalid);
    assert_eq!(bench.board().kernel().engine().state().base.account.organisation, CUSTOMER);
    bench.power_off();
    assert!(matches!(bench.power_on(), Ok(Mounted::Invalid(_))), "boots change nothing");
    bench.parties.customer = Host::new(Party::Customer, OWN_KEY);
    bench.meet();
    let command = Command::new(person(Role::Admin, 1), Action::Quarantine {}).with(person(Role::Pool, 1));
    let sealed = bench.parties.customer.seal(Ask::Command { at: None, command });
    let session = bench.parties.customer.session();
    let sealed = sealed.with(session, &Key::new(PROVIDER_KEY).unwrap());
    let answer = bench.exchange(&ToBoard::Ask(sealed));
    let Say::Reply(reply) = bench.parties.customer.open(&answer) else { panic!("{answer:?}") };
    assert_eq!((reply.verdict, main_state(&bench)), (Verdict::Accepted, Main::Quarantined), "{}", reply.rule.name());
}

#[test]
fn a_device_that_does_not_answer_is_told_of() {
    let mut bench = Bench::operational();
    bench.wait(POLL);
    bench.settle();
    bench.device.set_fault(Fault::Silent, true);
    bench.wait(5 * POLL);
    assert_eq!(health(&bench), Health::Silent);
    let pending = bench.board().kernel().engine().pending();
    assert!(pending.iter().any(|entry| entry.kind == Kind::NotifyCustomer && entry.about & Notice::SILENCE != 0));
}

/// Its cable was pulled and put back: what it printed in between is lost, its prompt too.
#[test]
fn a_device_that_was_silent_is_read_again() {
    let mut bench = Bench::operational();
    bench.wait(POLL);
    for user in [Some("monitor"), None] {
        if user.is_none() {
            bench.type_in("exit\r");
        }
        assert_eq!(bench.device.user(), user);
        bench.device.set_fault(Fault::Silent, true);
        bench.wait(8 * POLL);
        assert_eq!(health(&bench), Health::Silent);
        bench.settle();
        bench.device.set_fault(Fault::Silent, false);
        bench.wait(3 * POLL);
        assert_ne!(health(&bench), Health::Silent);
        bench.settle();
    }
}

#[test]
fn a_command_without_an_end_does_not_keep_the_board_from_reading() {
    let mut bench = Bench::operational();
    bench.wait(POLL);
    bench.device.leave_at(Session::Endless);
    bench.type_in("status date\r");
    bench.wait(4 * POLL);
    assert_eq!(bench.device.session(), Session::Shell);
    assert_ne!(health(&bench), Health::Silent);
}

#[test]
fn lines_that_are_pasted_are_decided_one_in_a_turn() {
    let mut bench = Bench::operational();
    bench.wait(POLL);
    bench.settle();
    bench.run(3_000);
    bench.paste(&["a a\r", "b b\r"].concat().repeat(10));
    let before = records(&bench);
    bench.run(5);
    assert_eq!(
        records(&bench),
        before + 1,
        "a whole line and no more: the switches, the device and the hosts are not kept waiting"
    );
    bench.run(1_000);
    assert!(records(&bench) > before + 2, "and all of them are");
}

/// The board's own word is not the provider's to give, neither accepted nor refused.
#[test]
fn a_command_that_brings_a_key_is_none_of_the_boards() {
    let mut bench = Bench::operational();
    let before = records(&bench);
    let line = Action::ConsoleLine { command: 1, arguments: strongroom_core::lunash::Arguments::NotPlain, line: Digest([1; 32]) };
    let host = &bench.parties.provider;
    let cover = Cover::new(&device_key(), [0x33; 32], &host.key, (host.session(), host.next()), [7; 32]).unwrap();
    let ask = Ask::Bind { command: Command::new(person(Role::Monitor, 1), line), cover };
    assert_eq!(bench.ask_provider(ask), Say::NotYours);
    assert_eq!(records(&bench), before);
}

#[test]
fn a_chassis_that_is_open_stays_so_whatever_the_device_says() {
    let mut bench = Bench::operational();
    bench.switches[0].set(true);
    bench.run(100);
    assert_eq!(main_state(&bench), Main::TamperLatched);
    bench.settle();
    bench.wait(2 * POLL);
    let clear = Command::new(person(Role::Admin, 1), Action::TamperClear {});
    assert_eq!(bench.command(clear).rule.name(), "TamperGone");
    bench.switches[0].set(false);
    bench.run(100);
    assert_eq!(bench.command(clear).verdict, Verdict::Accepted);
}

#[test]
fn what_was_typed_before_a_grant_is_not_run_by_it() {
    let mut bench = Bench::operational();
    bench.run(3_000);
    let request = bench.asked();
    bench.type_in("partition list");
    bench.approve(request);
    bench.run(3_000);
    bench.device.entered();
    bench.type_in("\r");
    assert!(!bench.device.entered().contains(&"partition list".to_owned()));
    bench.type_in("partition list\r");
    assert!(bench.device.entered().contains(&"partition list".to_owned()));
}

#[test]
fn a_device_of_which_nothing_may_be_read_is_not_asked_for_its_prompt() {
    let mut bench = Bench::operational();
    bench.go(Command::new(person(Role::Admin, 1), Action::SetMonitoring { allowed: false }));
    bench.run(3_000);
    bench.print("\r\nkernel: eth0 is up\r\n");
    bench.run(5_000);
    assert_eq!(bench.board().console().session(), guard::Session::Unknown);
}

/// A claim without a key would leave a customer whom nobody hears.
#[test]
fn a_claim_brings_a_key() {
    let mut bench = Bench::new();
    bench.set_time(START);
    bench.walk_to_unclaimed();
    let claim = Action::Claim { credential_replaced: true, owner_key: Digest([1; 32]), proof: None };
    let ask = Ask::Command { at: None, command: Command::new(person(Role::Admin, 1), claim) };
    assert_eq!(bench.ask_customer(ask), Say::NotYours);
    assert_eq!(main_state(&bench), Main::TenantUnclaimed);
    let nonce = Id([9; 16]);
    let answer = bench.exchange(&ToBoard::Hello { party: Party::Customer, nonce });
    assert!(matches!(answer, ToHost::Here(hello) if hello.tag.is_some()));
    assert_eq!(bench.ask_provider(Ask::Seat(Seat::Empty)), Say::Done);
}

/// Once, in the middle of a session.
#[test]
fn a_text_that_looks_like_a_login_prompt_ends_no_session() {
    let mut bench = Bench::operational();
    for engineer in [1, 2] {
        let request = bench.asked_by(engineer, None);
        bench.approve(request);
    }
    bench.run(3_000);
    for line in ["exit\r", "operator\r", "works\r"] {
        bench.type_in(line);
    }
    assert_eq!(bench.device.user(), Some("operator"));
    bench.print("\r\n[hsm-a] ttyS0 login: ");
    bench.run(200);
    assert_eq!(bench.ask_provider(Ask::Seat(Seat::Engineer(person(Role::Engineer, 2).id))), Say::Done);
    bench.run(3_000);
    assert_ne!(bench.device.user(), Some("operator"));
}
