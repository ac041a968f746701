//! See [`strongroom_fuzz::log`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| strongroom_fuzz::log::check(data));
