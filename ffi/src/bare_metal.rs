//! Where a panic ends without an operating system: with the program that the library is linked into.

unsafe extern "C" {
    /// The program's own function, which the library for bare metal calls when it panicked; on hosts nobody
    /// calls it and nobody has to bring it. It must not return and must not call the library: show a
    /// fault, then halt or reset. The engine of the call that panicked is to be lost with it.
    fn strongroom_panic() -> !;
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    // SAFETY: the program defines it as the header declares it.
    unsafe { strongroom_panic() }
}

/// Panics. In no library that is installed: only a test that looks where a panic ends builds it.
#[cfg(strongroom_panics)]
#[unsafe(no_mangle)]
extern "C" fn strongroom_panics() -> ! {
    panic!("on purpose")
}
