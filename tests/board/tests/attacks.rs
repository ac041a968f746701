//! What was tried against the board, by whoever is at one of its lines or at its power.

use strongroom_board::cast::{CUSTOMER, OWN_KEY, POLL, PROVIDER_KEY, person};
use strongroom_board::operate::Operate;
use strongroom_board::party::Host;
use strongroom_board::simulated::Bench;
use strongroom_core::journal::Mounted;
use strongroom_core::link::{Ask, Key, Say, ToBoard};
use strongroom_core::outbox::{Kind, Notice};
use strongroom_core::party::{Party, Role};
use strongroom_core::{Action, Command, Health, Main, Verdict};
use strongroom_simulator::{Fault, Session};

fn main_state(bench: &Bench) -> Main {
    bench.board().kernel().engine().state().base.lease.main
}

fn health(bench: &Bench) -> Health {
    bench.board().kernel().engine().state().base.lease.health()
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
