//! All of an engine as bytes, and back: what a journal keeps.
//!
//! An image is the state's canonical encoding, then for each log its tree's frontier and the records that
//! wait to be acknowledged. It does not depend on capacities.

use super::{Engine, State};
use crate::audit::{Log, Meter};
use crate::command::LogName;
use crate::encoding::{Refused, Sink, Source, read, write};
use crate::policy::Policy;
use heapless::VecView;
use serde::de::DeserializeOwned;

/// Why an image does not become an engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unfit {
    /// Its bytes are none, or its parts do not belong together.
    Unsound,
    /// It has more requests, records or things to do than this engine has places for.
    Capacity,
    /// None of the policies offered is its policy.
    Policy,
}

impl From<Refused> for Unfit {
    fn from(_: Refused) -> Self {
        Self::Unsound
    }
}

impl<const REQUESTS: usize, const OUTBOX: usize, const TENANT: usize, const LIFECYCLE: usize>
    Engine<REQUESTS, OUTBOX, TENANT, LIFECYCLE>
{
    /// Writes the image.
    pub(crate) fn save(&self, sink: &mut dyn Sink) -> Result<(), Refused> {
        write(&self.state, sink)?;
        self.log.save(sink)
    }

    /// Becomes what the image says; after an error the engine is vacant.
    pub(crate) fn restore(&mut self, source: &mut dyn Source) -> Result<(), Unfit> {
        let restored = self.restore_parts(source);
        if restored.is_err() {
            self.vacate();
        }
        restored
    }

    /// Forgets everything: what is left refuses everything and grants nothing.
    pub(crate) fn vacate(&mut self) {
        self.policy = None;
        self.state.begin(self.state.base.device, &Policy::AZURE);
        self.state.base.policy_version = 0;
        self.log.erase();
    }

    fn restore_parts(&mut self, source: &mut dyn Source) -> Result<(), Unfit> {
        let State { base, requests, exclusions, outbox } = &mut self.state;
        *base = read(source)?;
        fill(requests.as_mut_view(), source)?;
        fill(exclusions.as_mut_view(), source)?;
        fill(outbox.as_mut_view(), source)?;
        for name in LogName::ALL.iter().copied() {
            self.log.view(name).restore(source)?;
        }
        let base = &self.state.base;
        let (current, offered) = self.policies();
        let policy = offered.iter().copied().chain([current]).find(|policy| policy.digest() == base.policy);
        let policy = policy.filter(|policy| policy.version == base.policy_version).ok_or(Unfit::Policy)?;
        let sound = is_sound(&self.log, LogName::Tenant, &base.tenant_log)
            && is_sound(&self.log, LogName::Lifecycle, &base.lifecycle_log);
        self.policy = Some(policy);
        if sound { Ok(()) } else { Err(Unfit::Unsound) }
    }
}

/// Whether the log stands where its meter says, its records in their order.
fn is_sound<const TENANT: usize, const LIFECYCLE: usize>(log: &Log<TENANT, LIFECYCLE>, name: LogName, meter: &Meter) -> bool {
    let in_order =
        log.records(name).zip(meter.acknowledged..).all(|(record, place)| record.sequence == place && record.log == name);
    let waiting = meter.next.checked_sub(meter.acknowledged);
    in_order && log.size(name) == meter.next && waiting.is_some_and(|waiting| log.records(name).count() == waiting as usize)
}

/// Reads a list in place, so that it never passes over the stack.
fn fill<T: DeserializeOwned>(list: &mut VecView<T>, source: &mut dyn Source) -> Result<(), Unfit> {
    list.clear();
    let count: u32 = read(source)?;
    for _ in 0..count {
        list.push(read(source)?).map_err(|_| Unfit::Capacity)?;
    }
    Ok(())
}
