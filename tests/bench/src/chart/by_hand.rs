//! What somebody writes without a library.

use super::walk::Told;
use super::{EVENTS, Event, Main, ours};
use std::sync::LazyLock;

macro_rules! chart {
    ($($state:ident $name:ident { $($event:ident => $to:ident $to_name:ident,)* })*) => {
        #[inline]
        fn next(state: Main, event: Event) -> Option<Main> {
            match (state, event) {
                $($((Main::$name, Event::$event) => Some(Main::$to_name),)*)*
                _ => None,
            }
        }
    };
}

with_chart!(chart);

/// A `match` over state and event.
pub(super) struct Matched {
    state: Main,
    rejected: u64,
}

impl super::Machine for Matched {
    type Event = Event;
    const NAME: &'static str = "match, by hand";

    fn event(told: Told) -> Event {
        told.event
    }

    fn at(state: Main) -> Self {
        Self { state, rejected: 0 }
    }

    #[inline]
    fn take(&mut self, event: &Event) {
        match next(self.state, *event) {
            Some(to) => self.state = to,
            None => self.rejected += 1,
        }
    }

    fn ends(&self) -> (Main, u64) {
        (self.state, self.rejected)
    }
}

/// The same behind a look at who may.
pub(super) struct Guarded {
    state: Main,
    rejected: u64,
    may: [u32; Event::COUNT],
}

impl super::Machine for Guarded {
    type Event = Told;
    const NAME: &'static str = "match by hand, and who acts";

    fn event(told: Told) -> Told {
        told
    }

    fn at(state: Main) -> Self {
        let mut may = [0; Event::COUNT];
        for event in EVENTS {
            may[event as usize] = strongroom_core::lease::chart::CHART
                .iter()
                .filter(|row| row.event == event)
                .flat_map(|row| row.by.iter())
                .fold(0, |may, role| may | 1 << role as u32);
        }
        Self { state, rejected: 0, may }
    }

    #[inline]
    fn take(&mut self, told: &Told) {
        if self.may[told.event as usize] >> told.by as u32 & 1 == 0 {
            self.rejected += 1;
            return;
        }
        match next(self.state, told.event) {
            Some(to) => self.state = to,
            None => self.rejected += 1,
        }
    }

    fn ends(&self) -> (Main, u64) {
        (self.state, self.rejected)
    }
}

/// Where no row leads, itself with this bit.
const REFUSED: u8 = 0x80;

/// A table of a byte for each event and state, and nothing checked: what a processor cannot go under by much.
static BYTES: LazyLock<[[u8; 32]; Event::COUNT]> = LazyLock::new(|| {
    let mut bytes = [[0; 32]; Event::COUNT];
    for (state, event) in Main::ALL.iter().flat_map(|state| EVENTS.map(|event| (*state, event))) {
        let to = ours::row(state, event).map_or(state as u8 | REFUSED, |row| row.to.unwrap_or(state) as u8);
        bytes[event as usize][state as usize] = to;
    }
    bytes
});

/// A machine over that table.
pub(super) struct Table {
    bytes: &'static [[u8; 32]; Event::COUNT],
    state: u8,
    rejected: u64,
}

impl super::Machine for Table {
    type Event = Event;
    const NAME: &'static str = "table of bytes, no check of who acts";

    fn event(told: Told) -> Event {
        told.event
    }

    fn at(state: Main) -> Self {
        Self { bytes: &BYTES, state: state as u8, rejected: 0 }
    }

    #[inline]
    fn take(&mut self, event: &Event) {
        let to = self.bytes[*event as usize][usize::from(self.state & 31)];
        self.rejected += u64::from(to >> 7);
        self.state = to;
    }

    fn ends(&self) -> (Main, u64) {
        (Main::ALL[usize::from(self.state & 31)], self.rejected)
    }
}
