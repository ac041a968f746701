//! rust-fsm: a list of transitions, over the core's own states and events.

use super::walk::Told;
use super::{Event, Main};
use rust_fsm::state_machine;

macro_rules! chart {
    ($($state:ident $name:ident { $($event:ident => $to:ident $to_name:ident,)* })*) => {
        state_machine! {
            #[state_machine(input(strongroom_core::lease::chart::Event), state(strongroom_core::Main))]
            lease(InTransit)

            $($name => { $($event => $to_name,)* },)*
        }
    };
}

with_chart!(chart);

/// The machine.
pub(super) struct Machine {
    machine: lease::StateMachine,
    rejected: u64,
}

impl super::Machine for Machine {
    type Event = Event;
    const NAME: &'static str = "rust-fsm 0.8.0";

    fn event(told: Told) -> Event {
        told.event
    }

    fn at(state: Main) -> Self {
        Self { machine: lease::StateMachine::from_state(state), rejected: 0 }
    }

    #[inline]
    fn take(&mut self, event: &Event) {
        self.rejected += u64::from(self.machine.consume(event).is_err());
    }

    fn ends(&self) -> (Main, u64) {
        (*self.machine.state(), self.rejected)
    }
}
