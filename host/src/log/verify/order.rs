//! What a record must be after the one before it.

use super::finding::What;
use crate::log::Origin;
use strongroom_core::audit::Disorder;
use strongroom_core::{LogName, Record};

/// The order of a log's records, up to some place.
#[derive(Debug)]
pub(super) struct Order<'a> {
    rules: &'a Rules,
    before: Option<Record>,
}

impl<'a> Order<'a> {
    pub(super) const fn new(rules: &'a Rules) -> Self {
        Self { rules, before: None }
    }

    /// Whether records in order, of which these are the first and the last, may stand from `place` on; if so, they do.
    pub(super) fn follow_all(&mut self, place: u32, first: &Record, last: &Record) -> bool {
        let follows = self.rules.check(place, first, self.before.as_ref()).is_ok();
        if follows {
            self.before = Some(*last);
        }
        follows
    }

    /// Whether `record` may stand at `place`; if not, what is wrong with it.
    ///
    /// A record that was lost or changed has no say in what may follow.
    pub(super) fn follow(&mut self, place: u32, record: &Record) -> Result<(), (What, String)> {
        let checked = self.rules.check(place, record, self.before.as_ref());
        self.before = Some(*record);
        checked
    }
}

/// What a log's name says of its records, and one of the next.
#[derive(Debug)]
pub(super) struct Rules {
    pub(super) origin: Option<Origin>,
}

impl Rules {
    /// Whether `record` may stand at `place`, after the one `before`; if not, what is wrong with it.
    pub(super) fn check(&self, place: u32, record: &Record, before: Option<&Record>) -> Result<(), (What, String)> {
        if record.sequence != place {
            return Err((What::Reordered, format!("the record at place {place} says that it is record {}", record.sequence)));
        }
        let log = self.origin.as_ref().map(Origin::log).or_else(|| before.map(|before| before.log));
        if let Some(log) = log.filter(|log| *log != record.log) {
            let (found, expected) = (record.log.name(), log.name());
            return Err((What::Foreign, format!("record {place} is of a {found} log, and this is a {expected} log")));
        }
        let begin = self.origin.as_ref().and_then(|origin| origin.epoch);
        if let Some(epoch) = begin.filter(|epoch| record.log == LogName::Tenant && place == 0 && *epoch != record.epoch) {
            let found = record.epoch;
            return Err((What::Foreign, format!("record 0 is of lease epoch {found}, and the log's name says {epoch}")));
        }
        let Some(before) = before else { return Ok(()) };
        let fault =
            |what: &str, now: u64, then: u64| Err((What::Record, format!("record {place} has {what} {now}, after {then}")));
        match record.disorder_after(before) {
            Some(Disorder::Epoch) => fault("lease epoch", record.epoch.into(), before.epoch.into()),
            Some(Disorder::Boot) => fault("boot", record.boot.into(), before.boot.into()),
            Some(Disorder::TimeEpoch) => fault("time epoch", record.time_epoch.into(), before.time_epoch.into()),
            Some(Disorder::Time) => {
                let seconds = before.at.as_unix() - record.at.as_unix();
                Err((What::Record, format!("record {place} is {seconds} s older than the one before it, in the same time epoch")))
            }
            // Its log and its place were looked at above; what was lost before it has no say.
            Some(Disorder::Log | Disorder::Sequence) | None => Ok(()),
        }
    }
}
