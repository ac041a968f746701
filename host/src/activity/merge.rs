//! The logs of one device as one, in the order of what happened.

use super::Event;
use std::cmp::Ordering;
use std::iter::Peekable;
use strongroom_core::{LogName, Time};

/// Where an event stands among those of the device's other logs: the time epoch counts settings of the clock, so that
/// a clock that was set back does not put what came later first. A step that moves the device leaves a record in each
/// log; the one that names who acted comes first.
fn place(event: &Event) -> (u16, Time, u32, u8) {
    let record = &event.record;
    (record.time_epoch, record.at, record.epoch, record.log as u8)
}

/// Merges the events of `logs`, each of which is in its own order; a log that cannot be read further says so and ends.
pub fn merge<E>(logs: Vec<impl Iterator<Item = Result<Event, E>>>) -> impl Iterator<Item = Result<Event, E>> {
    let mut logs: Vec<Option<Peekable<_>>> = logs.into_iter().map(|log| Some(log.peekable())).collect();
    std::iter::from_fn(move || {
        let mut first: Option<(usize, (u16, Time, u32, u8))> = None;
        for (number, log) in logs.iter_mut().enumerate() {
            let Some(log_left) = log else { continue };
            match log_left.peek() {
                None => *log = None,
                // Told at once, before anything that might come after it.
                Some(Err(_)) => {
                    let error = log_left.next();
                    *log = None;
                    return error;
                }
                Some(Ok(event)) => {
                    let place = place(event);
                    if first.is_none_or(|(_, other)| place.cmp(&other) == Ordering::Less) {
                        first = Some((number, place));
                    }
                }
            }
        }
        logs.get_mut(first?.0)?.as_mut()?.next()
    })
}

const _: () = assert!((LogName::Tenant as u8) < LogName::Lifecycle as u8);
