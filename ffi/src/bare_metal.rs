//! Where a panic ends without an operating system: with the program that the library is linked into.

unsafe extern "C" {
    /// What the program brings, with the library for bare metal only: the end of a panic. It shows the
    /// fault and halts or resets, and calls nothing of the library; what the engine was about to change
    /// may be half changed. On hosts a panic is STRONGROOM_ERROR_PANIC, and nobody calls this.
    fn strongroom_panic() -> !;
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    // SAFETY: the program defines it as the header declares it.
    unsafe { strongroom_panic() }
}

/// Panics. In no library that is installed: only a test that looks where a panic ends builds it.
///
/// cbindgen:ignore
#[cfg(strongroom_panics)]
#[unsafe(no_mangle)]
extern "C" fn panic_on_purpose() -> ! {
    panic!("on purpose")
}
