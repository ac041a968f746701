//! Strongroom at scale: a log of ten million records, and ten thousand engines in one process.
//!
//! [`log`] makes a long log, verifies it in processes of their own and hashes its messages for comparison; [`engines`] feeds
//! engines with real stories and sees that each ends as if it had been alone. `make scale` runs both.

pub mod engines;
pub mod log;
pub mod memory;
pub mod number;
pub mod progress;
