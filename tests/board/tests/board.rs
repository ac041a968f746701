//! The board as a whole, over its wires.

use strongroom_board::cast::{DEVICE, POLL, START, person};
use strongroom_board::operate::Operate;
use strongroom_board::simulated::Bench;
use strongroom_core::journal::Mounted;
use strongroom_core::link::{Ask, Say, Seat};
use strongroom_core::outbox::Kind;
use strongroom_core::party::Role;
use strongroom_core::reading::TamperClass;
use strongroom_core::{Action, Command, Digest, Health, LogName, Main, Status};
use strongroom_simulator::Fault;

fn main_state(bench: &Bench) -> Main {
    bench.board().kernel().engine().state().base.lease.main
}

#[test]
fn it_logs_in_and_reads_what_the_device_prints() {
    let mut bench = Bench::new();
    bench.set_time(START);
    bench.run(3_000);
    assert_eq!(bench.device.user(), Some("monitor"));
    assert_eq!(bench.board().kernel().engine().state().base.lease.health(), Health::InService);
}

#[test]
fn monitoring_passes_and_nothing_else() {
    let mut bench = Bench::new();
    bench.set_time(START);
    bench.go(Command::new(person(Role::Hands, 1), Action::Arrive { serial: DEVICE.serial }));
    assert_eq!(main_state(&bench), Main::Received);
    bench.run(3_000);
    bench.device.entered();
    let screen = bench.type_in("status sensors\r");
    assert!(screen.contains("PSU1_+12V_value"), "{screen}");
    let screen = bench.type_in("hsm zeroize\r");
    assert!(!screen.contains("proceed"), "{screen}");
    assert_eq!(bench.device.entered(), ["status sensors"]);
}

#[test]
fn an_alert_comes_of_several_bad_polls() {
    let mut bench = Bench::new();
    bench.set_time(START);
    bench.device.set_fault(Fault::PowerSupply, true);
    bench.wait(4 * POLL);
    let lease = &bench.board().kernel().engine().state().base.lease;
    assert_ne!(lease.health(), Health::InService);
}

fn status(bench: &Bench, request: u32) -> Status {
    bench.board().kernel().engine().state().request(request).unwrap().status
}

#[test]
fn a_grant_opens_its_scope_and_closes_in_the_middle_of_a_line() {
    let mut bench = Bench::operational();
    bench.run(3_000);
    assert!(!bench.type_in("partition list\r").contains("Storage"), "not without a grant");
    let request = bench.asked();
    bench.approve(request);
    bench.run(3_000);
    bench.device.entered();
    let _ = bench.screen();
    bench.type_in("partition list\r");
    assert!(bench.device.entered().contains(&"partition list".to_owned()));
    bench.type_in("partition li");
    bench.go(Command::new(person(Role::Approver, 3), Action::Revoke { request, reason: Digest([4; 32]) }));
    bench.type_in("st\r");
    assert!(!bench.device.entered().contains(&"partition list".to_owned()));
    bench.run(3_000);
    assert_eq!(status(&bench, request), Status::Revoked);
}

#[test]
fn a_grant_ends_in_time_without_a_host() {
    let mut bench = Bench::operational();
    let request = bench.asked();
    bench.approve(request);
    bench.run(3_000);
    bench.wait(8 * 3600 + 60);
    assert_eq!(status(&bench, request), Status::Ended);
}

#[test]
fn restricted_monitoring_lets_nothing_pass_and_nothing_is_polled() {
    let mut bench = Bench::operational();
    bench.go(Command::new(person(Role::Admin, 1), Action::SetMonitoring { allowed: false }));
    bench.run(3_000);
    bench.device.entered();
    bench.wait(3 * POLL);
    bench.type_in("status sensors\r");
    assert_eq!(bench.device.entered(), Vec::<String>::new());
}

#[test]
fn switches_tell_of_tamper_without_a_host() {
    let mut bench = Bench::operational();
    bench.switches[0].set(true);
    bench.run(10);
    assert_eq!(main_state(&bench), Main::Operational, "it has to settle");
    bench.run(100);
    assert_eq!(main_state(&bench), Main::TamperLatched);
    bench.switches[3].set(true);
    bench.run(100);
    assert_eq!(main_state(&bench), Main::Zeroizing);
}

#[test]
fn a_cause_that_the_device_tells_of_is_gone_when_it_says_so_and_a_switchs_own_when_the_switch_does() {
    let mut bench = Bench::operational();
    let has_cause = |bench: &Bench| bench.board().kernel().engine().state().base.lease.causes.contains(TamperClass::Chassis);
    bench.device.set_fault(Fault::Tamper, true);
    bench.poll_until(Main::TamperLatched);
    bench.wait(POLL);
    assert!(!has_cause(&bench), "its own switch is closed");
    bench.switches[0].set(true);
    bench.run(100);
    bench.wait(POLL);
    assert!(has_cause(&bench), "whatever it says of its own");
    bench.switches[0].set(false);
    bench.run(100);
    assert!(!has_cause(&bench));
}

#[test]
fn after_a_power_cut_grants_have_ended_and_the_state_is_what_it_was() {
    let mut bench = Bench::operational();
    let request = bench.asked();
    bench.approve(request);
    bench.run(3_000);
    assert!(bench.relay.is_set());
    let before = bench.board().kernel().engine().log().root(LogName::Tenant);
    bench.power_off();
    assert!(matches!(bench.power_on(), Ok(Mounted::Restored { .. })));
    bench.run(3_000);
    assert_eq!(main_state(&bench), Main::Operational);
    assert_eq!(status(&bench, request), Status::Ended);
    assert_ne!(bench.board().kernel().engine().log().root(LogName::Tenant), before, "the boot is on record");
    bench.meet();
    bench.device.entered();
    bench.type_in("partition list\r");
    assert!(!bench.device.entered().contains(&"partition list".to_owned()));
}

#[test]
fn the_technicians_line_opens_when_nothing_can_be_stored_any_more() {
    let mut bench = Bench::operational();
    bench.power_off();
    bench.let_journal_fail_after(30_000);
    assert!(matches!(bench.power_on(), Ok(Mounted::Restored { .. })));
    bench.run(3_000);
    assert!(bench.relay.is_set(), "it is well so far");
    for line in 0.. {
        assert!(line < 200, "the journal still takes what comes");
        bench.type_in("hsm zeroize\r");
        if !bench.relay.is_set() {
            break;
        }
    }
    bench.device.entered();
    bench.type_in("status sensors\r");
    assert!(!bench.device.entered().contains(&"status sensors".to_owned()), "what cannot be stored does not pass");
    assert!(!bench.relay.is_set());
}

#[test]
fn another_engineer_in_the_seat_begins_with_a_session_of_their_own() {
    let mut bench = Bench::operational();
    for engineer in [1, 2] {
        let request = bench.asked_by(engineer, None);
        bench.approve(request);
        bench.run(3_000);
    }
    bench.run(3_000);
    bench.type_in("partition li");
    bench.device.entered();
    assert_eq!(bench.ask_provider(Ask::Seat(Seat::Engineer(person(Role::Engineer, 2).id))), Say::Done);
    bench.run(3_000);
    assert!(bench.device.entered().contains(&"exit".to_owned()), "the former one's session has ended");
    bench.type_in("st\r");
    assert!(!bench.device.entered().contains(&"partition list".to_owned()), "nor is their line finished");
}

#[test]
fn a_device_that_prints_by_itself_is_asked_for_its_prompt_and_not_flooded() {
    let mut bench = Bench::new();
    bench.set_time(START);
    bench.run(3_000);
    let _ = bench.screen();
    bench.print("\r\nkernel: eth0 is up\r\n");
    bench.run(5_000);
    assert_eq!(bench.screen().matches("lunash:>").count(), 1);
    assert!(bench.type_in("status sensors\r").contains("PSU1_+12V_value"), "and then it takes lines");
}

#[test]
fn two_of_the_pool_prepare_a_device_at_the_console_and_one_alone_does_not() {
    let (pia, paul) = (person(Role::Pool, 1), person(Role::Pool, 2));
    let mut bench = Bench::new();
    bench.set_time(START);
    bench.take_in();
    assert_eq!(main_state(&bench), Main::PoolConfig);
    for seat in [Seat::Empty, Seat::Pool(pia.id, pia.id), Seat::Engineer(pia.id)] {
        assert_eq!(bench.ask_provider(Ask::Seat(seat)), Say::Done);
        bench.run(3_000);
        assert!(bench.type_in("hsm zeroize\r").contains("refused by rule"), "{seat:?}");
    }
    assert_eq!(bench.ask_provider(Ask::Seat(Seat::Pool(pia.id, paul.id))), Say::Done);
    bench.run(3_000);
    bench.settle();
    assert!(bench.type_in("hsm zeroize\r").contains("'proceed'"));
    assert!(bench.type_in("proceed\r").contains("Proceeding"));
    bench.settle();
    bench.device.entered();
    bench.go(Command::new(pia, Action::ZeroizeLocal {}).with(paul));
    bench.run(3_000);
    bench.type_in("hsm show\r");
    bench.type_in("user list\r");
    assert!(!bench.device.entered().contains(&"user list".to_owned()), "it is not being prepared any more");
}

#[test]
fn what_a_board_cannot_do_people_say_that_they_have_done() {
    let mut bench = Bench::operational();
    bench.switches[0].set(true);
    bench.run(100);
    bench.switches[0].set(false);
    bench.run(100);
    bench.settle();
    bench.go(Command::new(person(Role::Admin, 1), Action::TamperClear {}));
    let reset = |bench: &Bench| {
        bench.board().kernel().engine().pending().iter().find(|entry| entry.kind == Kind::Reset).map(|entry| entry.id)
    };
    let effect = reset(&bench).expect("a device is reset after its tamper was cleared");
    assert_eq!(bench.ask_provider(Ask::Told(effect)), Say::NotYours, "the customer alone administers it");
    assert!(matches!(bench.ask_customer(Ask::Told(effect)), Say::Reply(_)));
    assert_eq!(reset(&bench), None);
    assert_eq!(bench.ask_customer(Ask::Told(effect)), Say::Nothing, "there is no such thing to do any more");
}
