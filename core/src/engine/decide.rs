//! Deciding: the order in which rules are consulted, and what a step will change.

mod account;
mod console;
mod exclusion;
mod lease;
mod lockbox;
mod regions;
mod support;
mod upkeep;

use super::state::Tag;
use super::{Base, Due, Facts};
use crate::audit::Place;
use crate::audit::record::{self, Entry};
use crate::command::{Action, Command, LogName, RequestNumber, Verb};
use crate::device::Main;
use crate::id::{Id, Organisation};
#[cfg(feature = "journal")]
use crate::lease::chart;
use crate::lease::execution::Execution;
use crate::lease::membership::{self, Membership};
use crate::lockbox::request::{Request, Status};
use crate::lockbox::table;
use crate::party::{Party, Principal, Roles};
use crate::rule::{Rule, Trace, check};
use crate::time::Time;

/// What a step changes, besides leaving its record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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
    /// The security officer's wrong log-ins are forgotten.
    LoginsReset,
    /// Vitals and polls, as read or not answered.
    Vitals,
    /// Whether the outputs are open.
    Execution {
        /// From now on.
        to: Execution,
    },
    /// How the device stands to its HA group.
    Membership {
        /// From now on.
        to: Membership,
    },
    /// The data-bearing parts are on record.
    Inventory,
    /// Another device replaces this one.
    Replacement,
    /// The proof of zeroization is void.
    ProofVoid,
    /// The customer is told.
    Told {
        /// What, in bits of [`Notice`](crate::outbox::Notice).
        about: u32,
    },
    /// An excluded access is put on record.
    Exclusion,
    /// An excluded access is reviewed.
    Review,
    /// The review of an excluded access is overdue.
    Overdue {
        /// Its number.
        number: RequestNumber,
    },
    /// Another policy is in force.
    Policy,
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
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Step {
    pub(super) on: Tag,
    pub(super) command: Command,
    pub(super) entry: Entry,
    pub(super) change: Change,
    /// Leaves no record (D-10).
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

    /// Whether its record may take the reserved places (D-17). What can be repeated at will may not, so that it
    /// never uses up those that tampers need; an access outside the lockbox may, because it is never silent.
    pub(super) fn uses_reserve(&self) -> bool {
        let own = matches!(
            self.command.action,
            Action::Deprovision {} | Action::Detached { .. } | Action::RecordExclusion { .. } | Action::ReviewExclusion { .. }
        );
        let repeatable =
            matches!(self.change, Change::Retry { .. } | Change::Confirm | Change::Acknowledge | Change::Told { .. });
        own || self.command.action.is_protective() && !repeatable
    }

    /// Whether it was decided on this very state.
    pub(super) fn is_on(&self, base: &Base) -> bool {
        self.on == base.tag()
    }

    /// Whether committing it leaves everything as it is.
    pub(crate) fn is_idle(&self) -> bool {
        self.quiet && self.change == Change::Nothing
    }

    /// The time that it was decided at, as far as that counted.
    #[cfg(feature = "journal")]
    pub(crate) fn now(&self) -> Option<Time> {
        (self.entry.flags & record::LAST_GOOD_TIME == 0).then_some(self.entry.at)
    }

    /// Where the lease stands after it, given where it stands before.
    #[cfg(feature = "journal")]
    pub(crate) fn leads_to(&self, main: Main) -> Main {
        match self.change {
            Change::Lease { row } => chart::row_at(row).and_then(|row| row.to).unwrap_or(main),
            _ => main,
        }
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
    let on_time = now.filter(|now| *now >= last_good);
    let facts = Facts { at: on_time.unwrap_or(last_good), ..*facts };
    let judged = judge(&facts, now, on_time.is_some(), trace);
    step(facts.base, now, command, judged)
}

/// The step in which `rule` refused `command`.
#[cfg(feature = "journal")]
pub(super) fn refused(base: &Base, now: Option<Time>, command: &Command, rule: Rule) -> Step {
    step(base, now, command, Err(rule))
}

fn step(base: &Base, now: Option<Time>, command: &Command, judged: Result<Accepted, Rule>) -> Step {
    let last_good = base.clock.last_good;
    // Only a clock that is rightly set goes back; a refused attempt does not move it (D-18).
    let at = match (&judged, &command.action) {
        (Ok(_), Action::SetTime {}) => now,
        _ => now.filter(|now| *now >= last_good),
    };
    let mut entry = Entry {
        at: at.unwrap_or(last_good),
        flags: if at.is_some() { 0 } else { record::LAST_GOOD_TIME },
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
    Step { on: base.tag(), command: *command, entry, change, quiet }
}

// Not inlined: `decide` would then hold the parts of every outcome in registers of its own.
#[inline(never)]
fn judge<T: Trace>(facts: &Facts<'_>, now: Option<Time>, on_time: bool, trace: &mut T) -> Result<Accepted, Rule> {
    let command = facts.command;
    let action = &command.action;
    check(trace, Rule::PolicyIsCurrent, facts.base.policy_version == facts.policy.version)?;
    principals(facts, trace)?;
    let sets_known_time = matches!(action, Action::SetTime {}) && now.is_some();
    if !on_time && !sets_known_time && !action.is_protective() {
        check(trace, Rule::TimeKnown, now.is_some())?;
        check(trace, Rule::TimeForward, false)?;
    }
    if facts.base.lease.main == Main::Invalid {
        check(trace, Rule::StateReadable, is_open_when_invalid(facts))?;
    }
    let accepted = match action.verb() {
        Verb::Tick => upkeep::tick(facts, trace)?,
        Verb::Acknowledge => upkeep::acknowledge(facts, trace)?,
        Verb::Confirm => upkeep::confirm(facts, trace)?,
        Verb::SetTime => upkeep::set_time(facts, trace)?,
        Verb::ReadHealth => lease::read_health(facts, trace)?,
        Verb::TamperCauseGone => lease::cause_gone(facts, trace)?,
        Verb::LoginSucceeded => lease::login_succeeded(facts, trace)?,
        Verb::PollUnanswered => regions::poll_unanswered(facts, trace)?,
        Verb::ErrorSoft => regions::error_soft(facts, trace)?,
        Verb::ErrorRecovered => regions::error_recovered(facts, trace)?,
        Verb::SetInventory => regions::set_inventory(facts, trace)?,
        Verb::ReplacementOut => regions::replacement_out(facts, trace)?,
        Verb::PlanSwap => regions::plan_swap(facts, trace)?,
        Verb::RecoverLogin => regions::recover_login(facts, trace)?,
        Verb::RecordExclusion => exclusion::record(facts, trace)?,
        Verb::ReviewExclusion => exclusion::review(facts, trace)?,
        Verb::ConsoleLine => console::line(facts, trace)?,
        Verb::AskSupport => support::ask(facts, trace)?,
        Verb::SetPolicy => upkeep::set_policy(facts, trace)?,
        verb => {
            if let Some(row) = table::find(verb) {
                lockbox::step(facts, row, trace)?
            } else if let Some(row) = membership::find(verb) {
                regions::membership(facts, row, trace)?
            } else if let Some(event) = lease::event_of(facts) {
                lease::step(facts, event, trace)?
            } else {
                account::step(facts, trace)?
            }
        }
    };
    if !(accepted.quiet || action.fits_full_log()) {
        check(trace, Rule::LogHasRoom, log_has_room(facts, &accepted))?;
    }
    Ok(accepted)
}

/// With stored state that cannot be read, what the chart has for every state and the upkeep of log and outbox go
/// on, and `quarantine` (D-28).
fn is_open_when_invalid(facts: &Facts<'_>) -> bool {
    let upkeep = matches!(
        facts.command.action.verb(),
        Verb::Acknowledge | Verb::Confirm | Verb::Tick | Verb::SetTime | Verb::RecoverLogin
    );
    upkeep || lease::event_of(facts).is_some()
}

fn may<T: Trace>(facts: &Facts<'_>, trace: &mut T, roles: Roles) -> Result<(), Rule> {
    check(trace, Rule::RoleMayNot, roles.contains(facts.command.by.role))
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
        Party::Device => principal.organisation == Organisation::NONE && !principal.id.is_somebody(),
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
        meter.room(capacity, Place::Ordinary) > owed(log, meter.unlogged)
    };
    let lifecycle_only = facts.command.action.is_lifecycle_only();
    (lifecycle_only || fits(ordinary)) && (!moves && !lifecycle_only || fits(LogName::Lifecycle))
}
