//! The console's turn: when a prompt is believed, when an end of access is, and whose turn it is.

use strongroom_board::cast::{START, person};
use strongroom_board::operate::Operate;
use strongroom_board::simulated::Bench;
use strongroom_core::console::guard::{Mode, Session};
use strongroom_core::link::{Ask, Say};
use strongroom_core::outbox::Kind;
use strongroom_core::party::Role;
use strongroom_core::{Action, Command, Digest, Main, Status, Subject};
use strongroom_simulator::{Fault, Session as Left};

/// A board that monitors a device, and whoever sits there may read.
fn monitored() -> Bench {
    let mut bench = Bench::new();
    bench.set_time(START);
    bench.run(3_000);
    let _ = bench.screen();
    assert_eq!(bench.board().console().session(), Session::Shell);
    bench
}

/// A board at whose console engineer 1 has access, by that request.
fn granted() -> (Bench, u32) {
    let mut bench = Bench::operational();
    let request = bench.asked();
    bench.approve(request);
    bench.run(3_000);
    assert_eq!(bench.board().console().mode(), Mode::Grant);
    (bench, request)
}

fn set_monitoring(bench: &mut Bench, allowed: bool) {
    bench.go(Command::new(person(Role::Admin, 1), Action::SetMonitoring { allowed }));
}

fn is_pending(bench: &Bench, kind: Kind) -> bool {
    bench.board().kernel().engine().pending().iter().any(|entry| entry.kind == kind)
}

#[test]
fn what_looks_like_a_prompt_is_one_once_the_device_has_been_quiet() {
    let mut bench = monitored();
    bench.print("\r\nlunash:>");
    bench.run(50);
    assert_eq!(bench.board().console().session(), Session::Unknown, "more may follow on its line");
    bench.run(5);
    assert_eq!(bench.board().console().session(), Session::Shell);
}

#[test]
fn a_device_that_shows_no_prompt_is_asked_for_it_once_a_second_and_never_while_it_prints() {
    let mut bench = monitored();
    bench.device.leave_at(Left::Endless);
    for part in ["\r\nkernel: ", "eth0 ", "is up\r\n"] {
        bench.print(part);
        bench.run(30);
    }
    bench.run(5_000);
    let screen = bench.screen();
    let (_, after) = screen.split_once("kernel: eth0 is up\r\n").expect(&screen);
    assert!((4..=6).contains(&after.matches("\r\n").count()), "{after:?}");
}

#[test]
fn who_resets_the_administrators_password_is_refused_by_a_rule_and_can_go_on() {
    let mut bench = monitored();
    bench.type_in("exit\r");
    let screen = bench.type_in("recover\r");
    assert!(screen.contains("refused by rule"), "{screen}");
    assert!(bench.type_in("monitor\r").contains("Password:"));
}

#[test]
fn access_is_open_when_it_is_and_closed_when_the_device_has_said_so() {
    let (mut bench, request) = granted();
    assert!(!is_pending(&bench, Kind::OpenAccess));
    let status = |bench: &Bench| bench.board().kernel().engine().state().request(request).unwrap().status;
    bench.device.set_fault(Fault::Silent, true);
    bench.go(Command::new(person(Role::Approver, 3), Action::Revoke { request, reason: Digest([4; 32]) }));
    bench.run(10_000);
    assert_eq!((status(&bench), bench.board().console().mode()), (Status::Revoking, Mode::Shut));
    bench.device.set_fault(Fault::Silent, false);
    while status(&bench) == Status::Revoking {
        assert_ne!(bench.board().console().mode(), Mode::Monitor, "nobody is asked to close what is open again");
        bench.run(5);
    }
    assert_eq!((status(&bench), bench.board().console().session()), (Status::Revoked, Session::Login));
}

#[test]
fn a_board_tells_at_once_that_access_has_ended() {
    let (mut bench, request) = granted();
    bench.go(Command::new(person(Role::Approver, 3), Action::Revoke { request, reason: Digest([4; 32]) }));
    bench.run(100);
    assert!(!is_pending(&bench, Kind::CloseAccess));
}

#[test]
fn access_to_something_else_is_opened_and_closed_by_the_provider_who_says_so() {
    let (mut bench, here) = granted();
    let other = bench.asked_about(1, Subject::VmWindows, None);
    let approve = Action::Approve { request: other, duration: None, reason: Digest::NONE };
    bench.go(Command::new(person(Role::Approver, 3), approve));
    bench.run(1_000);
    let waits = |bench: &Bench, kind, about| {
        let pending = bench.board().kernel().engine().pending();
        pending.iter().find(|entry| (entry.kind, entry.about) == (kind, about)).map(|entry| entry.id)
    };
    let open = waits(&bench, Kind::OpenAccess, other).expect("the board cannot open it");
    assert_eq!(bench.ask_customer(Ask::Told(open)), Say::NotYours);
    assert!(matches!(bench.ask_provider(Ask::Told(open)), Say::Reply(_)));

    bench.device.set_fault(Fault::Silent, true);
    for request in [other, here] {
        bench.go(Command::new(person(Role::Approver, 3), Action::Revoke { request, reason: Digest([4; 32]) }));
    }
    let close = waits(&bench, Kind::CloseAccess, other).expect("the board cannot close it");
    assert!(matches!(bench.ask_provider(Ask::Told(close)), Say::Reply(_)));
    assert_eq!(bench.board().kernel().engine().state().request(other).unwrap().status, Status::Revoked);
    let close = waits(&bench, Kind::CloseAccess, here).expect("the device has not said so");
    assert_eq!(bench.ask_provider(Ask::Told(close)), Say::NotYours, "of its own line the board believes nobody");
}

#[test]
fn where_nobody_is_logged_in_nothing_has_to_end() {
    let mut bench = Bench::operational();
    bench.run(3_000);
    bench.type_in("exit\r");
    bench.device.set_fault(Fault::Silent, true);
    set_monitoring(&mut bench, false);
    bench.run(100);
    assert_eq!(bench.board().console().mode(), Mode::Shut);
    set_monitoring(&mut bench, true);
    bench.run(100);
    assert_eq!(bench.board().console().mode(), Mode::Monitor, "no device has to say so");
    set_monitoring(&mut bench, false);
    bench.print("\r\nkernel: eth0 is up\r\n");
    bench.run(100);
    bench.switches[0].set(true);
    bench.run(100);
    assert_eq!(bench.main_state(), Main::TamperLatched);
    assert!(!is_pending(&bench, Kind::Halt));
}

#[test]
fn a_poll_ends_where_the_customer_forbids_it_and_begins_anew_where_it_is_allowed() {
    let (mut bench, _) = granted();
    bench.device.entered();
    while bench.device.entered().is_empty() {
        bench.run(5);
    }
    bench.device.set_fault(Fault::Silent, true);
    set_monitoring(&mut bench, false);
    bench.device.set_fault(Fault::Silent, false);
    bench.run(2_000);
    let _ = bench.screen();
    assert!(bench.type_in("partition list\r").contains("Storage"), "the line is the engineer's again");
    bench.device.entered();
    set_monitoring(&mut bench, true);
    bench.run(3_000);
    assert!(bench.device.entered().contains(&"status sensors".to_owned()));
}
