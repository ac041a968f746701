//! What proves a zeroization, or the destruction of the parts that hold data (D-14).

use super::chart::Cause;
use crate::id::{Digest, Id, Label};
use crate::time::Time;
use crate::word::words;
use serde::{Deserialize, Serialize};

words! {
    /// How a piece of evidence came about. Never upgraded.
    #[derive(PartialOrd, Ord)]
    pub enum Class {
        /// The core erased and read back itself.
        Verified = 1 "Verified",
        /// It was observed from outside, by a monitor board.
        Reported = 2 "Reported",
        /// People watched: shredding.
        Witnessed = 3 "Witnessed",
    }
}

/// The evidence of one destruction; the device's serial number is the engine's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Evidence {
    /// How it came about.
    pub class: Class,
    /// Why the destruction began.
    pub cause: Cause,
    /// When it was proved.
    pub at: Time,
    /// In which boot.
    pub boot: u32,
    /// In which lease epoch.
    pub epoch: u32,
    /// The nonce that the customer asked with, all zeros where none was.
    pub nonce: Id,
    /// Digest of what was read back; none for a reported proof.
    pub read_back: Digest,
}

/// The shredding of the data-bearing parts, which two persons watched: evidence of class `Witnessed` (H-75).
///
/// The parts are those of the inventory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Destruction {
    /// When.
    pub at: Time,
    /// Who did it.
    pub by: Id,
    /// Who watched.
    pub second: Id,
    /// How.
    pub method: Label,
    /// Where.
    pub place: Label,
    /// What the camera's recording of their removal is filed under.
    pub camera: Label,
}

impl Destruction {
    /// How this evidence came about.
    pub const CLASS: Class = Class::Witnessed;
}
