//! Proof of the journal: what power cuts, flipped bits and damage can do, tried out on stories.
//!
//! `cargo test --profile proof -p strongroom-storage -- --nocapture` prints how much was tried; with `STRONGROOM_SOAK=1`
//! in the environment, which is `make soak`, it tries some twenty times as much.

#[allow(missing_docs, reason = "documented as a whole")]
#[path = "../../../core/tests/common/eeprom.rs"]
pub mod eeprom;
#[allow(missing_docs, reason = "documented as a whole")]
#[path = "../../../core/tests/common/flash.rs"]
pub mod flash;
pub mod story;
pub mod trial;

/// How many times as much is tried: 1, or 20 for a soak.
#[must_use]
pub fn patience() -> u64 {
    if std::env::var_os("STRONGROOM_SOAK").is_some() { 20 } else { 1 }
}
