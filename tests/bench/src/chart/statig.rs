//! statig: a method for each state.

use super::walk::Told;
use super::{Event, Main};
use statig::blocking::{InitializedStateMachine, UninitializedStateMachine};
use statig::prelude::*;

macro_rules! chart {
    ($($state:ident $name:ident { $($event:ident => $to:ident $to_name:ident,)* })*) => {
        #[state_machine(initial = "State::in_transit()", state(derive(Debug, Clone, Copy, PartialEq, Eq)))]
        impl Chart {
            $(
                #[state]
                fn $state(&mut self, event: &Event) -> Outcome<State> {
                    match event {
                        $(Event::$event => Transition(State::$to()),)*
                        _ => {
                            // It has no word for an event that nothing is said of.
                            self.rejected += 1;
                            Handled
                        }
                    }
                }
            )*
        }

        fn state_of(main: Main) -> State {
            match main {
                $(Main::$name => State::$state(),)*
            }
        }

        fn main_of(state: &State) -> Main {
            match state {
                $(State::$name {} => Main::$name,)*
            }
        }
    };
}

#[derive(Debug, Default)]
pub(super) struct Chart {
    rejected: u64,
}

with_chart!(chart);

/// The machine.
pub(super) struct Machine(InitializedStateMachine<Chart>);

impl super::Machine for Machine {
    type Event = Event;
    const NAME: &'static str = "statig 0.4.1";

    fn event(told: Told) -> Event {
        told.event
    }

    fn at(state: Main) -> Self {
        let mut machine: UninitializedStateMachine<Chart> = Chart::default().uninitialized_state_machine();
        *machine.state_mut() = state_of(state);
        Self(machine.init())
    }

    #[inline]
    fn take(&mut self, event: &Event) {
        self.0.handle(event);
    }

    fn ends(&self) -> (Main, u64) {
        (main_of(self.0.state()), self.0.inner().rejected)
    }
}
