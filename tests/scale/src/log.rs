//! A long log: made, verified, and its messages hashed for comparison.

mod hashed;
mod made;
mod run;
mod unforced;
mod verified;

pub use hashed::{Hashed, hashes};
pub use made::{make, note, public_key, record};
pub use run::{Plan, run};
pub use verified::{Verified, verify};

/// An error of any kind, to be told.
pub type Error = Box<dyn std::error::Error + Send + Sync>;
