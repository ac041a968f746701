//! Deciding: the order in which rules are consulted, and what a step will change.

use super::Facts;
use crate::audit::record::{self, Entry};
use crate::command::{Action, Command, LogName, RequestNumber, Verb};
use crate::id::{Id, Organisation};
use crate::lease::chart::{self, Effects};
use crate::lease::{self};
use crate::lockbox::jit::{self, Outcome};
use crate::lockbox::request::{Request, Status};
use crate::lockbox::{self, table};
use crate::outbox::Kind;
use crate::party::{Party, Principal, Role, Roles};
use crate::rule::{Rule, Trace, check};
use crate::time::Time;
use serde::{Deserialize, Serialize};

/// A deadline that passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Due {
    /// A request's status ends by itself.
    Request {
        /// Its number.
        number: RequestNumber,
    },
    /// An outbox entry is asked for again.
    Effect {
        /// Its number.
        id: u32,
    },
    /// The claim window is over (D-19).
    Claim,
}

/// What a step changes, besides leaving its record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Change {
    /// Nothing.
    Nothing,
    /// The account, as the action says.
    Account,
    /// The lease, by the chart's row with this number.
    Lease {
        /// The row.
        row: u8,
    },
    /// A cause of tamper is gone.
    CauseGone,
    /// The vitals, as read.
    Vitals,
    /// A request moves; number 0 begins a new one.
    Request {
        /// Its number.
        number: RequestNumber,
        /// Where it moves.
        to: Status,
        /// When that ends by itself.
        deadline: Option<Time>,
    },
    /// Records are acknowledged.
    Acknowledge,
    /// An outbox entry is done.
    Confirm,
    /// An outbox entry is asked for again; `due` is `None` for the alarm.
    Retry {
        /// Its number.
        id: u32,
        /// When again.
        due: Option<Time>,
    },
    /// The clock is set.
    Clock,
}

/// What would come of a command: the verdict, the rule, the record and the change. Made by `decide`,
/// carried out by `commit`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Step {
    pub(super) number: u64,
    pub(super) command: Command,
    pub(super) entry: Entry,
    pub(super) change: Change,
    pub(super) quiet: bool,
}

impl Step {
    /// The rule that decided.
    #[must_use]
    pub const fn rule(&self) -> Rule {
        self.entry.rule
    }

    /// Whether the command is accepted.
    #[must_use]
    pub const fn is_accepted(&self) -> bool {
        self.entry.flags & record::REFUSED == 0
    }

    /// The time that the step runs at.
    #[must_use]
    pub const fn at(&self) -> Time {
        self.entry.at
    }

    /// What it changes.
    #[must_use]
    pub const fn change(&self) -> Change {
        self.change
    }

    /// The command.
    #[must_use]
    pub const fn command(&self) -> &Command {
        &self.command
    }
}

/// What an accepted command comes to.
struct Accepted {
    rule: Rule,
    change: Change,
    from: u8,
    to: u8,
    request: RequestNumber,
    detail: u16,
    quiet: bool,
}

impl Accepted {
    const fn plain(rule: Rule, change: Change) -> Self {
        Self { rule, change, from: 0, to: 0, request: 0, detail: 0, quiet: false }
    }

    const fn request(rule: Rule, request: &Request, to: Status, deadline: Option<Time>) -> Self {
        let change = Change::Request { number: request.number, to, deadline };
        Self { from: request.status as u8, to: to as u8, request: request.number, ..Self::plain(rule, change) }
    }
}

pub(super) fn decide<T: Trace>(facts: &Facts<'_>, now: Option<Time>, trace: &mut T) -> Step {
    let command = facts.command;
    let last_good = facts.base.clock.last_good;
    let on_time = now.filter(|now| *now >= last_good || matches!(command.action, Action::SetTime {}));
    let facts = Facts { at: on_time.unwrap_or(last_good), ..*facts };
    let judged = judge(&facts, now, on_time.is_some(), trace);
    let mut entry = Entry {
        at: facts.at,
        flags: if on_time.is_some() { 0 } else { record::LAST_GOOD_TIME },
        by: command.by,
        second: command.second.map_or(Id::NOBODY, |second| second.id),
        kind: command.action.verb().code(),
        rule: Rule::NotInChart,
        from: 0,
        to: 0,
        request: command.action.request().unwrap_or(0),
        detail: 0,
    };
    let (change, quiet) = match judged {
        Ok(accepted) => {
            entry.rule = accepted.rule;
            entry.from = accepted.from;
            entry.to = accepted.to;
            entry.request = accepted.request;
            entry.detail = accepted.detail;
            (accepted.change, accepted.quiet)
        }
        Err(rule) => {
            entry.rule = rule;
            entry.flags |= record::REFUSED;
            (Change::Nothing, rule == Rule::SomethingDue)
        }
    };
    Step { number: facts.base.steps, command: command.clone(), entry, change, quiet }
}

fn judge<T: Trace>(facts: &Facts<'_>, now: Option<Time>, on_time: bool, trace: &mut T) -> Result<Accepted, Rule> {
    let command = facts.command;
    let action = &command.action;
    check(trace, Rule::PolicyIsCurrent, facts.base.policy_version == facts.policy.version)?;
    principals(facts, trace)?;
    if !on_time && !action.is_protective() {
        check(trace, Rule::TimeKnown, now.is_some())?;
        check(trace, Rule::TimeForward, false)?;
    }
    let accepted = match action.verb() {
        Verb::Tick => tick(facts, trace)?,
        Verb::Acknowledge => acknowledge(facts, trace)?,
        Verb::Confirm => confirm(facts, trace)?,
        Verb::SetTime => set_time(facts, trace)?,
        Verb::ReadHealth => read_health(facts, trace)?,
        Verb::TamperCauseGone => {
            may(trace, command.by.role, Roles::of(&[Role::Sensor]))?;
            guard(facts, trace, Rule::CauseWasPresent)?;
            Accepted::plain(Rule::TamperCauseGone, Change::CauseGone)
        }
        verb => {
            if let Some(row) = table::find(verb) {
                lockbox_step(facts, row, trace)?
            } else if let Some(event) = lease::event_of(facts) {
                lease_step(facts, event, trace)?
            } else {
                account(facts, trace)?
            }
        }
    };
    if !(accepted.quiet || action.is_protective() || matches!(action.verb(), Verb::ReadHealth | Verb::TamperCauseGone)) {
        check(trace, Rule::LogHasRoom, log_has_room(facts, &accepted))?;
    }
    Ok(accepted)
}

fn may<T: Trace>(trace: &mut T, role: Role, roles: Roles) -> Result<(), Rule> {
    check(trace, Rule::RoleMayNot, roles.contains(role))
}

/// A guard of the lease.
fn guard<T: Trace>(facts: &Facts<'_>, trace: &mut T, rule: Rule) -> Result<(), Rule> {
    check(trace, rule, lease::holds(rule, facts))
}

/// Whether the principals are who this engine serves (H-01, D-23).
fn principals<T: Trace>(facts: &Facts<'_>, trace: &mut T) -> Result<(), Rule> {
    let Command { by, second, action } = facts.command;
    check(trace, Rule::PrincipalNamed, is_named(by) && second.as_ref().is_none_or(is_named))?;
    check(
        trace,
        Rule::OrganisationMatches,
        is_served(facts, by) && second.as_ref().is_none_or(|second| is_served(facts, second)),
    )?;
    if let Some(second) = second {
        // The one exception: on a board, the customer and the pool quarantine together (D-28).
        let mixed = matches!(action, Action::Quarantine {});
        let another = second.id != by.id && (mixed || second.organisation == by.organisation);
        check(trace, Rule::SecondIsAnother, another)?;
    }
    Ok(())
}

fn is_named(principal: &Principal) -> bool {
    principal.party() == Party::Device || principal.id.is_somebody() && principal.organisation != Organisation::NONE
}

fn is_served(facts: &Facts<'_>, principal: &Principal) -> bool {
    match principal.party() {
        Party::Customer => principal.organisation == facts.base.account.organisation,
        Party::Provider => principal.organisation == facts.base.device.provider,
        Party::Vendor => principal.organisation == facts.base.device.vendor,
        Party::Device => principal.organisation == Organisation::NONE,
    }
}

/// Whether the step's records, and what is owed to the log before them, find ordinary places.
fn log_has_room(facts: &Facts<'_>, accepted: &Accepted) -> bool {
    let base = facts.base;
    let moves = matches!(accepted.change, Change::Lease { .. }) && accepted.from != accepted.to;
    let ordinary = base.ordinary_log();
    let repeats = |log: LogName| u32::from(log == ordinary && base.repeats > 0);
    let owed = |log: LogName, unlogged: u32| u32::from(unlogged > 0).saturating_add(repeats(log));
    let fits = |log: LogName| {
        let (meter, capacity) = match log {
            LogName::Tenant => (&base.tenant_log, facts.rooms.tenant),
            LogName::Lifecycle => (&base.lifecycle_log, facts.rooms.lifecycle),
        };
        meter.room(capacity, false) > owed(log, meter.unlogged)
    };
    fits(ordinary) && (!moves || fits(LogName::Lifecycle))
}

fn lease_step<T: Trace>(facts: &Facts<'_>, event: chart::Event, trace: &mut T) -> Result<Accepted, Rule> {
    let main = facts.base.lease.main;
    let found = chart::find(main, event);
    check(trace, Rule::NotInChart, found.is_some())?;
    let number = found.ok_or(Rule::NotInChart)?;
    let row = chart::row_at(number).ok_or(Rule::RowExists)?;
    may(trace, facts.command.by.role, row.by)?;
    for rule in row.guards {
        guard(facts, trace, *rule)?;
    }
    let detail = match &facts.command.action {
        Action::Tamper { class } => *class as u16,
        Action::FaultHard { code, .. } => *code,
        _ => row.cause as u16,
    };
    Ok(Accepted {
        from: main as u8,
        to: row.to.unwrap_or(main) as u8,
        detail,
        quiet: row.effects.has(Effects::QUIET),
        ..Accepted::plain(row.rule, Change::Lease { row: number })
    })
}

fn lockbox_step<T: Trace>(facts: &Facts<'_>, row: &table::Row, trace: &mut T) -> Result<Accepted, Rule> {
    let (policy, command) = (&facts.policy.lockbox, facts.command);
    may(trace, command.by.role, row.by)?;
    let request = match command.action.request() {
        Some(number) => {
            let found = facts.request(number);
            check(trace, Rule::RequestKnown, found.is_some())?;
            check(trace, Rule::StatusAllows, found.is_some_and(|request| row.from.contains(request.status)))?;
            found
        }
        None => None,
    };
    for rule in row.guards {
        check(trace, *rule, lockbox::holds(*rule, facts, request))?;
    }
    let deadline = |span| Some(facts.at.after(span));
    let Some(request) = request else {
        return Ok(begin(facts, row));
    };
    Ok(match &command.action {
        Action::Evaluate { .. } => {
            let terms = request.terms.as_ref().ok_or(Rule::RowExists)?;
            let (rule, to) = match jit::evaluate(&facts.policy.jit, terms) {
                Outcome::RejectIdentity => (Rule::JitRejectsIdentity, Status::JitRejected),
                Outcome::RejectScope => (Rule::JitRejectsScope, Status::JitRejected),
                Outcome::RejectPermission => (Rule::JitRejectsLevel, Status::JitRejected),
                Outcome::AskInternal => (Rule::JitAsksInternal, Status::InternalApproval),
                Outcome::Pass => (Rule::JitPasses, Status::JitPassed),
            };
            trace.consulted(rule, true);
            Accepted::request(rule, request, to, jit_deadline(request, to))
        }
        Action::ApproveInternally { .. } => Accepted::request(row.rule, request, row.to, jit_deadline(request, row.to)),
        Action::AskCustomer { .. } => Accepted::request(row.rule, request, row.to, deadline(policy.decide_within)),
        Action::Approve { duration, .. } => approve(facts, request, *duration, trace)?,
        Action::UseAccess { .. } => Accepted::request(row.rule, request, row.to, request.deadline),
        _ => Accepted::request(row.rule, request, row.to, None),
    })
}

/// The provider's own limit goes on until the customer is asked, and ends where the lockbox does.
fn jit_deadline(request: &Request, to: Status) -> Option<Time> {
    match to {
        Status::InternalApproval => request.deadline,
        Status::JitPassed if request.needs_customer_data() => request.deadline,
        _ => None,
    }
}

/// A ticket, or a request on one.
fn begin(facts: &Facts<'_>, row: &table::Row) -> Accepted {
    let waiting = match &facts.command.action {
        Action::RequestAccess { ticket, .. } => {
            facts.requests.iter().find(|request| request.ticket == *ticket && request.status == Status::Triaged)
        }
        _ => None,
    };
    let deadline = (row.to == Status::JitSubmitted).then(|| facts.at.after(facts.policy.lockbox.jit_within));
    if let Some(request) = waiting {
        return Accepted::request(row.rule, request, row.to, deadline);
    }
    let change = Change::Request { number: 0, to: row.to, deadline };
    Accepted { to: row.to as u8, request: facts.base.next_request, ..Accepted::plain(row.rule, change) }
}

fn approve<T: Trace>(
    facts: &Facts<'_>,
    request: &Request,
    shortened: Option<crate::time::Seconds>,
    trace: &mut T,
) -> Result<Accepted, Rule> {
    let terms = request.terms.as_ref().ok_or(Rule::RowExists)?;
    let bit = request.approver_bit(facts.command.by.id).ok_or(Rule::OnFrozenRoster)?;
    let approvals = (request.approvals | bit).count_ones();
    if approvals < u32::from(facts.policy.lockbox.approvals_needed) {
        trace.consulted(Rule::ApprovalCounted, true);
        return Ok(Accepted::request(Rule::ApprovalCounted, request, Status::CustomerNotified, request.deadline));
    }
    let longest = lockbox::longest(facts, terms);
    let granted = shortened.unwrap_or(longest);
    let rule = if granted < longest {
        Rule::ShortenedByApprover
    } else if terms.duration.is_some_and(|asked| asked > longest) {
        Rule::ShortenedByPolicy
    } else {
        Rule::AccessApproved
    };
    trace.consulted(rule, true);
    let until = facts.at.after(granted);
    Ok(Accepted::request(rule, request, Status::Approved, Some(until)))
}

fn account<T: Trace>(facts: &Facts<'_>, trace: &mut T) -> Result<Accepted, Rule> {
    let (account, lease) = (&facts.base.account, &facts.base.lease);
    let by_pool = matches!(facts.command.action.verb(), Verb::Register | Verb::SetPlan);
    may(trace, facts.command.by.role, if by_pool { Roles::of(&[Role::Pool]) } else { Roles::of(&[Role::Admin]) })?;
    match &facts.command.action {
        Action::Register { organisation, .. } => {
            let theirs = *organisation == account.organisation;
            let free = !account.is_open() && !lease.bound && *organisation != Organisation::NONE;
            check(trace, Rule::AccountNotBound, theirs && account.is_open() || free)?;
        }
        Action::SetRoster { approvers } => {
            let once = |id: &Id| id.is_somebody() && approvers.iter().filter(|other| *other == id).count() == 1;
            check(trace, Rule::AccountOpen, account.is_open())?;
            check(trace, Rule::RosterSound, approvers.iter().all(once))?;
        }
        Action::SetPlace { region, network } => {
            check(trace, Rule::AccountOpen, account.is_open())?;
            check(trace, Rule::PlaceNamed, !region.is_empty() && !network.is_empty())?;
        }
        Action::RequestAllocation {} => {
            check(trace, Rule::AccountOpen, account.is_open())?;
            let approved = lease::holds(Rule::RegistrationApproved, facts);
            check(trace, Rule::RegistrationApproved, approved)?;
            check(trace, Rule::PlaceNamed, !account.region.is_empty() && !account.network.is_empty())?;
        }
        _ => check(trace, Rule::AccountOpen, account.is_open())?,
    }
    let rule = match facts.command.action.verb() {
        Verb::SetMonitoring => Rule::MonitoringSwitched,
        _ => Rule::AccountWritten,
    };
    Ok(Accepted::plain(rule, Change::Account))
}

fn read_health<T: Trace>(facts: &Facts<'_>, trace: &mut T) -> Result<Accepted, Rule> {
    let Action::ReadHealth { reading } = &facts.command.action else { return Err(Rule::RowExists) };
    may(trace, facts.command.by.role, Roles::of(&[Role::Monitor, Role::Sensor, Role::Core]))?;
    guard(facts, trace, Rule::MonitoringAllowed)?;
    let vitals = &facts.base.lease.vitals;
    let after = vitals.after(reading);
    let (from, to) = (vitals.health(), after.health());
    let accepted = Accepted::plain(if from == to { Rule::HealthRead } else { Rule::HealthNotice }, Change::Vitals);
    Ok(Accepted { from: from as u8, to: to as u8, quiet: *vitals == after, ..accepted })
}

fn acknowledge<T: Trace>(facts: &Facts<'_>, trace: &mut T) -> Result<Accepted, Rule> {
    let Action::Acknowledge { log, next } = facts.command.action else { return Err(Rule::RowExists) };
    let (reader, meter) = match log {
        LogName::Tenant => (Role::Auditor, &facts.base.tenant_log),
        LogName::Lifecycle => (Role::Pool, &facts.base.lifecycle_log),
    };
    may(trace, facts.command.by.role, Roles::of(&[reader]))?;
    check(trace, Rule::AcknowledgesExisting, next > meter.acknowledged && next <= meter.next)?;
    let detail = u16::try_from(next.saturating_sub(meter.acknowledged)).unwrap_or(u16::MAX);
    Ok(Accepted { from: log as u8, to: log as u8, detail, ..Accepted::plain(Rule::LogAcknowledged, Change::Acknowledge) })
}

fn confirm<T: Trace>(facts: &Facts<'_>, trace: &mut T) -> Result<Accepted, Rule> {
    let Action::Confirm { effect } = facts.command.action else { return Err(Rule::RowExists) };
    may(trace, facts.command.by.role, Roles::of(&[Role::Enforcer, Role::Core]))?;
    let entry = facts.outbox.iter().find(|entry| entry.id == effect);
    check(trace, Rule::EffectPending, entry.is_some())?;
    let entry = entry.ok_or(Rule::EffectPending)?;
    let plain = Accepted { detail: entry.kind as u16, ..Accepted::plain(Rule::EffectConfirmed, Change::Confirm) };
    if entry.kind != Kind::CloseAccess {
        return Ok(plain);
    }
    // Only now is access closed for good (D-04).
    let Some(request) = facts.request(entry.about) else { return Ok(plain) };
    let to = match request.status {
        Status::Ending => Status::Ended,
        Status::Revoking => Status::Revoked,
        other => other,
    };
    Ok(Accepted { rule: Rule::ClosedConfirmed, from: request.status as u8, to: to as u8, request: request.number, ..plain })
}

fn tick<T: Trace>(facts: &Facts<'_>, trace: &mut T) -> Result<Accepted, Rule> {
    may(trace, facts.command.by.role, Roles::of(&[Role::Clock]))?;
    let due = facts.earliest().filter(|(at, _)| *at <= facts.at);
    check(trace, Rule::SomethingDue, due.is_some())?;
    match due.ok_or(Rule::SomethingDue)?.1 {
        Due::Claim => lease_step(facts, chart::Event::ClaimExpired, trace),
        Due::Request { number } => {
            let request = facts.request(number).ok_or(Rule::RowExists)?;
            Ok(match request.status {
                Status::CustomerNotified => Accepted::request(Rule::RequestExpired, request, Status::Expired, None),
                Status::Approved => Accepted::request(Rule::WindowOver, request, Status::Ending, None),
                _ => Accepted::request(Rule::JitTimedOut, request, Status::Expired, None),
            })
        }
        Due::Effect { id } => {
            let entry = facts.outbox.iter().find(|entry| entry.id == id).ok_or(Rule::RowExists)?;
            let policy = &facts.policy.outbox;
            let last = entry.retries >= policy.retries;
            let due = (!last).then(|| facts.at.after(policy.retry_every));
            let rule = if last { Rule::EffectAlarmed } else { Rule::EffectRetried };
            let about = if entry.kind.concerns_request() { entry.about } else { 0 };
            Ok(Accepted { request: about, detail: entry.kind as u16, ..Accepted::plain(rule, Change::Retry { id, due }) })
        }
    }
}

fn set_time<T: Trace>(facts: &Facts<'_>, trace: &mut T) -> Result<Accepted, Rule> {
    if facts.base.account.is_open() {
        may(trace, facts.command.by.role, Roles::of(&[Role::Auditor]))?;
    } else {
        may(trace, facts.command.by.role, Roles::of(&[Role::Pool]))?;
        guard(facts, trace, Rule::TwoPersons)?;
    }
    Ok(Accepted::plain(Rule::TimeSet, Change::Clock))
}
