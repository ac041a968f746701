//! Placeholder.
use serde::{Deserialize, Serialize};

/// A set of commands, by index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Commands([u32; 10]);

impl Commands {
    /// No command.
    pub const NONE: Self = Self([0; 10]);

    /// Whether the command with this index is in the set.
    #[must_use]
    pub fn contains(self, index: u16) -> bool {
        let word = self.0.get(usize::from(index >> 5)).copied().unwrap_or_default();
        word.wrapping_shr(u32::from(index)) & 1 == 1
    }
}

/// Of what kind a command's arguments are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Arguments {
    /// There are none.
    None,
    /// Plain.
    Plain,
    /// Anything else.
    NotPlain,
}
/// x
pub const COMMANDS: u16 = 300;
