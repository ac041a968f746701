//! The log itself: the records that wait for a reader, and both trees' frontiers.

use super::{Frontier, Meter, Record, Rooms};
use crate::command::LogName;
#[cfg(feature = "journal")]
use crate::encoding::{Refused, Sink, Source, read, write};
use crate::id::Digest;
use heapless::deque::{Deque, DequeView};

/// The records of one log that nobody has acknowledged yet, and its tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ring<const N: usize> {
    records: Deque<Record, N>,
    frontier: Frontier,
}

/// Both logs. `TENANT` and `LIFECYCLE` are the records that each holds between two drains.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Log<const TENANT: usize, const LIFECYCLE: usize> {
    tenant: Ring<TENANT>,
    lifecycle: Ring<LIFECYCLE>,
}

/// One ring, whatever its capacity.
pub(crate) struct RingView<'a> {
    records: &'a mut DequeView<Record>,
    frontier: &'a mut Frontier,
}

impl<const N: usize> Ring<N> {
    const EMPTY: Self = Self { records: Deque::new(), frontier: Frontier::EMPTY };
}

impl<const TENANT: usize, const LIFECYCLE: usize> Log<TENANT, LIFECYCLE> {
    /// Two empty logs.
    pub const EMPTY: Self = Self { tenant: Ring::EMPTY, lifecycle: Ring::EMPTY };

    #[expect(clippy::cast_possible_truncation, reason = "checked when the engine is built")]
    pub(crate) const ROOMS: Rooms = Rooms { tenant: TENANT as u32, lifecycle: LIFECYCLE as u32 };

    /// Forgets everything.
    pub(crate) fn erase(&mut self) {
        for log in [LogName::Tenant, LogName::Lifecycle] {
            self.view(log).erase(&mut Meter::default());
        }
    }

    /// The records of `log` that wait to be acknowledged, oldest first.
    pub fn records(&self, log: LogName) -> impl Iterator<Item = &Record> {
        match log {
            LogName::Tenant => self.tenant.records.as_view(),
            LogName::Lifecycle => self.lifecycle.records.as_view(),
        }
        .iter()
    }

    /// How many records `log` has in all, drained ones included.
    #[must_use]
    pub const fn size(&self, log: LogName) -> u32 {
        match log {
            LogName::Tenant => self.tenant.frontier.size(),
            LogName::Lifecycle => self.lifecycle.frontier.size(),
        }
    }

    /// The root of `log`'s tree over all its records, drained ones included.
    #[must_use]
    pub fn root(&self, log: LogName) -> Digest {
        match log {
            LogName::Tenant => self.tenant.frontier.root(),
            LogName::Lifecycle => self.lifecycle.frontier.root(),
        }
    }

    /// Writes both logs, the tenant's first.
    #[cfg(feature = "journal")]
    pub(crate) fn save(&self, sink: &mut dyn Sink) -> Result<(), Refused> {
        for (frontier, name) in [(&self.tenant.frontier, LogName::Tenant), (&self.lifecycle.frontier, LogName::Lifecycle)] {
            write(&frontier.size(), sink)?;
            for subtree in frontier.subtrees() {
                write(subtree, sink)?;
            }
            write(&u32::try_from(self.records(name).count()).unwrap_or(u32::MAX), sink)?;
            for record in self.records(name) {
                write(record, sink)?;
            }
        }
        Ok(())
    }

    pub(crate) fn view(&mut self, log: LogName) -> RingView<'_> {
        match log {
            LogName::Tenant => RingView { records: self.tenant.records.as_mut_view(), frontier: &mut self.tenant.frontier },
            LogName::Lifecycle => {
                RingView { records: self.lifecycle.records.as_mut_view(), frontier: &mut self.lifecycle.frontier }
            }
        }
    }
}

impl RingView<'_> {
    /// Appends a record; the caller has seen that there is room.
    pub(crate) fn append(&mut self, record: Record) {
        let leaf = record.leaf();
        if self.records.push_back(record).is_ok() {
            self.frontier.append(leaf);
        }
    }

    /// Drops the records before the sequence number `next`.
    pub(crate) fn acknowledge(&mut self, next: u32) {
        while self.records.front().is_some_and(|record| record.sequence < next) {
            self.records.pop_front();
        }
    }

    /// Reads back what [`Log::save`] wrote of this log; says whether it had places for all of its records.
    #[cfg(feature = "journal")]
    pub(crate) fn restore(&mut self, source: &mut dyn Source) -> Result<bool, Refused> {
        self.records.clear();
        self.frontier.restore(read(source)?, &mut || read(source))?;
        let count: u32 = read(source)?;
        for _ in 0..count {
            if self.records.push_back(read(source)?).is_err() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Erases records and tree.
    pub(crate) fn erase(&mut self, meter: &mut Meter) {
        self.records.clear();
        *self.frontier = Frontier::EMPTY;
        *meter = Meter::default();
    }
}
