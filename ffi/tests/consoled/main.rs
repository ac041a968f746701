//! The console daemon of `tests/c/examples`, with a device that prints what a real one prints.
#![cfg(target_os = "linux")]

mod bench;
#[path = "../../../tests/c/compile.rs"]
mod compile;
mod device;
mod failures;
mod grants;
mod mistakes;
mod sys;
mod technician;
