//! A random walk over the chart, legal and illegal events mixed, that never ends in a state without a way back.

use super::{EVENTS, Event, Main, ours};
use crate::random::Random;
use strongroom_core::Role;

/// An event, and who causes it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Told {
    pub(super) event: Event,
    pub(super) by: Role,
}

/// Events from a state on, and where they lead by the core's rows.
#[derive(Debug)]
pub(super) struct Walk {
    pub(super) start: Main,
    pub(super) told: Vec<Told>,
    /// The state at the end, and how many events no row allowed.
    pub(super) ends: (Main, u64),
}

/// The states that nothing leads out of, back to a lease.
const ENDS: [Main; 4] = [Main::Quarantined, Main::PartsRemoved, Main::PartsDestroyed, Main::ChassisReturned];

impl Walk {
    /// A walk of that many events, one in four of which no row allows.
    pub(super) fn random(length: usize) -> Self {
        let choices = |legal| -> Vec<Vec<Event>> {
            let of = |state: &Main| EVENTS.into_iter().filter(|event| leads(*state, *event) == Some(legal)).collect();
            Main::ALL.iter().map(of).collect()
        };
        let (legal, illegal) = (choices(true), choices(false));
        let start = Main::PoolConfig;
        let mut random = Random(1);
        let (mut state, mut rejected) = (start, 0);
        let told = (0..length).filter_map(|_| {
            let choices = if random.below(100) >= 26 { &legal } else { &illegal };
            let event = random.of(choices.get(state as usize)?)?;
            match ours::row(state, event) {
                Some(row) => state = row.to.unwrap_or(state),
                None => rejected += 1,
            }
            Some(told(event))
        });
        let told: Vec<Told> = told.collect();
        Self { start, told, ends: (state, rejected) }
    }
}

/// Whether a row leads on from there; `None` where it leads to an end.
fn leads(state: Main, event: Event) -> Option<bool> {
    match ours::row(state, event).map(|row| row.to.unwrap_or(state)) {
        Some(to) if ENDS.contains(&to) => None,
        Some(_) => Some(true),
        None => Some(false),
    }
}

/// The event, by somebody who may cause it.
pub(super) fn told(event: Event) -> Told {
    Told { event, by: ours::who(event) }
}
