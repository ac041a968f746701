//! What a search met, so that nothing holds only because nothing happened.

use crate::Core;
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use strongroom_core::*;

/// Counts, by any number of threads.
#[derive(Debug)]
pub struct Coverage {
    rules: Vec<AtomicU64>,
    mains: AtomicU64,
    seen: Mutex<HashSet<u64>>,
    /// Steps that were judged.
    pub judged: AtomicU64,
    /// Steps that were carried out.
    pub carried_out: AtomicU64,
}

impl Default for Coverage {
    fn default() -> Self {
        Self {
            rules: (0..1024).map(|_| AtomicU64::new(0)).collect(),
            mains: AtomicU64::new(0),
            seen: Mutex::default(),
            judged: AtomicU64::new(0),
            carried_out: AtomicU64::new(0),
        }
    }
}

impl Coverage {
    pub(crate) fn judged(&self, _: &Core, step: &Step) {
        self.judged.fetch_add(1, Relaxed);
        if let Some(count) = self.rules.get(usize::from(step.rule().code())) {
            count.fetch_add(1, Relaxed);
        }
    }

    pub(crate) fn reached(&self, core: &Core) {
        self.carried_out.fetch_add(1, Relaxed);
        self.mains.fetch_or(1 << (core.state().base.lease.main as u64), Relaxed);
    }

    /// Whether a refusal of this kind was not carried out yet: what it leaves depends on nothing else.
    pub(crate) fn is_new(&self, core: &Core, command: &Command, step: &Step) -> bool {
        let base = &core.state().base;
        let log = |log: LogName| (core.room(log), core.log().records(log).count());
        let again = base.refusal.is_some_and(|last| last.rule == step.rule() && last.verb == command.action.verb().code());
        let kind = (
            (step.rule(), command.action.verb(), command.by.role, command.second.is_some()),
            (base.lease.main, base.account.is_open(), base.account.monitoring, base.refusal.is_some(), base.repeats > 0, again),
            (log(LogName::Tenant), log(LogName::Lifecycle)),
            (base.tenant_log.unlogged > 0, base.lifecycle_log.unlogged > 0),
        );
        let mut hasher = DefaultHasher::new();
        kind.hash(&mut hasher);
        let kind = hasher.finish();
        self.seen.lock().is_ok_and(|mut seen| seen.insert(kind))
    }

    /// Adds what another search met.
    pub fn add(&self, other: &Self) {
        for (count, theirs) in self.rules.iter().zip(&other.rules) {
            count.fetch_add(theirs.load(Relaxed), Relaxed);
        }
        self.mains.fetch_or(other.mains.load(Relaxed), Relaxed);
        self.judged.fetch_add(other.judged.load(Relaxed), Relaxed);
        self.carried_out.fetch_add(other.carried_out.load(Relaxed), Relaxed);
    }

    /// The main states that no step led to.
    #[must_use]
    pub fn missing_states(&self) -> Vec<&'static str> {
        let mains = self.mains.load(Relaxed);
        Main::ALL.iter().filter(|main| mains >> (**main as u64) & 1 == 0).map(|main| main.name()).collect()
    }

    /// The rules of that kind that decided nothing.
    #[must_use]
    pub fn missing_rules(&self, kind: rule::Kind) -> Vec<&'static str> {
        let met = |rule: &Rule| self.rules.get(usize::from(rule.code())).is_some_and(|count| count.load(Relaxed) > 0);
        Rule::ALL.iter().filter(|rule| rule.kind() == kind && !met(rule)).map(|rule| rule.name()).collect()
    }
}
