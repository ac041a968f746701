//! Proofs that verify with nothing but the public key: that a record is in a log, that a log only grew.
//!
//! An inclusion proof is a `c2sp.org/tlog-proof@v1` with the record as its extra data. A consistency proof is text of the
//! same kind:
//!
//! ```text
//! strongroom-consistency-proof@v1
//! <hash in base64>           the proof of RFC 6962, section 2.1.2, a line each; none for equal sizes
//!
//! <old signed note>          as it was signed, its own empty line included
//!
//! <new signed note>
//! ```
//!
//! A checkpoint has one empty line in it, so that empty lines tell the five parts.

mod check;
mod make;
mod text;

pub use check::{NotProved, Proved, check};
pub use make::{consistency, inclusion};
