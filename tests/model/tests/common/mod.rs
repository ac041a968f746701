//! The core and the model side by side, and short ways to lead both somewhere.
#![allow(dead_code, unreachable_pub, reason = "each test file uses a part of it")]

pub mod menu;
pub mod situations;
pub mod ways;

use std::collections::{BTreeMap, BTreeSet};
use strongroom_core::lease::membership::Membership;
use strongroom_core::lockbox::request::Request;
use strongroom_core::reading::TamperClass;
use strongroom_core::*;
use strongroom_model::{Model, Outcome};

pub const PROVIDER: Organisation = Organisation([0xb0; 16]);
pub const CUSTOMER: Organisation = Organisation([0xc0; 16]);
pub const OTHER_CUSTOMER: Organisation = Organisation([0xc1; 16]);
pub const VENDOR: Organisation = Organisation([0xd0; 16]);

/// Where the core does otherwise than the model, and why. The tests go on as the core does.
///
/// A name, the reason, and which commands it concerns; those are left out.
pub const DISAGREEMENTS: &[(&str, &str, Concerns)] = &[];

/// Whether a disagreement concerns this command, here and now.
pub type Concerns = fn(&Pair, Option<u64>, &Command) -> bool;

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
        let reply = self.last_step(now, command, met)?;
        self.drain_logs();
        Ok(reply)
    }

    /// As `step`, where nothing comes after it: the logs are left as they are.
    ///
    /// # Errors
    ///
    /// What they differ in.
    pub fn last_step(&mut self, now: Option<u64>, command: &Command, met: &mut Coverage) -> Result<Reply, String> {
        let before = self.model.main;
        if let Some((name, ..)) = DISAGREEMENTS.iter().find(|(_, _, concerns)| concerns(self, now, command)) {
            return self.still_differs(name, now, command);
        }
        let (reply, outcome) = self.judge(now, command);
        met.compared += 1;
        *met.rules.entry(reply.rule).or_default() += 1;
        met.mains.insert(reply.main);
        met.statuses.extend(self.core.state().requests.iter().map(|request| request.status.name()));
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
        Ok(reply)
    }

    /// The command is left out; the core must still do otherwise, or the entry has to go.
    fn still_differs(&self, name: &str, now: Option<u64>, command: &Command) -> Result<Reply, String> {
        let mut tried = self.clone();
        let (reply, outcome) = tried.judge(now, command);
        let agree = verdict_differs(&reply, &outcome).is_none() && tried.compare().is_ok() && tried.compare_duties().is_ok();
        if agree {
            return Err(format!("\"{name}\" differs no more: take it out of DISAGREEMENTS"));
        }
        Ok(reply)
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
        // Elsewhere nothing is counted from it.
        if matches!(model.main, Main::PoolConfig | Main::TenantUnclaimed | Main::Failed | Main::Deprovisioning) {
            same("entered", lease.entered.as_unix(), model.entered)?;
        }
        same("claimed", lease.claimed, model.claimed)?;
        same("custody", lease.custody_broken, model.custody_broken)?;
        // After a failure the proof is history only (T48).
        if !matches!(
            model.main,
            Main::Failed | Main::Quarantined | Main::PartsRemoved | Main::PartsDestroyed | Main::ChassisReturned
        ) {
            let proof = lease.evidence.map(|proof| (proof.class, proof.at.as_unix()));
            same("proof", proof, model.proof.map(|proof| (proof.class, proof.at)))?;
        }
        if matches!(model.main, Main::Operational | Main::TamperLatched) {
            same("log-ins", lease.login_failures, model.login_failures)?;
        }
        same("replaced by", lease.replaced_by, model.replaced_by.unwrap_or_default())?;
        same("cloning domain", lease.cloning_domain, model.cloning_domain)?;
        if model.membership == Membership::InSync {
            same("peers", lease.peers, model.peers)?;
        }
        if model.main == Main::ZeroizedUnverified {
            let sighting = lease.sighting.map(|seen| (seen.at.as_unix(), seen.boot));
            same("sighting", sighting, model.sighting)?;
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
            .map(|request| {
                let asked = (request.follows, request.requester, request.terms);
                (request.number, request.ticket, request.status, request.deadline, asked)
            })
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

type Seen = (RequestNumber, Label, Status, Option<u64>, (Option<RequestNumber>, Option<Id>, Option<AccessTerms>));

fn seen(request: &Request) -> Seen {
    let deadline = request.deadline.map(|deadline| deadline.as_unix());
    let asked = (request.follows, request.requester.map(|requester| requester.id), request.terms);
    (request.number, request.ticket, request.status, deadline, asked)
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
