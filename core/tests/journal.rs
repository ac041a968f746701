//! What the journal keeps, and what it says of what it cannot read.

#![allow(clippy::expect_used, clippy::arithmetic_side_effects, clippy::indexing_slicing, reason = "a test fails by a panic")]

mod common;
#[path = "common/flash.rs"]
mod flash;

use common::*;
use flash::Flash;
use strongroom_core::journal::*;
use strongroom_core::*;

const CAPACITY: usize = 32 * 1024;

fn durable(flash: Flash) -> Durable<Flash> {
    Durable::new(flash)
}

fn layout() -> Layout {
    Layout::over(CAPACITY as u32, 64).expect("fits")
}

fn fresh() -> Durable<Flash> {
    let mut durable = durable(Flash::blank(CAPACITY));
    assert_eq!(durable.mount(&layout(), DEVICE, &Policy::AZURE), Ok(Mounted::Fresh));
    durable
}

fn arrive() -> Command {
    Command::new(person(Role::Hands, 1), Action::Arrive { serial: DEVICE.serial })
}

fn at(seconds: u64) -> Option<Time> {
    Some(Time::from_unix(seconds))
}

/// The same medium, mounted anew.
fn again(old: Durable<Flash>) -> (Durable<Flash>, Mounted) {
    let mut new = durable(old.into_medium());
    let mounted = new.mount(&layout(), DEVICE, &Policy::AZURE).expect("the medium works");
    (new, mounted)
}

#[test]
fn what_was_answered_is_there_after_the_power_was_off() {
    let mut durable = fresh();
    let reply = durable.apply(at(1_000_000), &arrive()).expect("stored");
    assert_eq!((reply.verdict, reply.main), (Verdict::Accepted, Main::Received));
    let refused = durable.apply(at(1_000_001), &Command::new(person(Role::Monitor, 1), Action::Unbound {})).expect("stored");
    assert_eq!(refused.verdict, Verdict::Refused);
    let before = durable.engine().clone();
    let (durable, mounted) = again(durable);
    assert_eq!(mounted, Mounted::Restored { steps: 2, torn: false });
    assert_eq!(durable.engine(), &before);
}

#[test]
fn mounting_writes_nothing() {
    let mut durable = fresh();
    durable.apply(at(1_000_000), &arrive()).expect("stored");
    let bytes = durable.into_medium().bytes;
    let mut flash = Flash::blank(CAPACITY);
    flash.bytes.clone_from(&bytes);
    let mut durable = self::durable(flash);
    durable.mount(&layout(), DEVICE, &Policy::AZURE).expect("works");
    let flash = durable.into_medium();
    assert_eq!((flash.bytes, flash.power.used), (bytes, 0));
}

/// A device in its pool, kept by a journal.
fn operational() -> Durable<Flash> {
    let mut durable = fresh();
    for (now, command) in walk() {
        durable.apply(now, &command).expect("stored");
    }
    assert_eq!(durable.engine().state().base.lease.main, Main::Operational);
    durable
}

/// The commands by which a bench comes to `OPERATIONAL`.
fn walk() -> Vec<(Option<Time>, Command)> {
    let mut bench = Bench::new();
    bench.heard = Some(Vec::new());
    bench.operational().heard.expect("it was told")
}

fn pool(number: u8) -> Principal {
    person(Role::Pool, number)
}

/// Where on the medium `bytes` stand.
fn find(flash: &Flash, bytes: &[u8]) -> usize {
    flash.bytes.windows(bytes.len()).rposition(|window| window == bytes).expect("they stand there")
}

#[test]
fn what_a_mark_names_and_is_broken_closes_everything_until_quarantine() {
    let mut flash = operational().into_medium();
    // The last command names the customer's officer; its bytes are in a marked entry.
    let place = find(&flash, &person(Role::Admin, 1).id.0);
    flash.bytes[place] ^= 1;
    let mut durable = durable(flash);
    let mounted = durable.mount(&layout(), DEVICE, &Policy::AZURE).expect("works");
    assert!(matches!(mounted, Mounted::Invalid(Damage::Entry { .. })), "{mounted:?}");
    assert_eq!(durable.engine().state().base.lease.main, Main::Invalid);
    assert!(durable.engine().pending().iter().any(|entry| entry.kind == outbox::Kind::Halt));
    // Nothing is written meanwhile, whatever comes.
    let bytes = durable.medium_mut().bytes.clone();
    durable
        .apply(at(2_000_000), &Command::new(Principal::device(Role::Core), Action::Boot { self_test_passed: true }))
        .expect("told");
    let opened = Command::new(person(Role::User, 1), Action::OpenTicket { ticket: label("T"), troubleshot: true });
    assert_eq!(durable.apply(at(2_000_000), &opened).expect("told").rule, Rule::StateReadable);
    assert_eq!(durable.medium_mut().bytes, bytes);
    let (mut durable, mounted) = again(durable);
    assert!(matches!(mounted, Mounted::Invalid(_)));
    // Two of the pool quarantine it, and that is kept, in a tree of another name.
    let quarantine = Command::new(pool(1), Action::Quarantine {}).with(pool(2));
    assert_eq!(durable.apply(at(2_000_000), &quarantine).expect("stored").rule.name(), "T65");
    let (durable, mounted) = again(durable);
    assert!(matches!(mounted, Mounted::Restored { .. }), "{mounted:?}");
    let base = &durable.engine().state().base;
    assert_eq!(base.lease.main, Main::Quarantined);
    assert_ne!(base.lifecycle_log.epoch, 0);
}

#[test]
fn who_the_customer_is_is_read_as_far_as_it_can_be() {
    let mut flash = operational().into_medium();
    let place = find(&flash, &person(Role::Admin, 1).id.0);
    flash.bytes[place] ^= 1;
    let mut durable = durable(flash);
    durable.mount(&layout(), DEVICE, &Policy::AZURE).expect("works");
    assert_eq!(durable.engine().state().base.account.organisation, CUSTOMER);
}

#[test]
fn a_medium_with_anything_else_on_it_is_not_taken_for_a_blank_one() {
    for byte in [0x00, 0x55, 0x7f, 0xfe] {
        let mut flash = Flash::blank(CAPACITY);
        flash.bytes.fill(byte);
        let mut durable = durable(flash);
        assert_eq!(durable.mount(&layout(), DEVICE, &Policy::AZURE), Ok(Mounted::Invalid(Damage::NoMark)));
    }
    // One byte tells, but where a cut in the first image may have left it.
    let Layout { marks, lifecycle, tenant } = layout();
    let begins = [(lifecycle[0], Mounted::Fresh)];
    let tells = [marks[0], marks[1], lifecycle[1], tenant[0], tenant[1]].map(|part| (part, Mounted::Invalid(Damage::NoMark)));
    for (part, expected) in begins.into_iter().chain(tells) {
        let mut flash = Flash::blank(CAPACITY);
        flash.bytes[part.from as usize + 5] = 0;
        assert_eq!(durable(flash).mount(&layout(), DEVICE, &Policy::AZURE), Ok(expected), "{part:?}");
    }
    // Marks that are lost altogether are a loss, and not a beginning.
    let mut flash = operational().into_medium();
    flash.bytes[..2048].fill(0xff);
    assert_eq!(durable(flash).mount(&layout(), DEVICE, &Policy::AZURE), Ok(Mounted::Invalid(Damage::NoMark)));
}

#[test]
fn logs_that_begin_after_another_loss_have_another_name() {
    let after_loss = |steps: u64| {
        let mut durable = fresh();
        for number in 0..steps {
            durable.apply(at(1_000_000 + number), &arrive()).expect("stored");
        }
        let mut flash = durable.into_medium();
        flash.bytes[2048..].fill(0);
        let mut durable = self::durable(flash);
        assert!(matches!(durable.mount(&layout(), DEVICE, &Policy::AZURE), Ok(Mounted::Invalid(_))));
        durable.engine().state().base.lifecycle_log.epoch
    };
    assert_eq!(after_loss(1), after_loss(1));
    assert_ne!(after_loss(1), after_loss(2));
}

#[test]
fn marks_that_are_lost_after_a_quarantine_are_a_loss_again() {
    let mut flash = operational().into_medium();
    flash.bytes[..2048].fill(0xff);
    let mut durable = durable(flash);
    durable.mount(&layout(), DEVICE, &Policy::AZURE).expect("works");
    let quarantine = Command::new(pool(1), Action::Quarantine {}).with(pool(2));
    durable.apply(at(2_000_000), &quarantine).expect("stored");
    // Now one image is all that is on the medium.
    durable.medium_mut().bytes[..2048].fill(0xff);
    assert_eq!(again(durable).1, Mounted::Invalid(Damage::NoMark));
}

#[test]
fn the_last_mark_may_be_lost_in_both_tracks() {
    let durable = operational();
    let engine = durable.engine().clone();
    let mut flash = durable.into_medium();
    for track in [0..1024, 1024..2048] {
        let last = flash.bytes[track.clone()].chunks(64).rposition(|mark| mark != [0xff; 64]).expect("a mark");
        flash.bytes[track][last * 64] ^= 0x10;
    }
    let mut durable = self::durable(flash);
    assert!(matches!(durable.mount(&layout(), DEVICE, &Policy::AZURE), Ok(Mounted::Restored { .. })));
    assert_eq!(durable.engine(), &engine);
}

#[test]
fn what_is_another_devices_or_does_not_fit_is_left_alone() {
    let flash = operational().into_medium();
    let other = Device { serial: label("700023"), ..DEVICE };
    let mut durable = durable(flash.clone());
    assert_eq!(durable.mount(&layout(), other, &Policy::AZURE), Ok(Mounted::Held(Other::Device { serial: DEVICE.serial })));
    let reply = durable.apply(at(2_000_000), &arrive());
    assert!(matches!(reply, Err(Error::Closed)), "{reply:?}");
    assert_eq!(durable.into_medium().bytes, flash.bytes);
    // A smaller engine has no place for so many records.
    let mut full = self::durable(flash);
    full.mount(&layout(), DEVICE, &Policy::AZURE).expect("works");
    for number in 0..8 {
        let ticket = Action::OpenTicket { ticket: label(&format!("T-{number}")), troubleshot: true };
        full.apply(at(2_000_000 + number), &Command::new(person(Role::User, 1), ticket)).expect("stored");
    }
    let mut small: Durable<Flash, 2, 6, 6, 6> = Durable::new(full.into_medium());
    assert_eq!(small.mount(&layout(), DEVICE, &Policy::AZURE), Ok(Mounted::Held(Other::Capacity)));
}

#[test]
fn a_policy_that_is_not_offered_is_not_replaced_by_another() {
    static OWN: Policy = Policy { version: 7, ..Policy::AZURE };
    let mut durable = durable(Flash::blank(CAPACITY));
    durable.mount(&layout(), DEVICE, &OWN).expect("works");
    durable.apply(at(1_000_000), &arrive()).expect("stored");
    let flash = durable.into_medium();
    assert_eq!(self::durable(flash.clone()).mount(&layout(), DEVICE, &Policy::AZURE), Ok(Mounted::Held(Other::Policy)));
    let mut offered = self::durable(flash);
    static OFFERED: [&Policy; 1] = [&OWN];
    offered.offer(&OFFERED);
    assert!(matches!(offered.mount(&layout(), DEVICE, &Policy::AZURE), Ok(Mounted::Restored { .. })));
    assert_eq!(offered.engine().policy(), Some(&OWN));
}

#[test]
fn after_a_fault_nothing_opens_and_destruction_still_happens() {
    let mut durable = operational();
    assert!(!durable.has_failed());
    durable.medium_mut().cut_after(0, 0);
    let now = at(2_000_000);
    let opened = Command::new(person(Role::User, 1), Action::OpenTicket { ticket: label("T"), troubleshot: true });
    assert!(matches!(durable.apply(now, &opened), Err(Error::NotStored(Fault::Medium(_)))));
    assert_eq!(durable.apply(now, &opened), Err(Error::Closed));
    assert!(durable.has_failed());
    let tamper = Command::new(Principal::device(Role::Sensor), Action::Tamper { class: reading::TamperClass::Battery });
    let Err(Error::DoneNotStored { reply, fault: Fault::Earlier }) = durable.apply(now, &tamper) else { panic!("done") };
    assert_eq!(reply.main, Main::Zeroizing);
    assert!(durable.engine().pending().iter().any(|entry| entry.kind == outbox::Kind::Erase));
    // What was not stored did not happen, once the power is back.
    durable.medium_mut().power_on();
    let (durable, _) = again(durable);
    assert_eq!(durable.engine().state().base.lease.main, Main::Operational);
}

#[test]
fn access_ends_as_soon_as_its_end_could_not_be_kept() {
    let mut bench = Bench::new();
    bench.heard = Some(Vec::new());
    let mut bench = bench.operational();
    let number = bench.asked(Subject::VmLinux);
    bench.approve(number);
    let mut durable = fresh();
    for (now, command) in bench.heard.expect("it was told") {
        durable.apply(now, &command).expect("stored");
    }
    let now = Time::from_unix(bench.now + 1);
    let engineer = person(Role::Engineer, 1).id;
    assert!(durable.access(now, engineer, Subject::VmLinux).is_some());
    durable.medium_mut().cut_after(0, 0);
    let revoke = Action::Revoke { request: number, reason: Digest([1; 32]) };
    let revoked = durable.apply(Some(now), &Command::new(person(Role::Approver, 3), revoke));
    assert!(matches!(revoked, Err(Error::DoneNotStored { reply, .. }) if reply.status == Some(Status::Revoking)));
    assert_eq!(durable.access(now, engineer, Subject::VmLinux), None);
}

#[test]
fn a_destruction_begins_again_at_every_boot_until_it_is_proved() {
    let mut durable = operational();
    let core = Principal::device(Role::Core);
    let mut now = 2_000_000;
    let mut go = |durable: &mut Durable<Flash>, command: Command| {
        now += 1;
        durable.apply(at(now), &command).expect("stored")
    };
    let nonce = durable.engine().challenge();
    let asked = Command::new(person(Role::Admin, 1), Action::Zeroize { nonce }).with(person(Role::CryptoOfficer, 2));
    assert_eq!(go(&mut durable, asked).main, Main::Zeroizing);
    let boot = Command::new(core, Action::Boot { self_test_passed: true });
    for erased in [false, true] {
        if erased {
            let areas = Policy::AZURE.lease.erase_list;
            assert_eq!(go(&mut durable, Command::new(core, Action::EraseDone { areas })).main, Main::ZeroizedUnverified);
        }
        let (read, _) = again(durable);
        durable = read;
        assert_eq!(go(&mut durable, boot).main, Main::Zeroizing);
        assert!(durable.engine().pending().iter().any(|entry| entry.kind == outbox::Kind::Erase));
    }
    go(&mut durable, Command::new(core, Action::EraseDone { areas: Policy::AZURE.lease.erase_list }));
    let proved = go(&mut durable, Command::new(core, Action::VerifyOk { read_back: Policy::AZURE.lease.erased }));
    assert_eq!(proved.main, Main::Zeroized);
    let (mut durable, _) = again(durable);
    assert_eq!(go(&mut durable, boot).main, Main::Zeroized);
}

#[test]
fn an_image_that_does_not_fit_is_told_before_anything_is_written() {
    let piece = |number: u32, size: u32| Stretch { from: 4096 + number * size, to: 4096 + (number + 1) * size };
    let marks = [Stretch { from: 0, to: 1024 }, Stretch { from: 1024, to: 2048 }];
    let layout =
        |size: u32| Layout { marks, lifecycle: [piece(0, size), piece(1, size)], tenant: [piece(2, size), piece(3, size)] };
    let mounted = |layout: Layout| {
        let mut durable: Durable<Flash> = Durable::new(Flash::blank(64 * 1024));
        durable.mount(&layout, DEVICE, &Policy::AZURE)
    };
    let Err(Fault::NoRoom { needed, has: 4096 }) = mounted(layout(4096)) else { panic!("it does not fit") };
    assert_eq!(mounted(layout(needed.next_multiple_of(64))), Ok(Mounted::Fresh));
    assert_eq!(mounted(Layout { marks: [marks[0], marks[0]], ..layout(8192) }), Err(Fault::Layout));
}

#[test]
fn an_update_finds_no_tail() {
    let mut durable = operational();
    durable.compact().expect("stored");
    let engine = durable.engine().clone();
    let (durable, mounted) = again(durable);
    assert_eq!(mounted, Mounted::Restored { steps: 0, torn: false });
    assert_eq!(durable.engine(), &engine);
}

#[test]
fn a_power_cut_in_a_quarantine_leaves_it_invalid_or_quarantined_and_never_blank() {
    let damages: [fn(&mut Flash); 4] = [
        // A marked entry, all marks, everything but a few bytes, the marks of a medium that was hardly used.
        |flash| {
            let place = find(flash, &person(Role::Admin, 1).id.0);
            flash.bytes[place] ^= 1;
        },
        |flash| flash.bytes[..2048].fill(0xff),
        |flash| flash.bytes[5..].fill(0),
        |flash| flash.bytes[2048..].fill(0xff),
    ];
    let quarantine = Command::new(pool(1), Action::Quarantine {}).with(pool(2));
    for damage in damages {
        let mut flash = operational().into_medium();
        damage(&mut flash);
        let mut stored = false;
        for cut in (0_u64..).step_by(3) {
            if stored {
                break;
            }
            let mut durable = durable(flash.clone());
            assert!(matches!(durable.mount(&layout(), DEVICE, &Policy::AZURE), Ok(Mounted::Invalid(_))));
            durable.medium_mut().cut_after(cut, cut);
            stored = durable.apply(at(2_000_000), &quarantine).is_ok();
            durable.medium_mut().power_on();
            for _ in 0..2 {
                let (read, mounted) = again(durable);
                durable = read;
                let main = durable.engine().state().base.lease.main;
                let quarantined = matches!(mounted, Mounted::Restored { .. }) && main == Main::Quarantined;
                let invalid = matches!(mounted, Mounted::Invalid(_)) && main == Main::Invalid;
                assert!(quarantined || invalid && !stored, "cut after {cut}: {mounted:?}, {main:?}");
                // Whatever it is, the next attempt ends in quarantine.
                if invalid {
                    assert_eq!(durable.apply(at(2_000_001), &quarantine).expect("stored").rule.name(), "T65");
                }
            }
        }
        assert!(stored);
    }
}

#[test]
fn a_byte_that_is_worn_out_is_noticed_before_anything_is_answered() {
    // Where the next step, its marks and the next image are written.
    let mut probe = fresh();
    probe.apply(at(1_000_000), &arrive()).expect("stored");
    let before = probe.medium_mut().bytes.clone();
    let refused = Command::new(person(Role::Monitor, 1), Action::TamperClear {});
    probe.apply(at(1_000_001), &refused).expect("stored");
    let written: Vec<usize> = (0..CAPACITY).filter(|at| before[*at] != probe.medium_mut().bytes[*at]).collect();
    assert!(written.iter().any(|at| *at < 2048) && written.iter().any(|at| *at >= 2048), "{written:?}");
    for worn in written {
        let mut durable = fresh();
        durable.apply(at(1_000_000), &arrive()).expect("stored");
        durable.medium_mut().worn = Some((worn, 0xff));
        let fault = durable.apply(at(1_000_001), &refused);
        assert!(matches!(fault, Err(Error::NotStored(Fault::NotWritten { .. }))), "byte {worn}: {fault:?}");
    }
    // An erasure that leaves something behind.
    for segment in layout().lifecycle {
        let mut durable = fresh();
        durable.apply(at(1_000_000), &arrive()).expect("stored");
        durable.medium_mut().worn = Some((segment.to as usize - 1, 0x7f));
        let faults: Vec<_> = (0..2).filter_map(|_| durable.compact().err()).collect();
        assert!(matches!(faults[0], Error::NotStored(Fault::NotErased { .. })), "{faults:?}");
    }
}

#[test]
fn nothing_is_in_the_tenants_area_once_the_device_was_given_back() {
    let mut bench = Bench::new();
    bench.heard = Some(Vec::new());
    let mut bench = bench.operational();
    let nonce = bench.engine.challenge();
    let core = Principal::device(Role::Core);
    bench.both(Command::new(person(Role::Admin, 1), Action::Zeroize { nonce }).with(person(Role::CryptoOfficer, 2)));
    bench.go(core, Action::EraseDone { areas: Policy::AZURE.lease.erase_list });
    bench.go(core, Action::VerifyOk { read_back: Policy::AZURE.lease.erased });
    bench.go(person(Role::Admin, 1), Action::Deprovision {});
    bench.go(pool(1), Action::Detached { network_unmapped: true });
    let mut durable = fresh();
    let (mut used, mut open) = (false, false);
    for (now, command) in bench.heard.take().expect("told") {
        durable.apply(now, &command).expect("stored");
        let flash = durable.medium_mut();
        let blank = layout().tenant.iter().all(|area| {
            let bytes = &flash.bytes[area.from as usize..area.to as usize];
            bytes.iter().all(|byte| *byte == 0xff)
        });
        used |= !blank;
        open = durable.engine().state().base.account.is_open();
        assert!(open || blank, "{:?}", command.action);
    }
    assert!(used && !open);
}

#[test]
fn a_step_that_was_decided_on_another_state_is_refused_and_not_stored() {
    let mut durable = fresh();
    let stale = durable.engine().decide(at(1_000_000), &arrive());
    durable.commit(&stale).expect("stored");
    let bytes = durable.medium_mut().bytes.clone();
    let reply = durable.commit(&stale).expect("nothing is written");
    assert_eq!((reply.verdict, reply.rule), (Verdict::Refused, Rule::StepIsCurrent));
    assert_eq!(durable.medium_mut().bytes, bytes);
}

#[test]
fn an_image_keeps_requests_with_what_was_promised_and_excluded_accesses() {
    let mut bench = Bench::new();
    bench.heard = Some(Vec::new());
    let mut bench = bench.operational();
    bench.asked(Subject::VmLinux);
    let access =
        Action::RecordExclusion { kind: Exclusion::BreakGlass, subject: Subject::VmLinux, justification: Digest([1; 32]) };
    bench.act(person(Role::Engineer, 1), access);
    let mut durable = fresh();
    for (now, command) in bench.heard.take().expect("told") {
        durable.apply(now, &command).expect("stored");
    }
    let state = durable.engine().state();
    assert!(state.requests.len() == 1 && state.exclusions.len() == 1 && !state.outbox.is_empty());
    // The first step after mounting begins a new image, and the next mounting begins with that.
    let (mut durable, _) = again(durable);
    durable.apply(at(bench.now + 1), &Command::new(person(Role::Monitor, 1), Action::TamperClear {})).expect("stored");
    let before = durable.engine().clone();
    let (durable, mounted) = again(durable);
    assert!(matches!(mounted, Mounted::Restored { .. }), "{mounted:?}");
    assert_eq!(durable.engine(), &before);
}
