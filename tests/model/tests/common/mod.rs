//! The core and the model side by side, and short ways to lead both somewhere.
#![allow(dead_code, unreachable_pub, reason = "each test file uses a part of it")]

pub mod menu;
pub mod ways;

use std::collections::{BTreeMap, BTreeSet};
use strongroom_core::lease::membership::Membership;
use strongroom_core::lockbox::request::Request;
use strongroom_core::outbox::Kind;
use strongroom_core::reading::TamperClass;
use strongroom_core::*;
use strongroom_model::{Model, Outcome};

pub const PROVIDER: Organisation = Organisation([0xb0; 16]);
pub const CUSTOMER: Organisation = Organisation([0xc0; 16]);
pub const OTHER_CUSTOMER: Organisation = Organisation([0xc1; 16]);
pub const VENDOR: Organisation = Organisation([0xd0; 16]);

/// Where the core does otherwise than the model, and why. The tests go on as the core does.
pub const DISAGREEMENTS: &[(&str, &str)] = &[
    ("T41 forgets the causes of tamper", "causes are remembered until `tamper_cause_gone`; T33 demands that no cause is present"),
    ("T02 after a tamper or fault on the way", "D-16: a tamper or fault before `stm_ok` leaves only `stm_mismatch`"),
    (
        "T54 and T59 without a tenant",
        "a customer with an account alone zeroizes and gives up a device that is not leased to them; a.5, H-01",
    ),
    (
        "a zeroized device stays a member",
        "a.4: leaving the service for a zeroization makes the HA membership Absent; T34 to T36 and T66 keep NeedsSync",
    ),
    (
        "health is read while monitoring is off",
        "a.4: while the monitor account is disabled the health region reads Unknown; in firmware the core goes on",
    ),
    (
        "nobody denies a request of their own",
        "D-06 refuses self-approval; a denial or rejection of one's own only ends it (a.4: no such guard on deny)",
    ),
    (
        "an account is closed over an unreviewed exclusion or an unconfirmed notice",
        "D-11: never silent; D-25: not forgotten; T49 waits for both, `register` with zeros erases both",
    ),
    (
        "the end of a soft error drops the halt of a destruction",
        "D-25: what must happen is not forgotten; the halt was asked for by the destruction too, and is unconfirmed",
    ),
    (
        "a ticket cannot be cancelled after the clock was set back",
        "L-12, D-18: a ticket has no window to decide; InTime refuses until the clock is where it was when the status began",
    ),
    (
        "a rejection depends on the tick",
        "D-26: `reject_internally` past the 24 h is accepted where nobody ticked, and refused where somebody did",
    ),
    (
        "no sighting counts after the clock was set back",
        "amendment 3, D-14: the first sighting is void then, and every later one is refused as not new: no way on",
    ),
];

pub type Core = Engine<4, 8, 16, 8>;

pub fn label(text: &str) -> Label {
    Label::new(text).expect("fits")
}

/// Person `number` of the role's party. The id does not name the role, so that one person can act in several.
pub fn person(role: Role, number: u8) -> Principal {
    let organisation = match role.party() {
        Party::Customer => CUSTOMER,
        Party::Provider => PROVIDER,
        Party::Vendor => VENDOR,
        Party::Device => return Principal::device(role),
    };
    Principal { role, organisation, id: Id([number; 16]) }
}

pub fn device(deployment: Deployment) -> Device {
    Device { serial: label("700022"), provider: PROVIDER, vendor: VENDOR, deployment }
}

/// What was met on the way.
#[derive(Debug, Default, Clone)]
pub struct Coverage {
    pub rules: BTreeMap<Rule, u64>,
    pub mains: BTreeSet<Main>,
    pub statuses: BTreeSet<&'static str>,
    pub compared: u64,
}

impl Coverage {
    pub fn add(&mut self, other: &Self) {
        for (rule, count) in &other.rules {
            *self.rules.entry(*rule).or_default() += count;
        }
        self.mains.extend(&other.mains);
        self.statuses.extend(&other.statuses);
        self.compared += other.compared;
    }

    /// The rules that the core may grant or refuse by and that were never met.
    pub fn unmet(&self) -> Vec<&'static str> {
        let logic = |rule: &&Rule| rule.kind() != rule::Kind::Logic;
        Rule::ALL.iter().filter(logic).filter(|rule| !self.rules.contains_key(rule)).map(|rule| rule.name()).collect()
    }
}

/// Both, given the same commands.
#[derive(Clone)]
pub struct Pair {
    pub core: Core,
    pub model: Model,
    pub now: u64,
}

impl Pair {
    pub fn new(deployment: Deployment, policy: &'static Policy) -> Self {
        let device = device(deployment);
        Self { core: Core::new(device, policy), model: Model::new(device, policy), now: 1_000_000 }
    }

    /// State that cannot be read, under a customer who is known.
    pub fn invalid(deployment: Deployment, policy: &'static Policy) -> Self {
        let mut pair = Self::new(deployment, policy);
        pair.core.begin_invalid(device(deployment), policy, CUSTOMER);
        pair.model = Model::invalid(device(deployment), policy, CUSTOMER);
        pair
    }

    /// Both judge; nothing has been compared.
    pub fn judge(&mut self, now: Option<u64>, command: &Command) -> (Reply, Outcome) {
        self.model.challenge = self.core.challenge();
        let confirms = match command.action {
            Action::Confirm { effect } => {
                self.core.pending().iter().find(|entry| entry.id == effect).map(|entry| (entry.kind, entry.about))
            }
            _ => None,
        };
        let reply = self.core.apply(now.map(Time::from_unix), command);
        (reply, self.model.apply(now, command, confirms))
    }

    /// Both judge, and must agree; then the logs are drained.
    ///
    /// # Errors
    ///
    /// What they differ in.
    pub fn step(&mut self, now: Option<u64>, command: &Command, met: &mut Coverage) -> Result<Reply, String> {
        let before = self.model.main;
        if let Some(name) = self.known(now, command) {
            return self.still_differs(name, now, command);
        }
        let (reply, outcome) = self.judge(now, command);
        met.compared += 1;
        *met.rules.entry(reply.rule).or_default() += 1;
        met.mains.insert(reply.main);
        met.statuses.extend(self.core.state().requests.iter().map(|request| request.status.name()));
        self.reconcile(&reply);
        let agreed = verdict_differs(&reply, &outcome).map_or(Ok(()), Err).and_then(|()| self.compare());
        agreed.map_err(|difference| {
            format!(
                "{} at {now:?} ({:?}): core {:?} by {}, model {} by {:?}\n  {:?}\n  {difference}",
                before.name(),
                self.model.device.deployment,
                reply.verdict,
                reply.rule.name(),
                if outcome.accepted { "accepts" } else { "refuses" },
                outcome.rules.iter().map(|rule| rule.name()).collect::<Vec<_>>(),
                command,
            )
        })?;
        self.drain_logs();
        Ok(reply)
    }

    /// Whether the core is known to do otherwise than the model with this command.
    fn known(&self, now: Option<u64>, command: &Command) -> Option<&'static str> {
        let model = &self.model;
        let verb = command.action.verb();
        let concerned = match model.main {
            Main::Received => model.custody_broken && verb == Verb::StmOk,
            Main::Failed => !model.bound && matches!(verb, Verb::Zeroize | Verb::GiveUp),
            Main::TamperLatched => model.membership != Membership::Absent,
            _ => false,
        };
        if !model.account.monitoring
            && model.main != Main::Invalid
            && model.device.deployment == Deployment::Firmware
            && matches!(verb, Verb::ReadHealth | Verb::PollUnanswered)
            && command.by.party() == Party::Device
        {
            return Some("health is read while monitoring is off");
        }
        // builders: those who asked are on the roster by mistake; their own denial ends what they asked for.
        let denies = matches!(verb, Verb::Deny | Verb::RejectInternally);
        let own = command.action.request().and_then(|number| model.request(number)?.requester) == Some(command.by.id);
        if denies && own {
            return Some("nobody denies a request of their own");
        }
        let halts = model.duties.iter().any(|duty| duty.kind == Kind::Halt);
        let latched = self.core.state().base.lease.latched;
        if verb == Verb::ErrorRecovered && halts && !latched && matches!(model.main, Main::Zeroizing | Main::ZeroizedUnverified) {
            let recovers = command.by == Principal::device(Role::Core) && model.clone().apply(now, command, None).accepted;
            return recovers.then_some("the end of a soft error drops the halt of a destruction");
        }
        let earlier = |request: &Request| request.since.as_unix() > now.unwrap_or(0).max(model.last_good);
        let named = command.action.request().and_then(|number| self.core.state().request(number));
        if verb == Verb::Cancel && named.is_some_and(|request| request.deadline.is_none() && earlier(request)) {
            let cancels = model.clone().apply(now, command, None).accepted;
            return cancels.then_some("a ticket cannot be cancelled after the clock was set back");
        }
        let late = |request: &Request| request.deadline.is_some_and(|end| end.as_unix() <= now.unwrap_or(0).max(model.last_good));
        if verb == Verb::RejectInternally && named.is_some_and(late) {
            let outcome = model.clone().apply(now, command, None);
            return (outcome.rules == BTreeSet::from([Rule::InTime])).then_some("a rejection depends on the tick");
        }
        let unseen = self.core.state().base.lease.sighting.is_none();
        if verb == Verb::ZeroizedSeen && model.main == Main::ZeroizedUnverified && unseen {
            let board = model.device.deployment == Deployment::Board;
            let sees = command.by == Principal::device(Role::Sensor) && command.second.is_none();
            return (board && sees).then_some("no sighting counts after the clock was set back");
        }
        let closes = matches!(command.action, Action::Register { organisation: Organisation::NONE, .. });
        let unseen = !model.exclusions.is_empty() || model.duties.iter().any(|duty| duty.kind == Kind::NotifyCustomer);
        if closes && unseen {
            let outcome = model.clone().apply(now, command, None);
            let requests_settled = self.core.state().requests.iter().all(Request::is_settled);
            if outcome.rules == BTreeSet::from([Rule::AccountFree]) && !model.bound && requests_settled {
                return Some("an account is closed over an unreviewed exclusion or an unconfirmed notice");
            }
        }
        if !concerned {
            return None;
        }
        let mut tried = self.model.clone();
        tried.challenge = self.core.challenge();
        let outcome = tried.apply(now, command, None);
        let only = |rule| !outcome.accepted && outcome.rules == BTreeSet::from([rule]);
        match model.main {
            Main::Received if only(Rule::SealsWhole) => Some("T02 after a tamper or fault on the way"),
            Main::Failed if only(Rule::TenantBound) => Some("T54 and T59 without a tenant"),
            Main::TamperLatched if tried.main == Main::Zeroizing => Some("a zeroized device stays a member"),
            _ => None,
        }
    }

    /// The command is left out; the core must still do otherwise, or the entry has to go.
    fn still_differs(&self, name: &str, now: Option<u64>, command: &Command) -> Result<Reply, String> {
        assert!(DISAGREEMENTS.iter().any(|known| known.0 == name));
        let mut tried = self.clone();
        let (reply, outcome) = tried.judge(now, command);
        // Whether a reading shows depends on what was read.
        let shows = !matches!(name, "health is read while monitoring is off" | "nobody denies a request of their own");
        let agree = verdict_differs(&reply, &outcome).is_none() && tried.compare().is_ok() && tried.compare_duties().is_ok();
        if shows && agree {
            return Err(format!("\"{name}\" differs no more: take it out of DISAGREEMENTS"));
        }
        Ok(reply)
    }

    /// Lets the model follow where the core is known to differ; see [`DISAGREEMENTS`].
    fn reconcile(&mut self, reply: &Reply) {
        if reply.rule == Rule::T41 {
            self.model.causes.clear();
        }
    }

    /// Turns all overdue deadlines into steps, and compares what is to be done afterwards.
    ///
    /// # Errors
    ///
    /// What they differ in.
    pub fn tick(&mut self, now: u64, met: &mut Coverage) -> Result<(), String> {
        for _ in 0..64 {
            if now < self.core.state().base.clock.last_good.as_unix() || !self.core.is_due(Time::from_unix(now)) {
                break;
            }
            self.step(Some(now), &Command::tick(), met)?;
        }
        self.compare_duties()
    }

    /// Exports and acknowledges both logs; the model has none.
    fn drain_logs(&mut self) {
        let at = Some(self.core.state().base.clock.last_good);
        let organisation = self.core.state().base.account.organisation;
        for (log, role) in [(LogName::Tenant, Role::Auditor), (LogName::Lifecycle, Role::Pool)] {
            if self.core.log().records(log).next().is_none() {
                continue;
            }
            let next = self.core.log().size(log);
            let mut by = person(role, 90);
            if log == LogName::Tenant {
                by.organisation = organisation;
            }
            self.core.apply(at, &Command::new(by, Action::Acknowledge { log, next }));
        }
    }

    /// What both remember, as far as the model goes.
    ///
    /// # Errors
    ///
    /// What they differ in.
    pub fn compare(&self) -> Result<(), String> {
        let state = self.core.state();
        let lease = &state.base.lease;
        let model = &self.model;
        same("main", lease.main, model.main)?;
        same("bound", lease.bound, model.bound)?;
        same("health", lease.health(), model.health())?;
        same("alert", lease.polls.alert, model.polled.alert)?;
        same("silent", lease.polls.silent, model.polled.silent)?;
        same("execution", lease.execution, model.execution)?;
        same("membership", lease.membership, model.membership)?;
        if matches!(model.main, Main::Operational | Main::TamperLatched | Main::Failed) {
            same("latched", lease.latched, model.latched)?;
        }
        let causes: BTreeSet<TamperClass> =
            TamperClass::ALL.iter().copied().filter(|class| lease.causes.contains(*class)).collect();
        same("causes", causes, model.causes.clone())?;
        same("inventory", lease.inventory, model.inventory)?;
        same("policy", state.base.policy, model.policy.digest())?;
        same("account", state.base.account, model.account)?;
        same("last good time", state.base.clock.last_good.as_unix(), model.last_good)?;
        let core: Vec<_> = state.requests.iter().map(seen).collect();
        let modelled: Vec<_> = model
            .requests
            .iter()
            .map(|request| (request.number, request.status, request.deadline, request.requester, request.terms))
            .collect();
        same("requests", core, modelled)?;
        let core: Vec<_> = state
            .exclusions
            .iter()
            .map(|known| (known.number, known.kind, known.subject, known.by, known.due.map(|due| due.as_unix())))
            .collect();
        let modelled: Vec<_> =
            model.exclusions.iter().map(|known| (known.number, known.kind, known.subject, known.by, known.due)).collect();
        same("exclusions", core, modelled)?;
        for engineer in 1..=2 {
            for subject in [Subject::Device, Subject::VmLinux] {
                let id = Id([engineer; 16]);
                let core = state.access(Time::from_unix(self.model.last_good), id, subject).map(|end| end.as_unix());
                same("access", core, model.access(model.last_good, id, subject))?;
            }
        }
        Ok(())
    }

    /// What has to be done, without the numbers.
    ///
    /// # Errors
    ///
    /// What they differ in.
    pub fn compare_duties(&self) -> Result<(), String> {
        let core: BTreeSet<_> = self.core.pending().iter().map(duty).collect();
        let modelled: BTreeSet<_> = self.model.duties.iter().map(|duty| (duty.kind.name(), duty.about, duty.due)).collect();
        same("duties", core, modelled)?;
        same("next deadline", self.core.next_deadline().map(|at| at.as_unix()), self.model.next_deadline())
    }
}

fn duty(entry: &outbox::Entry) -> (&'static str, u32, Option<u64>) {
    let about = if entry.kind.concerns_request() { entry.about } else { 0 };
    (entry.kind.name(), about, entry.due.map(|due| due.as_unix()))
}

type Seen = (RequestNumber, Status, Option<u64>, Option<Id>, Option<AccessTerms>);

fn seen(request: &Request) -> Seen {
    let deadline = request.deadline.map(|deadline| deadline.as_unix());
    (request.number, request.status, deadline, request.requester.map(|requester| requester.id), request.terms)
}

fn same<T: PartialEq + std::fmt::Debug>(what: &str, core: T, model: T) -> Result<(), String> {
    if core == model { Ok(()) } else { Err(format!("{what}: core {core:?}, model {model:?}")) }
}

/// The verdict always; the granting rule exactly; the refusing rule must be one whose condition fails.
fn verdict_differs(reply: &Reply, outcome: &Outcome) -> Option<String> {
    let accepted = reply.verdict == Verdict::Accepted;
    let effect = |rule: &Rule| matches!(rule, Rule::EffectRetried | Rule::EffectAlarmed);
    // Of several effects due at one moment the lower number goes first, and the model has no numbers.
    let either = effect(&reply.rule) && outcome.rules.iter().all(effect);
    let fits = accepted == outcome.accepted && (outcome.rules.contains(&reply.rule) || either);
    (!fits).then(|| "verdict or rule".to_string())
}
