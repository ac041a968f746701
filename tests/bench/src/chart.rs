//! The lease's chart as a pure map of state and event, in this core and in what others would write it with.

use crate::measure::{Contestant, Kind, Outcome, Scale};
use std::ops::Range;
use std::rc::Rc;
use strongroom_core::Main;
use strongroom_core::lease::chart::Event;
use walk::{Told, Walk};

include!(concat!(env!("OUT_DIR"), "/chart.rs"));

mod by_hand;
mod ours;
mod rust_fsm;
mod smlang;
mod statig;
mod walk;

/// A machine that takes one event after the other.
trait Machine {
    /// What it takes.
    type Event;

    /// What a contestant is called where it differs.
    const NAME: &'static str;

    /// The event as the machine takes it.
    fn event(told: Told) -> Self::Event;

    /// The machine in that state.
    fn at(state: Main) -> Self;

    /// Takes an event: moves, or counts it as rejected and stays.
    fn take(&mut self, event: &Self::Event);

    /// Where it is, and how many events it rejected.
    fn ends(&self) -> (Main, u64);
}

/// The contestants, once all of them agree.
pub(crate) fn contest(scale: Scale) -> Outcome<Vec<Contestant<'static>>> {
    let walk = Rc::new(Walk::random(scale.inputs()));
    agree::<ours::Core<ours::Looked>>(&walk)?;
    agree::<by_hand::Matched>(&walk)?;
    agree::<by_hand::Guarded>(&walk)?;
    agree::<statig::Machine>(&walk)?;
    agree::<smlang::Machine>(&walk)?;
    agree::<rust_fsm::Machine>(&walk)?;
    ours::agree_as_decided()?;
    Ok(vec![
        row::<ours::Core<ours::Next>>(&walk, Kind::Ours).note("with the check of who acts"),
        row::<ours::Core<ours::Looked>>(&walk, Kind::Ours)
            .note("what decide() does: the row's number, then the row, with who may"),
        row::<statig::Machine>(&walk, Kind::Peer),
        row::<smlang::Machine>(&walk, Kind::Peer),
        row::<rust_fsm::Machine>(&walk, Kind::Peer),
        row::<by_hand::Matched>(&walk, Kind::Peer),
        row::<by_hand::Guarded>(&walk, Kind::Peer).note("with the check of who acts"),
        row::<by_hand::Table>(&walk, Kind::Floor),
    ])
}

fn row<M: Machine + 'static>(walk: &Rc<Walk>, kind: Kind) -> Contestant<'static> {
    let events: Vec<M::Event> = walk.told.iter().copied().map(M::event).collect();
    let start = walk.start;
    let inputs = events.len();
    Contestant::new(M::NAME, kind, inputs, move |range: Range<usize>| {
        let mut machine = M::at(start);
        for event in events.get(range).unwrap_or_default() {
            machine.take(event);
        }
        let (state, rejected) = machine.ends();
        rejected << 8 | state as u64
    })
}

/// Compares a machine with the core's rows on every state with every event, and at the end of the walk.
fn agree<M: Machine>(walk: &Walk) -> Outcome<()> {
    for state in Main::ALL.iter().copied() {
        for event in EVENTS {
            let mut machine = M::at(state);
            machine.take(&M::event(walk::told(event)));
            let expected = match ours::row(state, event) {
                Some(row) => (row.to.unwrap_or(state), 0),
                None => (state, 1),
            };
            if machine.ends() != expected {
                let (name, event) = (M::NAME, event.name());
                return Err(format!(
                    "chart: {name} makes {:?} of {event} in {}, the core's rows {expected:?}",
                    machine.ends(),
                    state.name()
                )
                .into());
            }
        }
    }
    let mut machine = M::at(walk.start);
    walk.told.iter().for_each(|told| machine.take(&M::event(*told)));
    if machine.ends() != walk.ends {
        return Err(format!(
            "chart: {} ends the walk of {} events with {:?}, the core's rows with {:?}",
            M::NAME,
            walk.told.len(),
            machine.ends(),
            walk.ends
        )
        .into());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use strongroom_core::lease::chart;

    /// Goes by the rows, except in one state on one event.
    struct Wrong(Main, u64);

    impl Machine for Wrong {
        type Event = Event;
        const NAME: &'static str = "somebody";

        fn event(told: Told) -> Event {
            told.event
        }

        fn at(state: Main) -> Self {
            Self(state, 0)
        }

        fn take(&mut self, event: &Event) {
            match ours::row(self.0, *event) {
                Some(_) if (self.0, *event) == (Main::PoolFree, Event::Recheck) => self.0 = Main::Operational,
                Some(row) => self.0 = row.to.unwrap_or(self.0),
                None => self.1 += 1,
            }
        }

        fn ends(&self) -> (Main, u64) {
            (self.0, self.1)
        }
    }

    #[test]
    fn a_machine_that_goes_another_way_once_is_named_with_state_and_event() {
        let told = agree::<Wrong>(&Walk::random(10)).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(told.contains("somebody") && told.contains("recheck") && told.contains("POOL_FREE"), "{told:?}");
    }

    #[test]
    fn a_walk_meets_every_state_with_a_way_back_and_a_quarter_is_rejected() {
        let walk = Walk::random(100_000);
        let mut state = walk.start;
        let mut met = std::collections::BTreeSet::from([state]);
        for told in &walk.told {
            state = chart::next(state, told.event, told.by).unwrap_or(state);
            met.insert(state);
        }
        assert_eq!((walk.told.len(), met.len()), (100_000, 13), "{met:?}");
        assert!((25_000..27_000).contains(&walk.ends.1), "{}", walk.ends.1);
    }
}
