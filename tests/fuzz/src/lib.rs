//! What holds of Strongroom whatever bytes come: a module a target, each with its property and its seeds.
//!
//! `tests/fuzz/run.sh` builds the targets with libFuzzer and runs them.

mod bytes;
pub mod commands;
pub mod console;
pub mod guard;
pub mod journal;
pub mod log;
pub mod record;
mod scenarios;
pub mod wire;

/// Inputs to begin with.
pub type Seeds = Vec<Vec<u8>>;

/// Tells what an input means, where somebody wants to read it (`run.sh --input`).
fn tell(what: impl FnOnce() -> String) {
    static TELLS: std::sync::OnceLock<bool> = std::sync::OnceLock::new();
    if *TELLS.get_or_init(|| std::env::var_os("STRONGROOM_FUZZ_TELLS").is_some()) {
        eprintln!("{}", what());
    }
}
