//! The two logs: who did what, provable and in bounded memory (D-22, L-43).
//!
//! Every step leaves a [`Record`] of 118 bytes. A record is a leaf of a Merkle tree after RFC 6962;
//! the core keeps each tree's [`Frontier`], from which the root follows at any time, and the records
//! that nobody has acknowledged yet. A host drains those, keeps them, and can recompute every root.

mod frontier;
mod log;
mod meter;
mod order;
pub mod record;

pub use frontier::{Frontier, LEVELS};
pub use log::{Log, Ring};
pub(crate) use meter::{Meter, Place, Rooms};
pub use meter::{RESERVED, Refusal};
pub use order::Disorder;
pub use record::Record;
