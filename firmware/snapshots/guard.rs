//! A technician's session through the guard, and what both sides get.
#![no_std]
#![no_main]

mod end;

use cortex_m_rt::entry;
use strongroom_core::console::guard::{Confirmation, Event, Guard, Mode, Sink};

struct Lines;

impl Sink for Lines {
    fn to_device(&mut self, bytes: &[u8]) {
        defmt::info!("device     < {=[u8]:a}", bytes);
    }

    fn to_technician(&mut self, bytes: &[u8]) {
        defmt::info!("technician < {=[u8]:a}", bytes);
    }
}

#[entry]
fn main() -> ! {
    let (mut guard, mut lines) = (Guard::new(), Lines);
    guard.open(Mode::Monitor);
    for byte in b"[hsm-a] lunash:>" {
        guard.device(*byte, &mut lines);
    }
    guard.quiet(&mut lines);
    defmt::info!("{}, {}", guard.mode(), guard.session());
    for byte in b"stat sens\rx\r" {
        if let Event::Line(line) = guard.technician(*byte, &mut lines) {
            defmt::info!("line {=[u8]:a}, {}", line.text, line.arguments);
            guard.pass(Confirmation::Refused, &mut lines);
        }
    }
    defmt::info!("{}, {}", guard.mode(), guard.session());
    guard.close(&mut lines);
    defmt::info!("{}, {}", guard.mode(), guard.session());
    end::end()
}
