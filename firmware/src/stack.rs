//! How deep the stack has grown.
//!
//! The start-up code paints all RAM above the static data (`paint-stack` of `cortex-m-rt`). What the
//! stack has touched no longer carries the paint.

use cortex_m_rt::STACK_PAINT_VALUE;

unsafe extern "C" {
    static _stack_end: u32;
    static _stack_start: u32;
}

/// The most bytes of stack in use at any time since the start.
#[must_use]
pub fn peak() -> usize {
    let top = (&raw const _stack_start).addr();
    let mut place = &raw const _stack_end;
    while place.addr() < top {
        // SAFETY: `place` is aligned and lies between the two ends of the stack, all of which is RAM
        // that the start-up code has written.
        if unsafe { place.read_volatile() } != STACK_PAINT_VALUE {
            break;
        }
        place = place.wrapping_add(1);
    }
    top - place.addr()
}
