//! smlang: a list of transitions.

use super::walk::Told;
use super::{Event, Main};
use smlang::statemachine;

macro_rules! chart {
    // The first state of the list is where it begins, and one of its transitions has the star.
    ($first:ident $begin:ident { $on:ident => $into:ident $into_name:ident, $($begin_event:ident => $begin_to:ident $begin_to_name:ident,)* }
     $($state:ident $name:ident { $($event:ident => $to:ident $to_name:ident,)* })*) => {
        statemachine! {
            derive_states: [Debug, Clone, Copy],
            derive_events: [Debug, Clone, Copy],
            transitions: {
                *$begin + $on = $into_name,
                $($begin + $begin_event = $begin_to_name,)*
                $($($name + $event = $to_name,)*)*
            }
        }

        fn state_of(main: Main) -> States {
            match main {
                Main::$begin => States::$begin,
                $(Main::$name => States::$name,)*
            }
        }

        fn main_of(state: States) -> Main {
            match state {
                States::$begin => Main::$begin,
                $(States::$name => Main::$name,)*
            }
        }
    };
}

with_chart!(chart);

macro_rules! events {
    ($($event:ident)*) => {
        fn event_of(event: Event) -> Events {
            match event {
                $(Event::$event => Events::$event,)*
            }
        }
    };
}

with_events!(events);

/// It wants one, though nothing is in it.
struct Context;

impl StateMachineContext for Context {}

/// The machine.
pub(super) struct Machine {
    machine: StateMachine<Context>,
    rejected: u64,
}

impl super::Machine for Machine {
    type Event = Events;
    const NAME: &'static str = "smlang 0.8.0";

    fn event(told: Told) -> Events {
        event_of(told.event)
    }

    fn at(state: Main) -> Self {
        Self { machine: StateMachine::new_with_state(Context, state_of(state)), rejected: 0 }
    }

    #[inline]
    fn take(&mut self, event: &Events) {
        self.rejected += u64::from(self.machine.process_event(*event).is_err());
    }

    fn ends(&self) -> (Main, u64) {
        (main_of(*self.machine.state()), self.rejected)
    }
}
