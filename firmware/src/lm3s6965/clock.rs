//! The system clock, and the clocks of the parts.

use super::Registers;
use cortex_m::asm;

/// Cycles a second: the PLL's 200 MHz by sixteen.
pub const HERTZ: u32 = 12_500_000;

/// Cycles of the chip's own oscillator, of 12 MHz, by sixteen, in some twenty milliseconds.
const STARTING: u32 = 15_000;

const SYSTEM: Registers = Registers(0x400f_e000);
const RAW_INTERRUPTS: usize = 0x050;
const RUN_MODE: usize = 0x060;
const GATES: [usize; 3] = [0x100, 0x104, 0x108];

/// The watchdog; the UARTs and the I2C; ports A to G.
const PARTS: [u32; 3] = [1 << 3, 1 << 12 | 0b111, 0b111_1111];

/// Runs from the 8 MHz crystal and the PLL, and gives every part that the board uses its clock.
pub fn start() {
    // Crystal of 8 MHz, main oscillator on, PLL powered and still bypassed; then divided by sixteen.
    const CRYSTAL: u32 = 0xe << 6;
    const SIXTEENTH: u32 = 0xf << 23 | 1 << 22;
    const BYPASS: u32 = 1 << 11;
    /// The chip's own oscillator, of some 12 MHz, and the crystal with everything off that it will drive.
    const INTERNAL: u32 = 1 << 4;
    const PLL_OFF: u32 = 1 << 13;
    SYSTEM.write(RUN_MODE, SIXTEENTH | CRYSTAL | BYPASS | PLL_OFF | INTERNAL);
    // The crystal swings after some milliseconds. Where it never does the chip stands still, with the relay open.
    asm::delay(STARTING);
    SYSTEM.write(RUN_MODE, SIXTEENTH | CRYSTAL | BYPASS);
    // Bit 6: the PLL has locked.
    for _ in 0..1_000_000 {
        if SYSTEM.read(RAW_INTERRUPTS) & 1 << 6 != 0 {
            break;
        }
    }
    SYSTEM.write(RUN_MODE, SIXTEENTH | CRYSTAL);
    for (gate, parts) in GATES.into_iter().zip(PARTS) {
        SYSTEM.set(gate, parts);
    }
    // A part may be touched three cycles after it got its clock.
    for _ in 0..3 {
        let _ = SYSTEM.read(RUN_MODE);
    }
}
