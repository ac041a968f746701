//! See [`strongroom_fuzz::console`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| strongroom_fuzz::console::check(data));
