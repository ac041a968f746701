//! How a snapshot's program ends.

use cortex_m_rt::{ExceptionFrame, exception};
use defmt_semihosting as _;
use strongroom_firmware::semihosting;

/// It has done everything.
pub fn end() -> ! {
    semihosting::exit(0)
}

#[exception]
// SAFETY: does not touch what it interrupted, and does not return to it.
unsafe fn HardFault(_: &ExceptionFrame) -> ! {
    defmt::error!("hard fault");
    semihosting::exit(2)
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    defmt::error!("panicked");
    semihosting::exit(3)
}
