//! What holds of Strongroom whatever bytes come: a module a target, each with its property and its seeds.
//!
//! `tests/fuzz/run.sh` builds the targets with libFuzzer and runs them.

mod bytes;
pub mod commands;
pub mod console;
pub mod guard;
pub mod record;
mod scenarios;
pub mod wire;

/// Inputs to begin with.
pub type Seeds = Vec<Vec<u8>>;

/// Whether whoever runs a target wants to read what an input means (`run.sh --input`).
fn tells() -> bool {
    static TELLS: std::sync::OnceLock<bool> = std::sync::OnceLock::new();
    *TELLS.get_or_init(|| std::env::var_os("STRONGROOM_FUZZ_TELLS").is_some())
}
