//! The probe image: runs a story through the core and reports what that took.
//!
//! `size.sh` holds the result against the budgets. The core is all that this image contains beside
//! the reporting, so a panic symbol left in it is a panic that the core can reach.
#![no_std]
#![no_main]

use core::{hint, mem};
use cortex_m_rt::{ExceptionFrame, entry, exception};
use strongroom_core::{
    id::Label,
    party::{Role, Roles},
};
use strongroom_firmware::{semihosting, stack};

static STORY: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/story.wire"));

/// All that the probe knows of the core. `new` gives the state its static place, `take` gives it one
/// COBS frame without the zero byte at its end and answers with a code to print.
struct Engine {
    labels: u32,
}

impl Engine {
    const fn new() -> Self {
        Self { labels: 0 }
    }

    fn take(&mut self, frame: &[u8]) -> u32 {
        let text = frame.get(1..).and_then(|text| str::from_utf8(text).ok());
        let Some(label) = text.and_then(Label::new) else { return 1 };
        self.labels = self.labels.wrapping_add(1);
        let readers = Roles::of(&[Role::Admin, Role::Monitor]);
        u32::from(label.is_empty() || !readers.contains(Role::Monitor))
    }
}

#[entry]
fn main() -> ! {
    // A static, so that it counts as static RAM and not as stack.
    static mut ENGINE: Engine = Engine::new();

    // Opaque: the compiler must not specialise the core for this one story.
    let frames = hint::black_box(STORY).split(|byte| *byte == 0).filter(|frame| !frame.is_empty());
    for frame in frames {
        semihosting::print_measure("frame", ENGINE.take(frame));
    }
    semihosting::print_measure("story", STORY.len() as u32);
    semihosting::print_measure("state", mem::size_of::<Engine>() as u32);
    semihosting::print_measure("stack", stack::peak() as u32);
    semihosting::exit(0)
}

#[exception]
// SAFETY: does not touch what it interrupted, and does not return to it.
unsafe fn HardFault(_: &ExceptionFrame) -> ! {
    semihosting::print("hard fault\n");
    semihosting::exit(2)
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    strongroom_panicked()
}

/// Where every panic ends. The linker drops it when none can be reached, which `size.sh` checks.
// SAFETY: no other symbol has this name.
#[unsafe(no_mangle)]
#[inline(never)]
extern "C" fn strongroom_panicked() -> ! {
    semihosting::print("panicked\n");
    semihosting::exit(3)
}
