//! Milliseconds.

use super::clock::HERTZ;
use core::sync::atomic::{AtomicU32, Ordering};
use cortex_m::Peripherals;
use cortex_m::peripheral::syst::SystClkSource;
use cortex_m_rt::exception;
use embedded_hal::delay::DelayNs;

static MILLIS: AtomicU32 = AtomicU32::new(0);

/// Counts milliseconds from now on; once, whoever asks.
pub fn start() {
    let Some(Peripherals { SYST: mut timer, .. }) = Peripherals::take() else { return };
    timer.set_clock_source(SystClkSource::Core);
    timer.set_reload(HERTZ / 1000 - 1);
    timer.clear_current();
    timer.enable_counter();
    timer.enable_interrupt();
}

#[exception]
fn SysTick() {
    MILLIS.store(MILLIS.load(Ordering::Relaxed).wrapping_add(1), Ordering::Relaxed);
}

defmt::timestamp!("{=u32:ms}", MILLIS.load(Ordering::Relaxed));

/// Milliseconds since the start, for ever: what the counter has gone over is counted here.
#[derive(Debug, Default)]
pub struct Millis {
    last: u32,
    total: u64,
}

impl Millis {
    /// How many there are now. To be asked at least once in 49 days.
    pub fn now(&mut self) -> u64 {
        let now = MILLIS.load(Ordering::Relaxed);
        self.total += u64::from(now.wrapping_sub(self.last));
        self.last = now;
        self.total
    }
}

/// Waits; rounds up to whole milliseconds.
#[derive(Debug, Clone, Copy)]
pub struct Delay;

impl DelayNs for Delay {
    fn delay_ns(&mut self, ns: u32) {
        self.delay_ms(ns.div_ceil(1_000_000));
    }

    fn delay_ms(&mut self, ms: u32) {
        let start = MILLIS.load(Ordering::Relaxed);
        // The one that has begun does not count: once, and not for each of them, or a page of the EEPROM took twice its time.
        while MILLIS.load(Ordering::Relaxed).wrapping_sub(start) <= ms {
            cortex_m::asm::wfi();
        }
    }
}
