//! The reference model: Strongroom's policy a second time, slow and obvious, written from the requirements alone.
//!
//! It shares with the core the words only (commands, rules, policies, times) and none of its tables. Its
//! tests drive both with the same commands and compare what they say. What it leaves aside: the logs and
//! their fullness (the host is taken to drain them), digests, the numbers of outbox entries, and which of
//! several failing guards is named.
//!
//! Where a comment says *builders*, the documents leave the matter open and the project decided it.

mod account;
mod apply;
mod chart;
mod console;
mod duties;
mod end;
mod exclusion;
mod health;
mod lockbox;
mod outcome;
mod regions;
mod state;
mod support;
mod swap;
mod tamper;
mod upkeep;

pub use duties::Duty;
pub use health::Polled;
pub use outcome::{Judged, Outcome};
pub use state::{Excluded, Model, Promised, Proof, Request};
