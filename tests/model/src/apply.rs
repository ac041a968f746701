//! In which order a command is judged: who, when, whether the state can be read, what.

use crate::outcome::{Judged, Outcome, demand, refused};
use crate::state::Model;
use std::collections::BTreeSet;
use strongroom_core::outbox::Kind;
use strongroom_core::{Action, Command, Main, Organisation, Party, Principal, Role, Rule, Verb};

/// A moment at which a command is judged.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moment {
    /// The time, or the last good one.
    pub(crate) now: u64,
    /// Whether the time given was known and not earlier than the last good one.
    pub(crate) trusted: bool,
}

impl Model {
    /// What comes of `command` at `now`, which is `None` where the time is not known.
    ///
    /// `confirms` says what the outbox entry is that a `confirm` names, since the model has no numbers.
    pub fn apply(&mut self, now: Option<u64>, command: &Command, confirms: Option<(Kind, u32)>) -> Outcome {
        let before = self.clone();
        let mut tried = self.clone();
        let judged = tried.judge(now, command, confirms);
        if judged.is_ok() {
            *self = tried;
        }
        // builders: time goes on with a refusal too; it is the host's word, not the principal's.
        let set = command.action.verb() == Verb::SetTime && judged.is_ok();
        // D-10: what changes nothing leaves no record, and so no time.
        let quiet = matches!(judged, Ok(Rule::SightingNoted | Rule::BootRecorded)) && *self == before;
        let nothing_due = judged == refused(Rule::SomethingDue);
        if !quiet && !set && !nothing_due {
            self.last_good = self.last_good.max(now.unwrap_or(0));
        }
        judged.into()
    }

    fn judge(&mut self, now: Option<u64>, command: &Command, confirms: Option<(Kind, u32)>) -> Judged {
        self.check_principals(command)?;
        let moment = self.check_time(now, command)?;
        self.check_readable(command)?;
        self.check_action(moment, command, confirms)
    }

    /// D-23, D-27: people are named and of the organisation that is served; the second is another of the same.
    fn check_principals(&self, command: &Command) -> Result<(), BTreeSet<Rule>> {
        let by = command.by;
        let mut conditions = vec![(Rule::PrincipalNamed, is_named(by)), (Rule::OrganisationMatches, self.is_served(by))];
        if let Some(second) = command.second {
            conditions.push((Rule::PrincipalNamed, is_named(second)));
            conditions.push((Rule::SecondIsAnother, second.id != by.id));
            // D-28: on a board, quarantine takes the customer and the pool.
            conditions.push((Rule::OrganisationMatches, self.is_served(second)));
            if command.action.verb() != Verb::Quarantine {
                conditions.push((Rule::SecondIsAnother, second.organisation == by.organisation));
            }
        }
        demand(&conditions)
    }

    /// The device's own parts are nobody's.
    fn is_served(&self, principal: Principal) -> bool {
        let nameless = principal.party() != Party::Device || !principal.id.is_somebody();
        nameless && principal.organisation == self.served(principal.party())
    }

    fn served(&self, party: Party) -> Organisation {
        match party {
            Party::Customer => self.account.organisation,
            Party::Provider => self.device.provider,
            Party::Vendor => self.device.vendor,
            Party::Device => Organisation::NONE,
        }
    }

    /// D-18: an unknown or earlier time refuses what is not protective; the rest runs at the last good time.
    fn check_time(&self, now: Option<u64>, command: &Command) -> Result<Moment, BTreeSet<Rule>> {
        let sets_time = command.action.verb() == Verb::SetTime;
        match now {
            Some(now) if now >= self.last_good || sets_time => Ok(Moment { now, trusted: true }),
            _ if command.action.is_protective() => Ok(Moment { now: self.last_good, trusted: false }),
            Some(_) => Err(BTreeSet::from([Rule::TimeForward])),
            None => Err(BTreeSet::from([Rule::TimeKnown])),
        }
    }

    /// D-28: where the stored state cannot be read, only the chart, upkeep and `quarantine` go on.
    fn check_readable(&self, command: &Command) -> Result<(), BTreeSet<Rule>> {
        let verb = command.action.verb();
        let goes_on = is_chart_event(verb)
            || matches!(
                verb,
                Verb::Acknowledge | Verb::Confirm | Verb::Tick | Verb::SetTime | Verb::Quarantine | Verb::RecoverLogin
            );
        demand(&[(Rule::StateReadable, self.main != Main::Invalid || goes_on)])
    }

    fn check_action(&mut self, moment: Moment, command: &Command, confirms: Option<(Kind, u32)>) -> Judged {
        let verb = command.action.verb();
        if is_chart_event(verb) {
            return self.chart(moment, command);
        }
        match verb.code() {
            1..=11 => self.account_action(moment, command),
            57..=73 => self.region_action(moment, command),
            80..=92 => self.lockbox_action(moment, command),
            93..=94 => self.exclusion_action(moment, command),
            100 => self.support_action(command),
            120 => self.console_line(moment, command),
            _ => self.upkeep_action(moment, command, confirms),
        }
    }

    pub(crate) fn role(&self, command: &Command, roles: &[Role]) -> Result<(), BTreeSet<Rule>> {
        demand(&[(Rule::RoleMayNot, roles.contains(&command.by.role))])
    }

    pub(crate) fn not_in_chart(&self) -> Judged {
        refused(Rule::NotInChart)
    }
}

/// People have an organisation and an id; the device's parts have neither.
fn is_named(principal: Principal) -> bool {
    principal.party() == Party::Device || (principal.organisation != Organisation::NONE && principal.id.is_somebody())
}

/// Actions 20 to 56 are the events of the chart (a.2).
pub(crate) fn is_chart_event(verb: Verb) -> bool {
    (20..=56).contains(&verb.code())
}

/// Whether two persons act (D-23).
pub(crate) fn two(command: &Command) -> (Rule, bool) {
    (Rule::TwoPersons, command.second.is_some())
}

impl Model {
    /// The action that most of the model's functions match on, so that they read alike.
    pub(crate) fn action(command: &Command) -> Action {
        command.action
    }
}
