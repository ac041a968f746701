//! Milliseconds.

use super::clock::HERTZ;
use core::sync::atomic::{AtomicU32, Ordering};
use cortex_m::Peripherals;
use cortex_m::peripheral::SYST;
use cortex_m::peripheral::syst::SystClkSource;
use cortex_m_rt::exception;
use embedded_hal::delay::DelayNs;
use strongroom_core::board::clock::since;

/// Cycles from one tick to the next: a second, near the most that the counter can hold. A tick that comes late is late by
/// what the interrupts were off; none is lost unless they were off for a second.
const RELOAD: u32 = HERTZ - 1;

/// Whole seconds since the start.
static SECONDS: AtomicU32 = AtomicU32::new(0);

/// Counts from now on; once, whoever asks.
pub fn start() {
    let Some(Peripherals { SYST: mut timer, .. }) = Peripherals::take() else { return };
    timer.set_clock_source(SystClkSource::Core);
    timer.set_reload(RELOAD);
    timer.clear_current();
    timer.enable_counter();
    timer.enable_interrupt();
}

#[exception]
fn SysTick() {
    SECONDS.store(SECONDS.load(Ordering::Relaxed).wrapping_add(1), Ordering::Relaxed);
}

/// Milliseconds since the start; they begin anew after 49 days. For a moment, while a tick has come and is not counted yet, they
/// are up to a second behind: [`clock::since`](strongroom_core::board::clock::since) takes that for no time. Not to be asked where interrupts are off.
pub fn millis() -> u32 {
    loop {
        let seconds = SECONDS.load(Ordering::Relaxed);
        let rest = RELOAD.saturating_sub(SYST::get_current()) / (HERTZ / 1000);
        if seconds == SECONDS.load(Ordering::Relaxed) {
            return seconds.wrapping_mul(1000).wrapping_add(rest);
        }
    }
}

// Logs are written where interrupts are off: whole seconds are told there.
defmt::timestamp!("{=u32:ts}", SECONDS.load(Ordering::Relaxed));

/// Waits; rounds up to whole milliseconds.
#[derive(Debug, Clone, Copy)]
pub struct Delay;

impl DelayNs for Delay {
    fn delay_ns(&mut self, ns: u32) {
        self.delay_ms(ns.div_ceil(1_000_000));
    }

    fn delay_ms(&mut self, ms: u32) {
        let start = millis();
        // The one that has begun does not count: once, and not for each of them, or a page of the EEPROM took twice its time.
        while since(start, millis()) <= ms {}
    }
}
