//! Contestants, and how they are timed.
//!
//! A repetition of each contestant after the other, and again: so what disturbs the machine for a while disturbs all of them.

use rustix::time::{ClockId, clock_gettime};
use serde::Serialize;
use std::error::Error;
use std::hint::black_box;
use std::ops::Range;

/// What every part of this program may end with.
pub(crate) type Outcome<T> = Result<T, Box<dyn Error>>;

/// Whose a contestant is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    /// This project's.
    Ours,
    /// What somebody would take instead.
    Peer,
    /// What it cannot go under, or a part of it alone.
    Floor,
}

/// How much is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scale {
    /// As much as figures need.
    Full,
    /// As little as a count of instructions needs.
    Count,
    /// So little that a test has the time for it; times say nothing.
    Smoke,
}

impl Scale {
    /// Repetitions of each contestant.
    pub(crate) fn repetitions(self) -> usize {
        match self {
            Self::Full => 31,
            Self::Count | Self::Smoke => 1,
        }
    }

    /// How many inputs there are.
    pub(crate) fn inputs(self) -> usize {
        match self {
            Self::Full => 1 << 20,
            Self::Count => 1 << 14,
            Self::Smoke => 1 << 8,
        }
    }
}

/// Does the operations on these inputs, and gives a sum of what came of them.
pub(crate) type Run<'a> = Box<dyn FnMut(Range<usize>) -> u64 + 'a>;

/// One row of the table.
pub(crate) struct Contestant<'a> {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    /// The row of ours that it is compared with, where that is not the group's first.
    pub(crate) beside: Option<&'static str>,
    /// How many inputs there are for it.
    inputs: usize,
    /// How many of them a repetition takes; over all repetitions slow ones see all.
    pub(crate) share: usize,
    pub(crate) note: String,
    pub(crate) run: Run<'a>,
}

impl<'a> Contestant<'a> {
    /// One that takes all inputs in each repetition.
    pub(crate) fn new(name: &'static str, kind: Kind, inputs: usize, run: impl FnMut(Range<usize>) -> u64 + 'a) -> Self {
        let inputs = inputs.max(1);
        Self { name, kind, beside: None, inputs, share: inputs, note: String::new(), run: Box::new(run) }
    }

    /// Takes a part of the inputs in each repetition, all of them over all repetitions.
    pub(crate) fn slow(mut self, scale: Scale) -> Self {
        self.share = match scale {
            Scale::Full => self.share.div_ceil(scale.repetitions()),
            Scale::Count => self.share.min(512),
            Scale::Smoke => self.share.min(64),
        };
        self
    }

    /// Compared with another row of ours.
    pub(crate) fn beside(mut self, row: &'static str) -> Self {
        self.beside = Some(row);
        self
    }

    /// With a remark.
    pub(crate) fn note(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }
}

/// What was measured of a contestant: nanoseconds of processor time of this process for one operation.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Times {
    pub(crate) median: f64,
    pub(crate) min: f64,
    pub(crate) max: f64,
}

/// Times every contestant of a group, `repetitions` times each.
pub(crate) fn time(
    contestants: &mut [Contestant<'_>],
    repetitions: usize,
    progress: &mut dyn FnMut(usize),
) -> Outcome<Vec<Times>> {
    let mut times = vec![Vec::with_capacity(repetitions); contestants.len()];
    for contestant in contestants.iter_mut() {
        let warm = (contestant.share / 8).clamp(1, contestant.share);
        black_box((contestant.run)(0..warm));
    }
    for repetition in 0..repetitions {
        progress(repetition);
        for (contestant, times) in contestants.iter_mut().zip(&mut times) {
            let range = part(repetition, contestant.share, contestant.inputs);
            let operations = range.len();
            let start = nanoseconds();
            black_box((contestant.run)(black_box(range)));
            times.push((nanoseconds() - start) / operations as f64);
        }
    }
    times.iter_mut().map(|times| summary(times)).collect()
}

/// The inputs of a repetition.
fn part(repetition: usize, share: usize, inputs: usize) -> Range<usize> {
    let parts = inputs.div_ceil(share).max(1);
    let start = repetition % parts * share;
    start..(start + share).min(inputs)
}

fn summary(times: &mut [f64]) -> Outcome<Times> {
    times.sort_by(f64::total_cmp);
    let at = |place: usize| times.get(place).copied().ok_or("nothing was measured");
    Ok(Times { median: at(times.len() / 2)?, min: at(0)?, max: at(times.len().saturating_sub(1))? })
}

fn nanoseconds() -> f64 {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    time.tv_sec as f64 * 1e9 + time.tv_nsec as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slow_contestants_see_every_input_once() {
        let mut seen = vec![0; 1000];
        for repetition in 0..31 {
            for input in part(repetition, 1000_usize.div_ceil(31), 1000) {
                seen[input] += 1;
            }
        }
        assert!(seen.iter().all(|times| *times == 1), "{seen:?}");
    }

    #[test]
    fn the_median_stands_between_the_best_and_the_worst() {
        let times = summary(&mut [3.0, 1.0, 2.0]).unwrap();
        assert_eq!((times.min, times.median, times.max), (1.0, 2.0, 3.0));
    }
}
