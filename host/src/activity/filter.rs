//! Which events are told (L-46).

use super::azure::Operation;
use super::event::UNLOGGED_ACTION;
use super::unique::identity;
use super::{Event, Verdict};
use crate::scenario::unknown;
use strongroom_core::{Id, LogName, Party, Role, Time, Verb};

/// Picks events: those that every part agrees to. A part that names several things is content with any of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    actions: Vec<Action>,
    actors: Vec<Actor>,
    /// Only of this request or excluded access.
    pub request: Option<u32>,
    /// Only at this time or later.
    pub since: Option<Time>,
    /// Only before this time.
    pub until: Option<Time>,
    /// Only of this log.
    pub log: Option<LogName>,
    /// Only refusals, and counts of them.
    pub refused: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Action {
    /// By the source's name; refused attempts are not that action.
    Activity(&'static str),
    /// By the verb, accepted or refused.
    Verb(Verb),
    /// By the Azure Activity Log's name, successes and failures.
    Operation(Operation),
    /// Counts of what was not logged.
    Unlogged,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Actor {
    /// A person or an organisation, as the first or the second who acted.
    Somebody(Id),
    Role(Role),
    Party(Party),
}

/// The source's names of the lockbox's actions.
const ACTIVITIES: [&str; 4] =
    [Operation::Create.title(), Operation::Approve.title(), Operation::Deny.title(), Operation::Expire.title()];

impl Filter {
    /// Also tells events of the action with this name: the source's, a verb's, or an operation's of the Azure Activity
    /// Log, in short or in full. Capitals do not matter.
    ///
    /// # Errors
    ///
    /// A text that names the nearest, where nothing has this name.
    pub fn action(&mut self, name: &str) -> Result<(), String> {
        let is = |known: &str| known.eq_ignore_ascii_case(name);
        let activity = || ACTIVITIES.into_iter().find(|known| is(known)).map(Action::Activity);
        let verb = || Verb::ALL.iter().find(|verb| is(verb.name())).map(|verb| Action::Verb(*verb));
        let operation = || {
            let mut all = Operation::ALL.into_iter();
            all.find(|operation| is(operation.name()) || is(operation.path())).map(Action::Operation)
        };
        let unlogged = || is(UNLOGGED_ACTION).then_some(Action::Unlogged);
        let found = activity().or_else(verb).or_else(operation).or_else(unlogged).ok_or_else(|| {
            let verbs = Verb::ALL.iter().map(|verb| verb.name());
            let operations = Operation::ALL.into_iter().map(Operation::name);
            unknown("action", name, ACTIVITIES.into_iter().chain(operations).chain(verbs).chain([UNLOGGED_ACTION]))
        })?;
        self.actions.push(found);
        Ok(())
    }

    /// Also tells events of this actor: a UUID of a person or an organisation, a role, or a party.
    ///
    /// # Errors
    ///
    /// A text that names the nearest, where nobody has this name.
    pub fn actor(&mut self, name: &str) -> Result<(), String> {
        let is = |known: &str| known.eq_ignore_ascii_case(name);
        let role = || Role::ALL.iter().find(|role| is(role.name())).map(|role| Actor::Role(*role));
        let party = || Party::ALL.iter().find(|party| is(party.name())).map(|party| Actor::Party(*party));
        let id = || identity(name).ok().map(Actor::Somebody);
        let found = role().or_else(party).or_else(id).ok_or_else(|| {
            let known = Role::ALL.iter().map(|role| role.name()).chain(Party::ALL.iter().map(|party| party.name()));
            unknown("actor", name, known) + " (people and organisations go by their UUID)"
        })?;
        self.actors.push(found);
        Ok(())
    }

    /// Whether `event` is told.
    #[must_use]
    pub fn picks(&self, event: &Event) -> bool {
        let record = &event.record;
        (self.actions.is_empty() || self.actions.iter().any(|action| action.is(event)))
            && (self.actors.is_empty() || self.actors.iter().any(|actor| actor.acts_in(event)))
            && self.request.is_none_or(|number| record.request == number)
            && self.since.is_none_or(|since| record.at >= since)
            && self.until.is_none_or(|until| record.at < until)
            && self.log.is_none_or(|log| record.log == log)
            && (!self.refused || event.verdict() == Verdict::Refused)
    }
}

impl Action {
    fn is(self, event: &Event) -> bool {
        match self {
            Self::Activity(name) => event.action() == name,
            Self::Verb(verb) => event.verb == Some(verb),
            Self::Operation(operation) => event.operation() == Some(operation),
            Self::Unlogged => event.action() == UNLOGGED_ACTION,
        }
    }
}

impl Actor {
    fn acts_in(self, event: &Event) -> bool {
        let record = &event.record;
        match self {
            Self::Somebody(id) => {
                id.is_somebody() && (record.by.id == id || record.second == id || record.by.organisation.0 == id.0)
            }
            Self::Role(role) => record.by.role == role,
            Self::Party(party) => record.by.party() == party,
        }
    }
}
