//! The core itself.

use super::walk::Told;
use super::{EVENTS, Event, Main};
use crate::measure::Outcome;
use std::marker::PhantomData;
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

/// A way to ask the core where an event leads.
pub(super) trait Way {
    /// What it is called among the contestants.
    const NAME: &'static str;

    /// Where the event leads from there; `None` where it is rejected.
    fn leads(state: Main, told: &Told) -> Option<Main>;
}

/// The core's own step.
pub(super) struct Next;

impl Way for Next {
    const NAME: &'static str = "strongroom, chart::next";

    #[inline]
    fn leads(state: Main, told: &Told) -> Option<Main> {
        chart::next(state, told.event, told.by)
    }
}

/// As `decide` goes about it.
pub(super) struct Looked;

impl Way for Looked {
    const NAME: &'static str = "strongroom, chart::find and the row";

    #[inline]
    fn leads(state: Main, told: &Told) -> Option<Main> {
        let row = chart::find(state, told.event).and_then(chart::row_at)?;
        row.by.contains(told.by).then_some(row.to.unwrap_or(state))
    }
}

/// A machine that asks the core in one of these ways.
pub(super) struct Core<W> {
    state: Main,
    rejected: u64,
    way: PhantomData<W>,
}

impl<W: Way> super::Machine for Core<W> {
    type Event = Told;
    const NAME: &'static str = W::NAME;

    fn event(told: Told) -> Told {
        told
    }

    fn at(state: Main) -> Self {
        Self { state, rejected: 0, way: PhantomData }
    }

    #[inline]
    fn take(&mut self, told: &Told) {
        match W::leads(self.state, told) {
            Some(to) => self.state = to,
            None => self.rejected += 1,
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
