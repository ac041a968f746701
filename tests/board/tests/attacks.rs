//! What was tried against the board, by whoever is at one of its lines or at its power.

use strongroom_board::cast::POLL;
use strongroom_board::operate::Operate;
use strongroom_board::simulated::Bench;
use strongroom_core::Health;
use strongroom_core::outbox::{Kind, Notice};
use strongroom_simulator::Fault;

fn health(bench: &Bench) -> Health {
    bench.board().kernel().engine().state().base.lease.health()
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
