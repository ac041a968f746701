//! How full a log is: the part of it that decisions look at, and so part of the state.

use super::Frontier;
use super::record::Entry;
use crate::command::RequestNumber;
use crate::command::Verb;
use crate::id::{Digest, Id};
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
    /// What tells this log's tree from others: of the tenant log the lease's epoch when it began, of the lifecycle log a
    /// number that is 0 unless logs that were stored before it were lost.
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

    /// Records of that kind that still fit a ring of `capacity` and the tree.
    pub(crate) const fn room(&self, capacity: u32, place: Place) -> u32 {
        let (reserved, kept_in_tree) = match place {
            Place::Reserved => (0, 0),
            Place::Ordinary => (RESERVED, KEPT_FOR_ENDINGS),
            Place::Refusal => (RESERVED, KEPT_FOR_STEPS),
        };
        let usable = capacity.saturating_sub(reserved);
        let in_ring = usable.saturating_sub(self.next.saturating_sub(self.acknowledged));
        let in_tree = Frontier::CAPACITY.saturating_sub(kept_in_tree).saturating_sub(self.next);
        if in_ring < in_tree { in_ring } else { in_tree }
    }
}

/// Which places a record may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// A refusal: nobody can fill a tree by being refused.
    Refusal,
    /// An ordinary step.
    Ordinary,
    /// A step that ends access or destroys.
    Reserved,
}

/// Leaves of a tree that ordinary steps leave to those that end or destroy.
const KEPT_FOR_ENDINGS: u32 = 1 << 12;

/// Leaves of a tree that refusals leave to steps.
const KEPT_FOR_STEPS: u32 = 1 << 16;

/// The last refusal, so that equal ones are counted and not recorded again (D-10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Refusal {
    /// Who was refused.
    pub by: Principal,
    /// The verb's number.
    pub verb: u8,
    /// The second person, nobody where none.
    pub second: Id,
    /// The request it named, 0 where none.
    pub request: RequestNumber,
    /// The rule that refused.
    pub rule: Rule,
    /// The command's digest, as its log knows it.
    pub command: Digest,
}

impl Refusal {
    pub(crate) const fn new(entry: &Entry, verb: Verb, command: Digest) -> Self {
        Self { by: entry.by, verb: verb.code(), second: entry.second, request: entry.request, rule: entry.rule, command }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_that_fills_up_ends_refusals_first_then_steps_and_endings_last() {
        // Whatever the ring has.
        let left = |leaves: u32, place| {
            let next = Frontier::CAPACITY.saturating_sub(leaves);
            Meter { next, acknowledged: next, ..Meter::EMPTY }.room(1000, place)
        };
        for (place, kept) in [(Place::Refusal, 65_536), (Place::Ordinary, 4096), (Place::Reserved, 0)] {
            assert_eq!([0, 1, 2].map(|more: u32| left(more.saturating_add(kept), place)), [0, 1, 2], "{place:?}");
        }
    }
}
