//! What the log is told of a step.

use super::Desk;
use crate::audit::record::{self, Entry, Record};
use crate::audit::{Log, Meter, Place, Refusal};
use crate::command::{LogName, blank};
use crate::engine::decide::{Change, Step};
use crate::id::{Digest, Id};
use crate::rule::Rule;
use crate::time::Time;

impl Desk<'_> {
    /// Leaves the step's record where it belongs; says whether the ordinary one found its place.
    pub(super) fn record<const TENANT: usize, const LIFECYCLE: usize>(
        &mut self,
        log: &mut Log<TENANT, LIFECYCLE>,
        ordinary: LogName,
        step: &Step,
    ) -> bool {
        let action = &step.command.action;
        let device = self.base.device;
        let blanked = Entry {
            by: blank(step.entry.by, &device),
            second: step.command.second.map_or(Id::NOBODY, |second| blank(second, &device).id),
            ..step.entry
        };
        let place = if !step.is_accepted() {
            let entry = if ordinary == LogName::Lifecycle { blanked } else { step.entry };
            let command =
                if ordinary == LogName::Lifecycle { step.command.blanked(&device).digest() } else { step.command.digest() };
            let refusal = Refusal::new(&entry, action.verb(), command);
            if self.base.refusal == Some(refusal) {
                self.base.repeats = self.base.repeats.saturating_add(1);
                return false;
            }
            self.settle_repeats(log, ordinary, step.entry.at);
            self.base.refusal = Some(refusal);
            Place::Refusal
        } else {
            self.settle_repeats(log, ordinary, step.entry.at);
            if step.uses_reserve() { Place::Reserved } else { Place::Ordinary }
        };
        let moves = matches!(step.change, Change::Lease { .. }) && step.entry.from != step.entry.to;
        let lifecycle_only = step.is_accepted() && action.is_lifecycle_only();
        let mut on_record = true;
        if ordinary == LogName::Tenant && !lifecycle_only {
            on_record = self.append(log, LogName::Tenant, step.entry, step.command.digest(), place);
        }
        if ordinary == LogName::Lifecycle || moves || lifecycle_only {
            let there = self.append(log, LogName::Lifecycle, blanked, step.command.blanked(&device).digest(), place);
            on_record = on_record && there;
        }
        on_record
    }

    /// Says how often the last refusal was repeated, now that something else happens (D-10).
    pub(super) fn settle_repeats<const TENANT: usize, const LIFECYCLE: usize>(
        &mut self,
        log: &mut Log<TENANT, LIFECYCLE>,
        ordinary: LogName,
        at: Time,
    ) {
        let Some(refusal) = self.base.refusal.take() else { return };
        let count = core::mem::take(&mut self.base.repeats);
        if count > 0 {
            // Before the account was opened the principal was stored blanked.
            let entry = Entry {
                by: refusal.by,
                second: refusal.second,
                request: refusal.request,
                from: refusal.verb,
                flags: record::REFUSED,
                ..Entry::of_log(at, record::REPEATED, refusal.rule, count)
            };
            self.append(log, ordinary, entry, Digest::NONE, Place::Refusal);
        }
    }

    /// Appends one record; where there is no place it is counted, and the count comes first once
    /// there is room again (D-17).
    fn append<const TENANT: usize, const LIFECYCLE: usize>(
        &mut self,
        log: &mut Log<TENANT, LIFECYCLE>,
        name: LogName,
        entry: Entry,
        command: Digest,
        place: Place,
    ) -> bool {
        let rooms = Log::<TENANT, LIFECYCLE>::ROOMS;
        let (epoch, boot, time_epoch) = (self.base.lease.epoch, self.base.lease.boot, self.base.clock.epoch);
        let (meter, capacity) = match name {
            LogName::Tenant => (&mut self.base.tenant_log, rooms.tenant),
            LogName::Lifecycle => (&mut self.base.lifecycle_log, rooms.lifecycle),
        };
        let mut ring = log.view(name);
        let mut write = |meter: &mut Meter, entry: Entry, command: Digest| {
            let Entry { at, flags, by, second, kind, rule, from, to, request, detail } = entry;
            let sequence = meter.next;
            meter.next = meter.next.saturating_add(1);
            ring.append(Record {
                log: name,
                sequence,
                epoch,
                boot,
                at,
                time_epoch,
                flags,
                by,
                second,
                kind,
                rule,
                from,
                to,
                request,
                detail,
                command,
            });
        };
        let room = meter.room(capacity, place);
        if meter.unlogged > 0 && room >= 2 {
            let count = core::mem::take(&mut meter.unlogged);
            write(meter, Entry::of_log(entry.at, record::UNLOGGED, Rule::LogHasRoom, count), Digest::NONE);
        }
        if room == 0 {
            meter.unlogged = meter.unlogged.saturating_add(1);
            return false;
        }
        write(meter, entry, command);
        self.base.last_command = command;
        true
    }
}
