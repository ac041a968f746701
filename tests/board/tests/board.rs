//! The board as a whole, over its wires.

use strongroom_board::{Bench, POLL, START, person};
use strongroom_core::party::Role;
use strongroom_core::{Action, Command, Health, Main};
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
    bench.go(Command::new(person(Role::Hands, 1), Action::Arrive { serial: strongroom_board::DEVICE.serial }));
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
