//! How full a log is: the part of it that decisions look at, and so part of the state.

use super::Frontier;
use crate::command::RequestNumber;
use crate::command::Verb;
use crate::party::Principal;
use crate::rule::Rule;
use serde::{Deserialize, Serialize};

/// Places in each ring that only steps which end access or destroy may use (D-17).
pub const RESERVED: u32 = 4;

/// Where a log stands.
///
/// # Invariants
///
/// - `acknowledged <= next <= Frontier::CAPACITY`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Meter {
    /// The next record's sequence number.
    pub next: u32,
    /// The sequence number after the last acknowledged record.
    pub acknowledged: u32,
    /// Records that found no place, since the last record that said so.
    pub unlogged: u32,
    /// The lease's epoch when this log began.
    pub epoch: u32,
}

/// The capacities of the two rings.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rooms {
    pub(crate) tenant: u32,
    pub(crate) lifecycle: u32,
}

impl Meter {
    /// An empty log.
    pub(crate) const EMPTY: Self = Self { next: 0, acknowledged: 0, unlogged: 0, epoch: 0 };

    /// Whether nothing waits to be acknowledged.
    #[must_use]
    pub const fn is_acknowledged(&self) -> bool {
        self.next == self.acknowledged && self.unlogged == 0
    }

    /// Records that still fit a ring of `capacity`; `protective` ones may use the reserved places.
    pub(crate) const fn room(&self, capacity: u32, protective: bool) -> u32 {
        let usable = if protective { capacity } else { capacity.saturating_sub(RESERVED) };
        let in_ring = usable.saturating_sub(self.next.saturating_sub(self.acknowledged));
        let limit = if protective { Frontier::CAPACITY } else { Frontier::CAPACITY.saturating_sub(RESERVED) };
        let in_tree = limit.saturating_sub(self.next);
        if in_ring < in_tree { in_ring } else { in_tree }
    }
}

/// The last refusal, so that equal ones are counted and not recorded again (D-10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Refusal {
    /// Who was refused.
    pub by: Principal,
    /// The verb's number.
    pub verb: u8,
    /// The request it named, 0 where none.
    pub request: RequestNumber,
    /// The rule that refused.
    pub rule: Rule,
}

impl Refusal {
    pub(crate) const fn new(by: Principal, verb: Verb, request: RequestNumber, rule: Rule) -> Self {
        Self { by, verb: verb.code(), request, rule }
    }
}
