//! Certificates of a zeroization or of a destruction, as the sample form of NIST SP 800-88 asks for, with what the log
//! proves and what it cannot know kept apart (D-14, H-65, H-66, H-68, H-75).
//!
//! # Definitions
//!
//! - What *proves* a destruction is one record of the lifecycle log; its verb gives the [`Class`], and nothing else
//!   does. What *began* it is a record before it. A [`Certificate`] holds both and every record between them.
//! - *Proved* is what follows from those records, from the device that the signed checkpoint names, and from commands
//!   whose digest a record holds. It is made anew at every verification and compared with what the certificate says.
//! - *Stated* is what whoever issued the certificate wrote into it: names, places, the make of the device.
//!
//! # Properties
//!
//! - A certificate verifies with the log's public key and nothing else.
//! - No word of a certificate can be changed without verification naming it, except what is marked as stated.

mod certificate;
mod check;
mod destruction;
mod export;
mod find;
mod inclusion;
pub mod kept;
mod page;
mod proved;
mod range;
mod stated;

pub use certificate::{Bound, Certificate, Excerpt, FormatError};
pub use check::{Check, Outcome, Report, verify, verify_read};
pub use destruction::{begins, cause_of, class_of};
pub use export::{ExportError, export};
pub use kept::{KeepError, keep};
pub use page::{Checked, page};
pub use proved::{Proved, Step};
pub use stated::{SECTIONS, Stated};
pub use strongroom_core::lease::evidence::Class;
