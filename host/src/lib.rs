//! Strongroom on hosts: what needs an operating system, kept out of the core.
//!
//! [`journal`] keeps an engine in a file, [`mod@keep`] a scenario as a device would, [`drain`] copies its logs out,
//! [`scenario`] reads the scenario format, [`replay`](mod@replay) runs it, [`transcript`] reads a console's output,
//! [`merkle`] recomputes a log's root from its exported records, independently of the core, [`log`] keeps a drained log
//! as a directory that anybody can verify, [`activity`] tells its records, [`evidence`] makes certificates of what they
//! prove, [`rows`] says which rule enforces which requirement, [`link`] speaks with a board.

#![forbid(unsafe_code)]
#![recursion_limit = "256"]

pub mod activity;
pub mod drain;
pub mod evidence;
pub mod journal;
pub mod keep;
pub mod link;
pub mod log;
pub mod merkle;
pub mod moment;
pub mod replay;
pub mod rows;
pub mod scenario;
pub mod transcript;

pub use replay::{Options, Replay, compare, compile, replay};

/// The README's Rust is compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
mod readme {}
