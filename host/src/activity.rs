//! The activity log: every record told as an [`Event`] that a person, a spreadsheet or a SIEM reads (L-43 to L-50, D-10).
//!
//! [`meaning`] says, once, what the bytes of a record mean for each verb. A [`Teller`] makes events of the records of one
//! log, [`merge`] puts the logs of one device in the order of what happened, a [`Filter`] picks, and [`json`], [`csv`] and
//! [`azure`] write a line for each event. A [`Reader`] does all of it for a log folder, in little memory.
//!
//! A record tells what happened and not whether it is genuine; that is for the verification of the log.

pub mod azure;
pub mod csv;
mod event;
mod filter;
mod format;
pub mod json;
pub mod meaning;
mod merge;
mod reader;
mod unique;

pub use event::{COLUMNS, Event, Field, Occurrence, Teller, Verdict};
pub use filter::Filter;
pub use format::Format;
pub use merge::merge;
pub use reader::Reader;
pub use unique::{identifier, identity};
