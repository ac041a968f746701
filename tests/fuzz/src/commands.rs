//! Any commands, by anybody, at any times, to an engine that begins somewhere.
//!
//! Input: a byte for where it begins, then steps: when, who, what the host does beside it, a verb, and its arguments,
//! each a byte where a byte is enough.
//!
//! - Every invariant of the property tests holds after every step, the host's own included.
//! - Every command goes through a frame unchanged.
//! - Overdue deadlines come to an end, at any time and long after the last step.

#[path = "../../../core/tests/common/invariants.rs"]
mod invariants;
mod shape;
mod steps;
mod tables;
mod transcribe;
mod world;

use crate::bytes::Bytes;
use crate::{Seeds, scenarios};
use steps::Asked;
use strongroom_core::wire::{self, Message};
use strongroom_core::{Action, Command, Engine, LogName, Principal, Reply, Role, Rule, Seconds, Time};

/// Steps that one input is read for.
const STEPS: usize = 100;

/// Reads `data`.
///
/// # Panics
///
/// Where the property does not hold.
pub fn check(data: &[u8]) {
    let mut bytes = Bytes(data);
    let mut engine = world::engine(bytes.byte());
    for _ in 0..STEPS {
        if bytes.is_empty() {
            break;
        }
        if let Some(asked) = Asked::next(&mut bytes, &engine) {
            step(&mut engine, &asked);
        }
    }
    let late = last_good(&engine).after(Seconds::days(4000));
    invariants::tick(&mut engine, late);
}

fn step(engine: &mut Engine, asked: &Asked) -> Rule {
    let host = asked.now.unwrap_or_else(|| last_good(engine));
    if asked.drains() {
        drain(engine, host);
    }
    if asked.ticks() {
        invariants::tick(engine, host);
    }
    goes_through_a_frame(asked);
    let reply = invariants::step(engine, asked.now, &asked.command);
    tell(asked, &reply);
    if asked.confirms() {
        confirm(engine, host);
    }
    reply.rule
}

fn last_good(engine: &Engine) -> Time {
    engine.state().base.clock.last_good
}

/// As a host that reads both logs.
fn drain(engine: &mut Engine, now: Time) {
    for (log, role) in [(LogName::Tenant, Role::Auditor), (LogName::Lifecycle, Role::Pool)] {
        let Some(by) = world::PEOPLE.iter().copied().find(|person| person.role == role) else { continue };
        let next = engine.log().size(log);
        invariants::step(engine, Some(now), &Command::new(by, Action::Acknowledge { log, next }));
    }
}

/// As a host that does at once what it is asked for.
fn confirm(engine: &mut Engine, now: Time) {
    let effects: Vec<u32> = engine.pending().iter().map(|entry| entry.id).collect();
    for effect in effects {
        let by = Principal::device(Role::Enforcer);
        invariants::step(engine, Some(now), &Command::new(by, Action::Confirm { effect }));
    }
}

fn goes_through_a_frame(asked: &Asked) {
    let message: Message = Message::Command { engine: 0, line: 1, at: asked.now, command: asked.command };
    let mut frame = [0; wire::MAX_FRAME];
    let length = wire::encode(&message, &mut frame).expect("every command fits a frame");
    assert_eq!(wire::decode(&frame[..length]), Ok(message));
}

fn tell(asked: &Asked, reply: &Reply) {
    crate::tell(|| {
        let Command { by, second, action } = asked.command;
        let second = second.map(|second| format!(" with {} {}", second.role.name(), second.id)).unwrap_or_default();
        let (at, verdict, rule, main) = (asked.now.map(Time::as_unix), reply.verdict, reply.rule.name(), reply.main.name());
        format!("{at:?} {} {}{second}: {action:?}\n  {verdict:?} by {rule}, {main}", by.role.name(), by.id)
    });
}

/// The scenarios.
#[must_use]
pub fn seeds() -> Seeds {
    scenarios::wires().iter().flat_map(|wire| transcribe::inputs(wire)).collect()
}
