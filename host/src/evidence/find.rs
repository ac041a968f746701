//! Finding in a log the records that a certificate is of.

use super::destruction::{begins, class_of};
use strongroom_core::Record;
use strongroom_core::lease::evidence::Class;

/// Records that a certificate holds at most. Where a destruction took longer, what began it is left out.
pub(super) const MOST: usize = 1000;

/// The records since the last one that began a destruction.
#[derive(Default)]
struct Run {
    records: Vec<Record>,
    too_long: bool,
}

impl Run {
    fn take(&mut self, record: &Record, class: Class) {
        if begins(record, class) {
            *self = Self { records: vec![*record], too_long: false };
        } else if !self.records.is_empty() {
            self.too_long |= self.records.len() >= MOST;
            if !self.too_long {
                self.records.push(*record);
            }
        }
    }

    /// Up to `proof`, which was just taken; it alone where its beginning is not known.
    fn up_to(&self, proof: &Record) -> Vec<Record> {
        if self.too_long || self.records.is_empty() { vec![*proof] } else { self.records.clone() }
    }
}

/// The records of the last certificate that `records` hold, or of the one whose proof has the sequence number `wanted`:
/// from what began it to what proves it. `None` where there is none.
pub(super) fn find<E>(records: impl Iterator<Item = Result<Record, E>>, wanted: Option<u32>) -> Result<Option<Vec<Record>>, E> {
    let (mut zeroization, mut quarantine) = (Run::default(), Run::default());
    let mut found = None;
    for record in records {
        let record = record?;
        zeroization.take(&record, Class::Verified);
        quarantine.take(&record, Class::Witnessed);
        if let Some(class) = class_of(&record)
            && wanted.is_none_or(|sequence| sequence == record.sequence)
        {
            let run = if class == Class::Witnessed { &quarantine } else { &zeroization };
            found = Some(run.up_to(&record));
        }
    }
    Ok(found)
}
