//! Accesses that the lockbox does not ask about, kept until they are reviewed (L-68 to L-71, D-11).

use crate::command::{Exclusion, RequestNumber};
use crate::id::Id;
use crate::policy::Subject;
use crate::time::Time;
use serde::{Deserialize, Serialize};

/// Excluded accesses that wait for their review at most.
pub const EXCLUSIONS: usize = 4;

/// One excluded access. It opens no grant.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Excluded {
    /// Its number, of the same count as requests.
    pub number: RequestNumber,
    /// Which kind.
    pub kind: Exclusion,
    /// What was reached.
    pub subject: Subject,
    /// Who put it on record.
    pub by: Id,
    /// When.
    pub at: Time,
    /// When its review is overdue; `None` once it is.
    pub due: Option<Time>,
}
