//! One record, told.

use super::azure::Operation;
use super::meaning::{self, Detail, Meaning, Region, Subject, Word};
use super::unique::identifier;
use crate::replay::rfc3339;
use std::borrow::Cow;
use strongroom_core::audit::record::{LAST_GOOD_TIME, REPEATED, UNLOGGED};
use strongroom_core::{Id, LogName, Organisation, Party, Record, Role, Rule, Verb};

/// What a record stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occurrence {
    /// A step: a command accepted or refused, a deadline that passed.
    Step,
    /// Further refusals like the last one of the same log; `count` says how many (D-10).
    Repeated,
    /// Steps that found no place in the log; `count` says how many (D-17).
    Unlogged,
}

impl Occurrence {
    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Step => "step",
            Self::Repeated => "repeated",
            Self::Unlogged => "unlogged",
        }
    }
}

/// How a step came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It was carried out.
    Accepted,
    /// It was refused, and changed nothing.
    Refused,
}

impl Verdict {
    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Refused => "refused",
        }
    }
}

/// The name of the action of records that count what found no place in the log.
pub(super) const UNLOGGED_ACTION: &str = "unlogged";

/// One record, told: what happened, who did it, how it came out and by which rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The record.
    pub record: Record,
    /// A step, or a count.
    pub occurrence: Occurrence,
    /// The verb; of repeated refusals the one refused; none of what was not logged, or where the number is no verb's.
    pub verb: Option<Verb>,
    /// A UUID that is the same whenever this record is told.
    pub id: Id,
    /// A UUID that all events of one request share; none where no request or excluded access is named.
    pub correlation: Option<Id>,
    /// The customer, as far as the records up to here name them; none in the lifecycle log.
    pub customer: Organisation,
    meaning: Meaning,
}

/// Tells the records of one log, oldest first.
#[derive(Debug, Clone)]
pub struct Teller {
    origin: String,
    customer: Organisation,
}

impl Teller {
    /// For the log with this origin, as its checkpoints name it; it goes into the identifiers.
    #[must_use]
    pub fn new(origin: impl Into<String>) -> Self {
        Self { origin: origin.into(), customer: Organisation::NONE }
    }

    /// Tells the next record.
    pub fn tell(&mut self, record: &Record) -> Event {
        // An accepted step of a customer is one of the customer whom the engine serves; a refused one may be anybody's.
        if !record.is_refused() && record.by.party() == Party::Customer && record.by.organisation != Organisation::NONE {
            self.customer = record.by.organisation;
        }
        let (occurrence, code) = match record.kind {
            REPEATED => (Occurrence::Repeated, Some(record.from)),
            UNLOGGED => (Occurrence::Unlogged, None),
            kind => (Occurrence::Step, Some(kind)),
        };
        let verb = code.and_then(Verb::from_code);
        let accepted = occurrence == Occurrence::Step && !record.is_refused();
        let meaning = match verb {
            Some(verb) if accepted => meaning::meaning(verb, record.rule),
            Some(verb) => Meaning { subject: meaning::refused_subject(verb), ..meaning::NOTHING },
            None => meaning::NOTHING,
        };
        let number = record.request.to_be_bytes();
        Event {
            record: *record,
            occurrence,
            verb,
            id: identifier(&[b"event", self.origin.as_bytes(), &record.leaf().0]),
            correlation: (record.request > 0).then(|| identifier(&[b"request", self.origin.as_bytes(), &number])),
            customer: self.customer,
            meaning,
        }
    }

    /// Tells all of `records`.
    pub fn events<E>(mut self, records: impl Iterator<Item = Result<Record, E>>) -> impl Iterator<Item = Result<Event, E>> {
        records.map(move |record| record.map(|record| self.tell(&record)))
    }
}

/// A value of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Field<'a> {
    /// There is none.
    Nothing,
    /// A text; every one is a name of the core's or printable ASCII.
    Text(Cow<'a, str>),
    /// A number.
    Number(u64),
    /// Yes or no.
    Flag(bool),
}

/// The names of an event's values, in the order of [`Event::fields`].
pub const COLUMNS: [&str; 30] = [
    "time",
    "log",
    "sequence",
    "action",
    "operation",
    "verb",
    "occurrence",
    "verdict",
    "party",
    "role",
    "organisation",
    "person",
    "second",
    "request",
    "exclusion",
    "region",
    "from",
    "to",
    "detail_of",
    "detail",
    "count",
    "rule",
    "rule_number",
    "rule_text",
    "at_last_good_time",
    "epoch",
    "boot",
    "time_epoch",
    "command",
    "event_id",
];

fn text<'a>(text: impl Into<Cow<'a, str>>) -> Field<'a> {
    Field::Text(text.into())
}

fn maybe<'a>(value: Option<impl Into<Cow<'a, str>>>) -> Field<'a> {
    value.map_or(Field::Nothing, text)
}

fn number(value: impl Into<u64>) -> Field<'static> {
    Field::Number(value.into())
}

impl Event {
    /// What the event is called: by the source's name where it names the action (D-10), else by the verb's.
    #[must_use]
    pub fn action(&self) -> Word {
        let of_source = if self.occurrence == Occurrence::Step { self.record.activity() } else { None };
        let of_verb = || match self.verb {
            Some(verb) => Cow::from(verb.name()),
            None if self.occurrence == Occurrence::Unlogged => Cow::from(UNLOGGED_ACTION),
            None => Cow::from(self.record.kind.to_string()),
        };
        of_source.map_or_else(of_verb, Cow::from)
    }

    /// The Azure Activity Log's operation, where it has one for this.
    #[must_use]
    pub fn operation(&self) -> Option<Operation> {
        Operation::of(self)
    }

    /// How it came out.
    #[must_use]
    pub const fn verdict(&self) -> Verdict {
        if self.record.is_refused() { Verdict::Refused } else { Verdict::Accepted }
    }

    /// When, in RFC 3339.
    #[must_use]
    pub fn time(&self) -> String {
        rfc3339(self.record.at)
    }

    /// The request that it is about.
    #[must_use]
    pub fn request(&self) -> Option<u32> {
        self.number_of(Subject::Request)
    }

    /// The excluded access that it is about.
    #[must_use]
    pub fn exclusion(&self) -> Option<u32> {
        self.number_of(Subject::Exclusion)
    }

    fn number_of(&self, subject: Subject) -> Option<u32> {
        (self.meaning.subject == subject && self.record.request > 0).then_some(self.record.request)
    }

    /// What `from` and `to` are about.
    #[must_use]
    pub const fn region(&self) -> Region {
        self.meaning.region
    }

    /// Where that was before.
    #[must_use]
    pub fn from(&self) -> Option<Word> {
        self.meaning.region.before(self.record.from)
    }

    /// Where it is now.
    #[must_use]
    pub fn to(&self) -> Option<Word> {
        self.meaning.region.after(self.record.to)
    }

    /// What the detail is, and what it says.
    #[must_use]
    pub fn detail(&self) -> Option<(&'static str, Word)> {
        let Meaning { detail, .. } = self.meaning;
        Some((Detail::name(detail)?, detail.text(self.record.detail)?))
    }

    /// How many, where the event is a count; 65 535 stands for that many or more.
    #[must_use]
    pub const fn count(&self) -> Option<u16> {
        match self.occurrence {
            Occurrence::Step => None,
            Occurrence::Repeated | Occurrence::Unlogged => Some(self.record.detail),
        }
    }

    /// Whether the time was not known or earlier, so that the step ran at the last good one (D-18).
    #[must_use]
    pub const fn is_at_last_good_time(&self) -> bool {
        self.record.flags & LAST_GOOD_TIME != 0
    }

    /// The event's values, in the order of [`COLUMNS`].
    #[must_use]
    pub fn fields(&self) -> [Field<'_>; COLUMNS.len()] {
        let Record { log, by, second, rule, command, .. } = self.record;
        let (log, role, rule): (LogName, Role, Rule) = (log, by.role, rule);
        let somebody = |id: Id| id.is_somebody().then(|| id.to_string());
        let organisation = (by.organisation != Organisation::NONE).then(|| by.organisation.to_string());
        let (detail_of, detail) = self.detail().map_or((None, None), |(name, says)| (Some(name), Some(says)));
        [
            text(self.time()),
            text(log.name()),
            number(self.record.sequence),
            text(self.action()),
            maybe(self.operation().map(Operation::path)),
            maybe(self.verb.map(Verb::name)),
            text(self.occurrence.name()),
            text(self.verdict().name()),
            text(role.party().name()),
            text(role.name()),
            maybe(organisation),
            maybe(somebody(by.id)),
            maybe(somebody(second)),
            self.request().map_or(Field::Nothing, number),
            self.exclusion().map_or(Field::Nothing, number),
            maybe(self.region().name()),
            maybe(self.from()),
            maybe(self.to()),
            maybe(detail_of),
            maybe(detail),
            self.count().map_or(Field::Nothing, number),
            text(rule.name()),
            number(rule.code()),
            text(rule.text()),
            Field::Flag(self.is_at_last_good_time()),
            number(self.record.epoch),
            number(self.record.boot),
            number(self.record.time_epoch),
            maybe(command.is_given().then(|| command.to_string())),
            text(self.id.to_string()),
        ]
    }
}
