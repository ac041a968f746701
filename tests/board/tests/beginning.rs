//! A board that is nothing yet, and one that is switched on and does not know the time.

use strongroom_board::cast::{START, device_key, person, provisioning};
use strongroom_board::operate::Operate;
use strongroom_board::party::frame;
use strongroom_board::simulated::Bench;
use strongroom_core::link::{ToBoard, ToHost};
use strongroom_core::party::{Party, Role};
use strongroom_core::{Action, Command, Id, Main};
use strongroom_simulator::Fault;

#[test]
fn a_board_that_is_nothing_hears_what_makes_it_one_and_that_once() {
    let mut bench = Bench::blank();
    assert_eq!(bench.send(&frame(&ToBoard::Hello { party: Party::Provider, nonce: Id([1; 16]) })), []);
    assert!(!bench.is_on());
    let provision = frame(&ToBoard::Provision(provisioning()));
    assert_eq!(bench.send(&provision), [ToHost::Provisioned(device_key())]);
    bench.meet();
    assert_eq!(bench.main_state(), Main::InTransit);
    assert!(matches!(bench.send(&provision)[..], [ToHost::Refused { .. }]));
}

/// That a zeroized device has no tenant is on record with the time. Asked in every turn, the refusals would wear the journal.
#[test]
fn a_zeroized_device_waits_for_the_time_and_nothing_is_written_meanwhile() {
    let (pia, paul) = (person(Role::Pool, 1), person(Role::Pool, 2));
    let mut bench = Bench::new();
    bench.set_time(START);
    bench.take_in();
    bench.go(Command::new(pia, Action::ZeroizeLocal {}).with(paul));
    bench.device.set_fault(Fault::Zeroized, true);
    bench.poll_until(Main::ZeroizedUnverified);
    bench.power_off();
    assert!(bench.power_on().is_ok());
    bench.run(3_000);
    bench.meet();
    bench.settle();
    assert_eq!(bench.main_state(), Main::Zeroized, "another boot has seen it too");
    let digest = |bench: &Bench| bench.board().kernel().engine().digest();
    let before = digest(&bench);
    bench.run(1_000);
    assert_eq!(digest(&bench), before);
    bench.set_time(START + 60);
    bench.run(5);
    assert_eq!(bench.main_state(), Main::PoolConfig);
}
