//! The core itself.

use super::walk::Told;
use super::{EVENTS, Event, Main};
use crate::measure::Outcome;
use strongroom_core::Role;
use strongroom_core::lease::chart::{self, CHART, Row};

/// The row for that event, by search.
pub(super) fn row(state: Main, event: Event) -> Option<&'static Row> {
    CHART.iter().find(|row| row.event == event && row.from.contains(state))
}

/// Somebody who may cause it.
pub(super) fn who(event: Event) -> Role {
    CHART.iter().find(|row| row.event == event).and_then(|row| row.by.iter().next()).unwrap_or(Role::Core)
}

/// The core's own step.
pub(super) struct Next {
    state: Main,
    rejected: u64,
}

impl super::Machine for Next {
    type Event = Told;
    const NAME: &'static str = "strongroom, chart::next";

    fn event(told: Told) -> Told {
        told
    }

    fn at(state: Main) -> Self {
        Self { state, rejected: 0 }
    }

    #[inline]
    fn take(&mut self, told: &Told) {
        match chart::next(self.state, told.event, told.by) {
            Some(to) => self.state = to,
            None => self.rejected += 1,
        }
    }

    fn ends(&self) -> (Main, u64) {
        (self.state, self.rejected)
    }
}

/// As `decide` goes about it.
pub(super) struct Looked {
    state: Main,
    rejected: u64,
}

impl super::Machine for Looked {
    type Event = Told;
    const NAME: &'static str = "strongroom, chart::find and the row";

    fn event(told: Told) -> Told {
        told
    }

    fn at(state: Main) -> Self {
        Self { state, rejected: 0 }
    }

    #[inline]
    fn take(&mut self, told: &Told) {
        match chart::find(self.state, told.event).and_then(chart::row_at) {
            Some(row) if row.by.contains(told.by) => self.state = row.to.unwrap_or(self.state),
            _ => self.rejected += 1,
        }
    }

    fn ends(&self) -> (Main, u64) {
        (self.state, self.rejected)
    }
}

/// That both ways say the same of every state, event and role.
pub(super) fn agree_as_decided() -> Outcome<()> {
    for state in Main::ALL.iter().copied() {
        for event in EVENTS {
            for by in Role::ALL.iter().copied() {
                let expected = row(state, event).filter(|row| row.by.contains(by)).map(|row| row.to.unwrap_or(state));
                let found = chart::next(state, event, by);
                if found != expected {
                    let (state, event, by) = (state.name(), event.name(), by.name());
                    return Err(format!(
                        "chart: chart::next makes {found:?} of {event} by {by} in {state}, the rows {expected:?}"
                    )
                    .into());
                }
            }
        }
    }
    Ok(())
}
