//! The formats that events are written in.

use super::{Event, azure, csv, json};
use strongroom_core::Id;

/// A format of lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// JSON Lines, every column in each.
    Jsonl,
    /// Comma-separated values with a heading.
    Csv,
    /// JSON Lines in the shape of the Azure Activity Log.
    Azure {
        /// The subscription that events are told of; the customer's organisation where none is given.
        subscription: Option<Id>,
    },
}

impl Format {
    /// Puts what comes before all events into `lines`.
    pub fn heading(self, lines: &mut String) {
        if self == Self::Csv {
            csv::heading(lines);
        }
    }

    /// Puts the event's line into `lines`; says whether the format has one for it.
    pub fn write(self, event: &Event, lines: &mut String) -> bool {
        match self {
            Self::Jsonl => json::write(event, lines),
            Self::Csv => csv::write(event, lines),
            Self::Azure { subscription } => return azure::write(event, subscription, lines),
        }
        true
    }
}
