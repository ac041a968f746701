//! A step, told for people.

use super::rfc3339;
use crate::scenario::{Line, Scenario, Work};
use serde::Serialize;
use serde_json::Value;
use strongroom_core::outbox::{Entry, Kind, Notice};
use strongroom_core::{Command, Engine, Main, Party, Reply, Rule, Trace, Verdict};

/// Where a step came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// A line of the scenario.
    Line,
    /// A deadline that was due.
    Tick,
    /// The host drained a log.
    Drain,
    /// The host confirmed an effect.
    Confirm,
    /// A reading meant it.
    Reading,
}

/// One step.
#[derive(Debug, Clone, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Told {
    pub line: usize,
    pub at: Option<String>,
    pub engine: String,
    pub origin: Origin,
    pub by: String,
    pub role: &'static str,
    pub party: Party,
    pub second: Option<String>,
    pub verb: &'static str,
    pub arguments: Value,
    pub note: Option<String>,
    pub ok: bool,
    pub rule: &'static str,
    pub rule_text: &'static str,
    pub rows: &'static [&'static str],
    pub previous_state: &'static str,
    pub state: &'static str,
    pub health: &'static str,
    pub request: Option<u32>,
    pub status: Option<&'static str>,
    pub effects: Vec<&'static str>,
    pub effect_details: Vec<String>,
    /// Until when that request stands as it does, in RFC 3339.
    pub until: Option<String>,
    /// The rules that were consulted, in order.
    pub consulted: Vec<Consulted>,
}

/// A rule that was consulted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Consulted {
    /// Which.
    pub rule: &'static str,
    /// Whether what it says held.
    pub held: bool,
}

/// What a decision consulted, in order.
#[derive(Debug, Default)]
pub(super) struct Explained(Vec<Consulted>);

impl Trace for Explained {
    fn consulted(&mut self, rule: Rule, held: bool) {
        self.0.push(Consulted { rule: rule.name(), held });
    }
}

impl Told {
    pub(super) fn new(
        scenario: &Scenario,
        line: &Line,
        origin: Origin,
        command: &Command,
        reply: &Reply,
        (before, explained): (Main, Explained),
        after: &Engine,
    ) -> Self {
        let header = &scenario.header;
        let made: Vec<&Entry> = after.pending().iter().filter(|entry| entry.id >= reply.first_effect).collect();
        // As the scenario has it where it does, so that a reason is read as a text and not as its digest.
        let verb = command.action.verb();
        let arguments = match &line.work {
            Work::Act { written, .. } if origin == Origin::Line => written.clone(),
            _ => serde_json::to_value(command.action).expect("actions become JSON")[verb.name()].take(),
        };
        Self {
            line: line.number,
            at: line.at.map(rfc3339),
            engine: header.engines[usize::from(line.engine)].name.as_str().to_owned(),
            origin,
            by: header.names.name_of(&command.by),
            role: command.by.role.name(),
            party: command.by.party(),
            second: command.second.map(|second| header.names.name_of(&second)),
            verb: verb.name(),
            arguments,
            note: line.note.clone().filter(|_| origin == Origin::Line),
            ok: reply.verdict == Verdict::Accepted,
            rule: reply.rule.name(),
            rule_text: reply.rule.text(),
            rows: reply.rule.rows(),
            previous_state: before.name(),
            state: reply.main.name(),
            health: reply.health.name(),
            request: reply.request,
            status: reply.status.map(|status| status.name()),
            effects: made.iter().map(|entry| entry.kind.name()).collect(),
            effect_details: made.into_iter().map(effect_detail).collect(),
            until: reply.request.and_then(|number| after.state().request(number)?.deadline).map(rfc3339),
            consulted: explained.0,
        }
    }
}

/// An effect with what it is about, such as `notify_customer (tamper)`.
#[must_use]
pub fn effect_detail(entry: &Entry) -> String {
    const NOTICES: [(u32, &str); 7] = [
        (Notice::TAMPER, "tamper"),
        (Notice::HEALTH, "health"),
        (Notice::LEASE, "lease"),
        (Notice::ZEROIZATION, "zeroization"),
        (Notice::FAILURE, "failure"),
        (Notice::EXCLUSION, "access outside the lockbox"),
        (Notice::SILENCE, "silence"),
    ];
    let name = entry.kind.name();
    if entry.kind.concerns_request() {
        format!("{name} (request {})", entry.about)
    } else if entry.kind == Kind::NotifyCustomer {
        let about: Vec<&str> = NOTICES.iter().filter(|(bit, _)| entry.about & bit != 0).map(|(_, word)| *word).collect();
        format!("{name} ({})", about.join(", "))
    } else {
        name.to_owned()
    }
}
