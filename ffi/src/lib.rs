//! The C face of Strongroom: `c-headers/strongroom.h` is generated from this crate.
//!
//! The crate holds no policy. It checks pointers, reads frames, asks the core and writes outputs.
//!
//! # Floors
//!
//! A module imports only from floors below its own.
//!
//! | Floor | Modules | What is there |
//! |---|---|---|
//! | functions | [`engine`], [`query`], [`lease`], [`request`], [`outbox`], [`log`], [`record`], [`checkpoint`], [`journal`] | an engine: asked, known, stored, proved |
//! | | [`guard`], [`reading`], [`console`] | a console: guarded, read, its commands |
//! | | [`policy`], [`support`], [`frame`], [`name`], [`version`] | without an engine: presets and the just-in-time rule, routes, frames, names |
//! | storage | [`storage`] | an engine's life in the caller's memory, kept on a medium or nowhere |
//! | structs | [`command`], [`terms`] | what is asked, made of the core's list of actions |
//! | boundary | `boundary`, `room`, [`shape`] | pointers checked, panics caught; memory lent; values read and written |
//! | words | [`error`], `table`, `kind` | codes, and the texts for them |
//!
//! # Invariants
//!
//! - An output is written only where the function returns success.
//! - A function that returns an error changed nothing.
//! - No panic crosses: with the feature `std` what is left of them is caught, and the engine in which
//!   one happened answers nothing any more.
#![no_std]

#[cfg(any(feature = "std", test))]
extern crate std;

#[cfg(all(feature = "bare-metal", target_os = "none"))]
mod bare_metal;
mod boundary;
pub mod checkpoint;
pub mod command;
pub mod console;
pub mod engine;
pub mod error;
pub mod frame;
pub mod guard;
pub mod journal;
mod kind;
pub mod lease;
pub mod log;
pub mod name;
pub mod outbox;
pub mod policy;
pub mod query;
pub mod reading;
pub mod record;
pub mod request;
mod room;
pub mod shape;
pub mod storage;
pub mod support;
mod table;
pub mod terms;
pub mod version;

pub use engine::{Consulted, Decision, Reply};
pub use error::{Error, StatusCode};
pub use outbox::Effect;
pub use storage::EngineStorage;
