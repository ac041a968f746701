//! A step out of bytes.

use super::shape;
use super::tables::{Chosen, Tables};
use super::world::PEOPLE;
use crate::bytes::Bytes;
use strongroom_core::{Command, Engine, Time, Verb};

/// Host: a second person acts.
pub(super) const SECOND: u8 = 1;

/// Host: both logs are read before the step.
const DRAINS: u8 = 2;

/// Host: overdue deadlines become steps before it.
pub(super) const TICKS: u8 = 4;

/// Host: what the outbox asks for is done after it.
const CONFIRMS: u8 = 8;

/// Time: not known.
pub(super) const UNKNOWN: u8 = 0;

/// Time: so much later than the last good time, in eight bytes that wrap around.
pub(super) const LATER: u8 = 1;

/// What is asked, and what the host does beside it.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) now: Option<Time>,
    pub(super) command: Command,
    host: u8,
}

impl Asked {
    /// The next step; `None` where its arguments are no values.
    pub(super) fn next(bytes: &mut Bytes<'_>, engine: &Engine) -> Option<Self> {
        let now = time(bytes, engine);
        let host = bytes.byte();
        let by = *bytes.choose(&PEOPLE);
        let second = (host & SECOND != 0).then(|| *bytes.choose(&PEOPLE));
        let verb = *bytes.choose(Verb::ALL);
        let action = shape::action(verb, &mut Chosen { bytes, tables: &Tables::of(engine) })?;
        Some(Self { now, command: Command { by, second, action }, host })
    }

    pub(super) const fn drains(&self) -> bool {
        self.host & DRAINS != 0
    }

    pub(super) const fn ticks(&self) -> bool {
        self.host & TICKS != 0
    }

    pub(super) const fn confirms(&self) -> bool {
        self.host & CONFIRMS != 0
    }
}

/// After the last good time, mostly; on a deadline and to both sides of it; now and then earlier or not known.
fn time(bytes: &mut Bytes<'_>, engine: &Engine) -> Option<Time> {
    const HOUR: u64 = 3600;
    let last = engine.state().base.clock.last_good.as_unix();
    let deadline = engine.next_deadline().map_or(last, Time::as_unix);
    let at = match bytes.byte() {
        UNKNOWN => return None,
        LATER => last.wrapping_add(bytes.number::<8>()),
        2 => last.saturating_sub(1),
        3 => last.saturating_sub(700),
        4 => deadline,
        5 => deadline.saturating_sub(1),
        6 => deadline.saturating_add(1),
        7 => last.saturating_add(96 * HOUR),
        8 => last.saturating_add(10_000 * HOUR),
        9 => u64::MAX,
        hours @ 10..0x40 => last.saturating_add(u64::from(hours - 9) * HOUR),
        seconds => last.saturating_add(u64::from(seconds - 0x40)),
    };
    Some(Time::from_unix(at))
}
