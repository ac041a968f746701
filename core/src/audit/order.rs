//! What a record must be after the one before it.

use super::Record;

/// What of a record does not go with the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Disorder {
    /// It is of another log.
    Log,
    /// It is of an earlier lease.
    Epoch,
    /// It is of an earlier boot.
    Boot,
    /// The clock was set less often.
    TimeEpoch,
    /// It is older, with the same setting of the clock.
    Time,
    /// Its number is not the next one.
    Sequence,
}

impl Record {
    /// Whether this record may stand after `before`; if not, the first thing that is against it.
    #[must_use]
    pub fn disorder_after(&self, before: &Self) -> Option<Disorder> {
        if self.log != before.log {
            Some(Disorder::Log)
        } else if self.epoch < before.epoch {
            Some(Disorder::Epoch)
        } else if self.boot < before.boot {
            Some(Disorder::Boot)
        } else if self.time_epoch < before.time_epoch {
            Some(Disorder::TimeEpoch)
        } else if self.time_epoch == before.time_epoch && self.at < before.at {
            Some(Disorder::Time)
        } else if before.sequence.checked_add(1) != Some(self.sequence) {
            Some(Disorder::Sequence)
        } else {
            None
        }
    }
}
