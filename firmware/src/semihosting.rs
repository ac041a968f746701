//! Text and an exit code for the debugger, or for QEMU in its place.
//!
//! Three calls of the Arm semihosting interface, written out because `core::fmt` costs more flash
//! than the rest of a small probe and may panic while it formats. Without a debugger attached the
//! breakpoint becomes a hard fault.

use core::arch::asm;

const SYS_WRITEC: usize = 0x03;
const SYS_EXIT_EXTENDED: usize = 0x20;
const APPLICATION_EXIT: usize = 0x2_0026;

/// Writes `text` as it is.
pub fn print(text: &str) {
    text.bytes().for_each(print_byte);
}

/// Writes `number` in decimal digits.
pub fn print_number(number: u32) {
    if number > 9 {
        print_number(number / 10);
    }
    print_byte(b'0' + (number % 10) as u8);
}

/// Writes a line of a name and its number, as `size.sh` reads it.
pub fn print_measure(name: &str, number: u32) {
    print(name);
    print(" ");
    print_number(number);
    print("\n");
}

/// Writes a line of a name and a digest's hexadecimal digits.
pub fn print_digest(name: &str, digest: &[u8]) {
    print(name);
    print(" ");
    for byte in digest {
        for nibble in [byte >> 4, byte & 0xf] {
            print_byte(if nibble < 10 { b'0' + nibble } else { b'a' - 10 + nibble });
        }
    }
    print("\n");
}

/// Ends the program; `code` becomes QEMU's exit code.
pub fn exit(code: usize) -> ! {
    let block = [APPLICATION_EXIT, code];
    loop {
        call(SYS_EXIT_EXTENDED, block.as_ptr().addr());
    }
}

fn print_byte(byte: u8) {
    call(SYS_WRITEC, (&raw const byte).addr());
}

fn call(operation: usize, argument: usize) {
    // SAFETY: the breakpoint hands r0 and r1 to the debugger, which answers in r0 and changes no
    // other register. It only reads the memory behind `argument`, and both callers keep that alive
    // over the call.
    unsafe { asm!("bkpt 0xab", inlateout("r0") operation => _, in("r1") argument, options(nostack, preserves_flags)) }
}
