//! The device that an engine is made for.

use crate::id::{Label, Organisation};
use serde::{Deserialize, Serialize};

/// Where the core runs (`lifecycle.md` a.7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[repr(u8)]
pub enum Deployment {
    /// In the device's firmware: the core's word is law, and it erases.
    Firmware = 0,
    /// On a board beside the device: the core filters and witnesses.
    Board = 1,
}

/// What an engine is made with, once: the device that was ordered and whose it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Device {
    /// The ordered device's serial number.
    pub serial: Label,
    /// The provider's organisation.
    pub provider: Organisation,
    /// The vendor's organisation.
    pub vendor: Organisation,
    /// Where the core runs.
    pub deployment: Deployment,
}
