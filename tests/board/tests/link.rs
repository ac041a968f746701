//! What a host cannot do over the line.

use strongroom_board::cast::{CUSTOMER, DEVICE, FIRST_KEY, OWN_KEY, PROVIDER_KEY, START, person};
use strongroom_board::operate::Operate;
use strongroom_board::party::{Host, frame};
use strongroom_board::simulated::Bench;
use strongroom_core::console::guard::Mode;
use strongroom_core::link::{Ask, Key, Refusals, Say, Sealed, Seat, ToBoard, ToHost};
use strongroom_core::party::{Party, Principal, Role};
use strongroom_core::{Action, Command, Digest, Id, LogName, Status, Verdict};

fn approve(request: u32) -> Ask {
    let action = Action::Approve { request, duration: None, reason: Digest::NONE };
    Ask::Command { at: None, command: Command::new(person(Role::Approver, 3), action) }
}

fn status(bench: &Bench, request: u32) -> Status {
    bench.board().kernel().engine().state().request(request).unwrap().status
}

/// The reason's number.
fn refused(packet: &ToHost) -> u16 {
    let ToHost::Refused { code, .. } = packet else { panic!("{packet:?}") };
    *code
}

#[test]
fn the_provider_cannot_approve_for_the_customer() {
    let mut bench = Bench::operational();
    let request = bench.asked();
    let session = bench.parties.provider.session();
    for (party, key, code) in [
        (Party::Customer, PROVIDER_KEY, 1061),
        (Party::Customer, FIRST_KEY, 1061),
        (Party::Provider, PROVIDER_KEY, 1063),
        (Party::Device, PROVIDER_KEY, 1060),
        (Party::Vendor, PROVIDER_KEY, 1060),
    ] {
        let forged = Sealed::new(session, party, 1_000_000, approve(request), &Key::new(key).unwrap());
        assert_eq!(refused(&bench.exchange(&ToBoard::Ask(forged))), code, "{party:?}");
    }
    assert_eq!(status(&bench, request), Status::CustomerNotified);
    let counted = Refusals { broken: 0, forged: 2, no_key: 2, not_theirs: 1, replayed: 0 };
    assert_eq!(bench.board().host().gate().refusals(), counted);
}

#[test]
fn what_was_recorded_is_worth_nothing_later() {
    let mut bench = Bench::operational();
    let request = bench.asked();
    let sealed = bench.parties.customer.seal(approve(request));
    let first = bench.exchange(&ToBoard::Ask(sealed.clone()));
    let again = bench.exchange(&ToBoard::Ask(sealed.clone()));
    assert_eq!(first, again, "its answer may have been lost");
    let steps = bench.board().kernel().engine().log().size(LogName::Tenant);
    bench.exchange(&ToBoard::Ask(sealed.clone()));
    assert_eq!(bench.board().kernel().engine().log().size(LogName::Tenant), steps, "and nothing happens twice");
    bench.settle();
    assert_eq!(refused(&bench.exchange(&ToBoard::Ask(sealed.clone()))), 1062);
    bench.power_off();
    bench.power_on().unwrap();
    bench.run(3_000);
    assert_eq!(refused(&bench.exchange(&ToBoard::Ask(sealed))), 1061, "another session");
}

#[test]
fn garbage_is_counted_and_changes_nothing() {
    let mut bench = Bench::operational();
    let before = bench.board().kernel().engine().digest();
    let whole = frame(&ToBoard::Ask(bench.parties.provider.seal(Ask::Status)));
    for cut in 1..whole.len() - 1 {
        let mut bytes = whole[..cut].to_vec();
        bytes.push(0);
        assert_eq!(bench.send(&bytes), []);
    }
    assert_eq!(bench.send(&vec![0x55; 5_000]), []);
    assert_eq!(bench.send(&[0]), []);
    assert!(bench.board().host().gate().refusals().broken as usize >= whole.len() - 2);
    assert_eq!(bench.board().kernel().engine().digest(), before);
    assert_eq!(bench.send(&whole).len(), 1, "and the line still works");
}

#[test]
fn nobody_tells_the_board_what_it_sees_itself() {
    let mut bench = Bench::operational();
    let monitor = person(Role::Monitor, 1);
    let reading = strongroom_core::Reading::default();
    for action in [
        Action::ReadHealth { reading },
        Action::PollUnanswered {},
        Action::ConsoleLine { command: 1, arguments: strongroom_core::lunash::Arguments::None, line: Digest::NONE },
    ] {
        let ask = Ask::Command { at: None, command: Command::new(monitor, action) };
        assert_eq!(bench.ask_provider(ask), Say::NotYours);
    }
    let sensor = Command::new(Principal::device(Role::Sensor), Action::ZeroizedSeen {});
    let sealed = bench.parties.provider.seal(Ask::Command { at: None, command: sensor });
    assert_eq!(refused(&bench.exchange(&ToBoard::Ask(sealed))), 1063);
}

#[test]
fn the_tenants_log_is_the_customers() {
    let mut bench = Bench::operational();
    bench.asked();
    assert_eq!(bench.ask_provider(Ask::Record(LogName::Tenant, 0)), Say::NotYours);
    assert_eq!(bench.ask_provider(Ask::Head(LogName::Tenant, 0)), Say::NotYours);
    assert!(matches!(bench.ask_customer(Ask::Head(LogName::Tenant, 0)), Say::Head(_)));
    assert!(matches!(bench.ask_provider(Ask::Head(LogName::Lifecycle, 0)), Say::Head(_)));
}

#[test]
fn who_sits_at_the_console_is_the_providers_to_say() {
    let mut bench = Bench::operational();
    let request = bench.asked();
    bench.approve(request);
    bench.run(3_000);
    assert_eq!(bench.ask_customer(Ask::Seat(Seat::Empty)), Say::NotYours);
    bench.run(100);
    assert_eq!(bench.board().console().mode(), Mode::Grant);
}

#[test]
fn only_set_time_has_a_time_of_its_own() {
    let mut bench = Bench::new();
    let at = Some(strongroom_core::Time::from_unix(START));
    let arrive = Command::new(person(Role::Hands, 1), Action::Arrive { serial: DEVICE.serial });
    let Say::Reply(reply) = bench.ask_provider(Ask::Command { at, command: arrive }) else { panic!("a reply") };
    assert_eq!((reply.verdict, reply.rule.name()), (Verdict::Refused, "TimeKnown"));
    let alone = Command::new(person(Role::Pool, 1), Action::SetTime {});
    let Say::Reply(reply) = bench.ask_provider(Ask::Command { at, command: alone }) else { panic!("a reply") };
    assert_eq!(reply.verdict, Verdict::Refused);
    assert_eq!(bench.board().kernel().now(), None);
    bench.set_time(START);
    assert!(bench.board().kernel().now().is_some());
}

#[test]
fn the_first_key_ends_with_the_claim_and_every_key_with_the_lease() {
    let mut bench = Bench::operational();
    let mut first = Host::new(Party::Customer, FIRST_KEY);
    let nonce = Id([8; 16]);
    let answer = bench.exchange(&first.hello(nonce));
    let ToHost::Here(hello) = &answer else { panic!("{answer:?}") };
    assert!(!hello.is_by(nonce, &first.key) && hello.is_by(nonce, &Key::new(OWN_KEY).unwrap()));
    let sealed = first.seal(Ask::Status);
    assert_eq!(refused(&bench.exchange(&ToBoard::Ask(sealed))), 1061);
    assert_eq!(bench.board().kernel().engine().state().base.account.organisation, CUSTOMER);
}
