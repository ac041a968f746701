//! Engineers and others in turn at the seat, whatever device, line and power do meanwhile.

use strongroom_board::cast::person;
use strongroom_board::operate::Operate;
use strongroom_board::simulated::Bench;
use strongroom_core::console::guard::Mode;
use strongroom_core::link::{Ask, Seat};
use strongroom_core::party::Role;
use strongroom_simulator::{Fault, Session};

/// Numbers that come to the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

/// A bench, and in which seat the device's `operator` was logged in.
struct Sitting {
    bench: Bench,
    seat: Seat,
    since: Option<Seat>,
    used: u32,
}

impl Sitting {
    fn begin() -> Self {
        let mut bench = Bench::operational();
        for engineer in [1, 2] {
            let request = bench.asked_by(engineer, None);
            bench.approve(request);
        }
        let seat = Seat::Engineer(person(Role::Engineer, 1).id);
        Self { bench, seat, since: None, used: 0 }
    }

    fn sit(&mut self, seat: Seat) {
        self.bench.ask_provider(Ask::Seat(seat));
        self.seat = seat;
    }

    /// Goes on, and looks every time.
    fn run(&mut self, millis: u64) {
        for _ in 0..millis / 5 {
            self.bench.run(5);
            if self.bench.device.user() != Some("operator") {
                self.since = None;
                continue;
            }
            let since = *self.since.get_or_insert(self.seat);
            match self.bench.board().console().mode() {
                Mode::Shut => {}
                Mode::Monitor => panic!("monitoring goes on in somebody's session"),
                Mode::Grant | Mode::Full => assert_eq!(since, self.seat, "another one's session is used"),
            }
            self.used += 1;
        }
    }

    fn log_in(&mut self, chance: &mut Chance) {
        for line in ["\rexit\r", "operator\r", "works\r"] {
            self.bench.paste(line);
            let wait = [600, 400, 300, 40][chance.below(4) as usize];
            self.run(wait);
        }
    }

    fn disturb(&mut self, fault: Fault, millis: u64) {
        self.bench.device.set_fault(fault, true);
        self.run(millis);
        self.bench.device.set_fault(fault, false);
    }

    fn step(&mut self, chance: &mut Chance) {
        let engineer = |number| Seat::Engineer(person(Role::Engineer, number).id);
        match chance.below(20) {
            0 => self.sit(Seat::Empty),
            1..3 => self.sit(engineer(1)),
            3..5 => self.sit(engineer(2)),
            5 => self.sit(Seat::Pool(person(Role::Pool, 1).id, person(Role::Pool, 2).id)),
            6 => self.bench.paste("partition li"),
            7 => self.bench.paste("\x03"),
            8 => self.bench.print("\r\nkernel: eth0 is up\r\n"),
            9 => self.bench.print("\r\n[hsm-a] ttyS0 login: "),
            10 => self.disturb(Fault::Silent, chance.below(2_000)),
            11 => self.disturb(Fault::Noise, chance.below(2_000)),
            12 if chance.below(3) == 0 => self.bench.device.leave_at(Session::Endless),
            13 if chance.below(6) == 0 => {
                self.bench.power_off();
                assert!(self.bench.power_on().is_ok());
                self.bench.meet();
                self.seat = Seat::Empty;
            }
            _ => self.log_in(chance),
        }
        self.run(chance.below(600));
    }
}

#[test]
fn nobody_sits_down_in_a_session_that_another_one_began() {
    let mut used = 0;
    for seed in 0..16 {
        let (mut sitting, mut chance) = (Sitting::begin(), Chance(seed));
        sitting.run(3_000);
        for _ in 0..60 {
            sitting.step(&mut chance);
        }
        used += sitting.used;
    }
    assert!(used > 1_000, "{used} turns with somebody logged in");
}
