//! All the other files of this folder in one program, which is built in a third of the time: for a run of mutants, and not part of
//! `cargo test` by itself.

#[path = "attacks.rs"]
mod attacks;
#[path = "chart.rs"]
mod chart;
#[path = "checkpoint.rs"]
mod checkpoint;
#[path = "console.rs"]
mod console;
#[path = "eeprom.rs"]
mod eeprom_part;
#[path = "ending.rs"]
mod ending;
#[path = "engine.rs"]
mod engine;
// What the chips of `eeprom` find at the root.
#[path = "common/flash.rs"]
mod flash;
#[path = "guard.rs"]
mod guard;
#[path = "guarded.rs"]
mod guarded;
#[path = "journal.rs"]
mod journal;
#[path = "lockbox.rs"]
mod lockbox;
#[path = "log.rs"]
mod log;
#[path = "power.rs"]
mod power;
#[path = "properties.rs"]
mod properties;
#[path = "records.rs"]
mod records;
#[path = "sensing.rs"]
mod sensing;
#[path = "why.rs"]
mod why;
#[path = "words.rs"]
mod words;
