//! The engine: one device and the lockbox of one customer (D-27).
//!
//! [`decide`](Engine::decide) is pure: it says what would happen, and nothing has. [`commit`](Engine::commit)
//! alone changes state and log. [`apply`](Engine::apply) is both, for callers without storage; with
//! storage the order is decide, journal the step, commit, hand out what the outbox asks for.

mod commit;
mod decide;
mod facts;
#[cfg(feature = "journal")]
mod image;
mod state;

pub use decide::{Change, Step};
pub use facts::Due;
pub(crate) use facts::Facts;
#[cfg(feature = "journal")]
pub(crate) use image::Unfit;
pub use state::{Base, Clock, State};

use crate::audit::{Log, Place};
use crate::command::{Action, Command, LogName, RequestNumber};
use crate::device::Device;
use crate::id::{Digest, Id, Organisation};
use crate::lease::chart::Main;
use crate::lease::health::Health;
use crate::lease::sensing;
use crate::lockbox::request::Status;
use crate::outbox::{Entry, Kind};
use crate::policy::Policy;
use crate::reading::Reading;
use crate::rule::{Rule, Trace};
use crate::time::Time;
use crate::word::words;
use serde::{Deserialize, Serialize};

words! {
    /// What came of a command.
    pub enum Verdict {
        /// It happened.
        Accepted = 0 "Accepted",
        /// Nothing happened but the record of the refusal.
        Refused = 1 "Refused",
    }
}

/// The answer to a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Reply {
    /// Accepted or refused.
    pub verdict: Verdict,
    /// The rule that decided.
    pub rule: Rule,
    /// Where the lease stands afterwards.
    pub main: Main,
    /// How the device is doing afterwards.
    pub health: Health,
    /// The request that the command was about, or that it made.
    pub request: Option<RequestNumber>,
    /// That request's status afterwards; on a refusal its current one (D-05).
    pub status: Option<Status>,
    /// The number of the first outbox entry that the step made; the later ones follow it.
    pub first_effect: u32,
    /// How many outbox entries the step made.
    pub effects: u8,
    /// Whether a deadline is due at the step's time, so that the host should tick (D-26).
    pub due: bool,
}

/// A policy core over fixed memory.
///
/// | Parameter | Default | What it bounds |
/// |---|---|---|
/// | `REQUESTS` | 4 | requests remembered at once |
/// | `OUTBOX` | 8 | things to do that are not confirmed; at least `REQUESTS + 4` |
/// | `TENANT` | 16 | records of the tenant log between two drains, 4 of them reserved |
/// | `LIFECYCLE` | 8 | records of the lifecycle log between two drains, 4 of them reserved |
///
/// ```
/// use strongroom_core::{Action, Command, Device, Deployment, Engine, Label, Main, Organisation, Policy, Principal, Role, Time, Id};
///
/// let serial = Label::new("700022").ok_or("too long")?;
/// let provider = Organisation([1; 16]);
/// let device = Device { serial, provider, vendor: Organisation([2; 16]), deployment: Deployment::Firmware };
/// let mut engine: Engine = Engine::new(device, &Policy::AZURE);
/// let hands = Principal { role: Role::Hands, organisation: provider, id: Id([7; 16]) };
/// let reply = engine.apply(Some(Time::from_unix(1_700_000_000)), &Command::new(hands, Action::Arrive { serial }));
/// assert_eq!((reply.rule.name(), reply.main), ("T01", Main::Received));
/// # Ok::<(), &str>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Engine<const REQUESTS: usize = 4, const OUTBOX: usize = 8, const TENANT: usize = 16, const LIFECYCLE: usize = 8> {
    policy: Option<&'static Policy>,
    offered: Option<&'static [&'static Policy]>,
    state: State<REQUESTS, OUTBOX>,
    log: Log<TENANT, LIFECYCLE>,
}

impl<const REQUESTS: usize, const OUTBOX: usize, const TENANT: usize, const LIFECYCLE: usize>
    Engine<REQUESTS, OUTBOX, TENANT, LIFECYCLE>
{
    /// An engine without a device: it refuses everything until it [begins](Self::begin).
    ///
    /// All of its bytes are zero, so that a static one takes no flash.
    #[must_use]
    pub const fn vacant() -> Self {
        const {
            assert!(OUTBOX >= REQUESTS + crate::outbox::DEVICE_ENTRIES, "the outbox has a place for everything");
            assert!(TENANT > 4 && LIFECYCLE > 4, "a ring has more than its reserved places");
            assert!(TENANT < 1 << 16 && LIFECYCLE < 1 << 16 && REQUESTS < 1 << 8);
        }
        Self { policy: None, offered: None, state: State::VACANT, log: Log::EMPTY }
    }

    /// An engine for a device on its way, under `policy`.
    #[must_use]
    pub fn new(device: Device, policy: &'static Policy) -> Self {
        let mut engine = Self::vacant();
        engine.begin(device, policy);
        engine
    }

    /// Begins anew, in place, for a device on its way, under `policy`. Whatever was there is gone.
    pub fn begin(&mut self, device: Device, policy: &'static Policy) {
        self.policy = Some(policy);
        self.state.begin(device, policy);
        self.log.erase();
    }

    /// As [`begin`](Self::begin), for a device whose stored state cannot be read: every access is closed, and the
    /// only way on is `quarantine` (D-28). `tenant` is the customer whose officer may take part in that on a
    /// board, none where nobody is known to be one.
    pub fn begin_invalid(&mut self, device: Device, policy: &'static Policy, tenant: Organisation) {
        self.begin(device, policy);
        self.state.base.lease.main = Main::Invalid;
        self.state.base.account.organisation = tenant;
        self.state.base.account.monitoring = false;
        let (id, due) = (self.state.base.next_effect, Some(Time::EPOCH));
        if self.state.outbox.push(Entry { id, kind: Kind::Halt, about: 0, asked: Time::EPOCH, due, retries: 0 }).is_ok() {
            self.state.base.next_effect = id.saturating_add(1);
        }
    }

    /// Offers other policies than the presets to `set_policy` (D-24).
    pub const fn offer(&mut self, policies: &'static [&'static Policy]) {
        self.offered = Some(policies);
    }

    /// What would come of `command` at `now`; nothing has changed.
    ///
    /// `now` is `None` where the time is not known (D-18).
    #[must_use]
    pub fn decide(&self, now: Option<Time>, command: &Command) -> Step {
        self.explain(now, command, &mut ())
    }

    /// As [`decide`](Self::decide), telling `trace` each rule that was consulted, in order.
    #[must_use]
    pub fn explain<T: Trace>(&self, now: Option<Time>, command: &Command, trace: &mut T) -> Step {
        decide::decide(&self.state.facts(self.policies(), command, Log::<TENANT, LIFECYCLE>::ROOMS), now, trace)
    }

    /// Carries out a step that was decided on this very state.
    ///
    /// A step decided on another engine or on an earlier state changes nothing and is refused by
    /// `StepIsCurrent`.
    pub fn commit(&mut self, step: &Step) -> Reply {
        let (policy, offered) = self.policies();
        let reply = commit::commit(&mut self.state, &mut self.log, policy, step);
        if let (Verdict::Accepted, Action::SetPolicy { policy: digest }) = (reply.verdict, &step.command().action)
            && let Some(policy) = offered.iter().find(|offered| offered.digest() == *digest)
        {
            self.policy = Some(policy);
            self.state.base.policy_version = policy.version;
            self.state.base.policy = *digest;
        }
        Reply { due: self.is_due(self.state.base.clock.last_good), ..reply }
    }

    /// The step in which `rule` refused `command` at `now`, as a journal has it: what was refused needs no second
    /// decision, and where no account is open its command is kept blanked.
    #[cfg(feature = "journal")]
    pub(crate) fn refused(&self, now: Option<Time>, command: &Command, rule: Rule) -> Step {
        decide::refused(&self.state.base, now, command, rule)
    }

    /// Whether `step` was decided on this very state.
    #[cfg(feature = "journal")]
    pub(crate) fn takes(&self, step: &Step) -> bool {
        step.is_on(&self.state.base)
    }

    /// As [`begin_invalid`](Self::begin_invalid), where logs may be lost: `generation` is new in the names of those
    /// that begin, so that nobody takes them for the old ones.
    #[cfg(feature = "journal")]
    pub(crate) fn begin_after_loss(&mut self, device: Device, policy: &'static Policy, tenant: Organisation, generation: u32) {
        self.begin_invalid(device, policy, tenant);
        self.state.base.lifecycle_log.epoch = generation;
    }

    /// Decides and commits.
    pub fn apply(&mut self, now: Option<Time>, command: &Command) -> Reply {
        let step = self.decide(now, command);
        self.commit(&step)
    }

    /// The actions that `reading` calls for at `now`, in the order to apply them; see [`sensing`].
    #[must_use]
    pub fn sense(&self, now: Option<Time>, reading: &Reading) -> heapless::Vec<Action, { sensing::ACTIONS }> {
        let at = now.unwrap_or(self.state.base.clock.last_good);
        sensing::actions(reading, &self.state.base.lease, &self.policies().0.health, at)
    }

    /// The earliest deadline; `None` where nothing waits for time (D-26).
    #[must_use]
    pub fn next_deadline(&self) -> Option<Time> {
        self.state.facts(self.policies(), &Command::tick(), Log::<TENANT, LIFECYCLE>::ROOMS).earliest().map(|(at, _)| at)
    }

    /// Whether a deadline is due at `now`.
    #[must_use]
    pub fn is_due(&self, now: Time) -> bool {
        self.next_deadline().is_some_and(|at| at <= now)
    }

    /// The state.
    #[must_use]
    pub const fn state(&self) -> &State<REQUESTS, OUTBOX> {
        &self.state
    }

    /// The log.
    #[must_use]
    pub const fn log(&self) -> &Log<TENANT, LIFECYCLE> {
        &self.log
    }

    /// The policy; none before the engine begins.
    #[must_use]
    pub const fn policy(&self) -> Option<&'static Policy> {
        self.policy
    }

    /// The policy in force, and those that can be put in force. A vacant engine's state is of no policy's
    /// version, so that whatever stands in here, everything is refused.
    fn policies(&self) -> (&'static Policy, &'static [&'static Policy]) {
        (self.policy.unwrap_or(&Policy::AZURE), self.offered.unwrap_or(Policy::PRESETS))
    }

    /// Ordinary places that are free in a log's ring (D-17): where this is 1 or less, drain it.
    #[must_use]
    pub fn room(&self, log: LogName) -> u32 {
        let (meter, capacity) = match log {
            LogName::Tenant => (&self.state.base.tenant_log, Log::<TENANT, LIFECYCLE>::ROOMS.tenant),
            LogName::Lifecycle => (&self.state.base.lifecycle_log, Log::<TENANT, LIFECYCLE>::ROOMS.lifecycle),
        };
        meter.room(capacity, Place::Ordinary)
    }

    /// What has to be done and is not confirmed, oldest first (D-25).
    #[must_use]
    pub fn pending(&self) -> &[Entry] {
        &self.state.outbox
    }

    /// The nonce that the next destruction asked by the customer has to carry.
    #[must_use]
    pub fn challenge(&self) -> Id {
        self.state.base.challenge()
    }

    /// SHA-256 over the state's canonical encoding; the same for every capacity and in every language.
    #[must_use]
    pub fn digest(&self) -> Digest {
        crate::canonical::digest(b"strongroom state 1", &self.state)
    }
}
