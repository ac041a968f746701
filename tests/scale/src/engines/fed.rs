//! Engines that are fed in turns, one command each.

use super::Story;
use crate::log::Error;
use std::num::NonZeroUsize;
use std::thread;
use std::time::{Duration, Instant};
use strongroom_core::{Command, Digest, Engine, Label, LogName, Policy, Verdict};

/// An engine with what is fed to it.
#[derive(Debug)]
struct Fed<'a> {
    engine: Engine,
    story: &'a Story,
    policy: &'static Policy,
    serial: Label,
}

/// How an engine ended: its state, and the roots of both logs.
pub type End = [Digest; 3];

impl<'a> Fed<'a> {
    fn new(number: usize, stories: &'a [Story]) -> Result<Self, Error> {
        let story = stories.get(number % stories.len().max(1)).ok_or("there are no stories")?;
        let policy = Policy::PRESETS.get(number / stories.len() % Policy::PRESETS.len()).ok_or("there are no policies")?;
        let serial = Label::new(&format!("{:08}", 70_000_000 + number)).ok_or("a serial number is too long")?;
        Ok(Self { engine: Engine::new(story.device_of(serial), policy), story, policy, serial })
    }

    fn begin(&mut self) {
        self.engine.begin(self.story.device_of(self.serial), self.policy);
    }

    /// Feeds the command at this place of its story, after the deadlines that are overdue; says how many steps that were.
    fn step(&mut self, place: usize) -> (u64, u64) {
        let Some((at, command)) = self.story.commands.get(place) else { return (0, 0) };
        let (mut steps, mut accepted) = (0, 0);
        while self.story.ticks && at.is_some_and(|now| self.engine.is_due(now)) {
            steps += 1;
            if self.engine.apply(*at, &Command::tick()).verdict != Verdict::Accepted {
                break;
            }
            accepted += 1;
        }
        let reply = self.engine.apply(*at, &self.story.command_for(self.serial, command));
        (steps + 1, accepted + u64::from(reply.verdict == Verdict::Accepted))
    }

    fn end(&self) -> End {
        let root = |log| self.engine.log().root(log);
        [self.engine.digest(), root(LogName::Tenant), root(LogName::Lifecycle)]
    }
}

/// How engine `number` ends where it is fed alone, its whole story at once.
///
/// # Errors
///
/// There is no story.
pub fn alone(number: usize, stories: &[Story]) -> Result<End, Error> {
    let mut fed = Fed::new(number, stories)?;
    for place in 0..fed.story.commands.len() {
        fed.step(place);
    }
    Ok(fed.end())
}

/// What was fed in one round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Round {
    /// Commands, ticks included.
    pub commands: u64,
    /// Of these, those that were accepted.
    pub accepted: u64,
    /// How long it took.
    pub time: Duration,
}

/// Engines in one process.
#[derive(Debug)]
pub struct Fleet<'a>(Vec<Fed<'a>>);

impl<'a> Fleet<'a> {
    /// So many engines, each of a device of its own, with all stories and all policies among them.
    ///
    /// # Errors
    ///
    /// There are no stories.
    pub fn new(count: usize, stories: &'a [Story]) -> Result<Self, Error> {
        (0..count).map(|number| Fed::new(number, stories)).collect::<Result<_, _>>().map(Self)
    }

    /// Bytes that one engine takes here, with its device, its policy and its place in a story.
    #[must_use]
    pub const fn bytes_each() -> usize {
        size_of::<Fed<'_>>()
    }

    /// Feeds every engine its whole story from the beginning: each gets one command in its turn, so that none is in a cache
    /// when its turn comes. The engines are shared out over so many threads.
    pub fn feed(&mut self, threads: NonZeroUsize) -> Round {
        self.0.iter_mut().for_each(Fed::begin);
        let longest = self.0.iter().map(|fed| fed.story.commands.len()).max().unwrap_or(0);
        let share = self.0.len().div_ceil(threads.get()).max(1);
        let start = Instant::now();
        let fed: Vec<(u64, u64)> = thread::scope(|scope| {
            let feeding: Vec<_> = self.0.chunks_mut(share).map(|share| scope.spawn(move || in_turns(share, longest))).collect();
            feeding.into_iter().filter_map(|thread| thread.join().ok()).collect()
        });
        let time = start.elapsed();
        let (commands, accepted) = fed.into_iter().fold((0, 0), |sum, fed| (sum.0 + fed.0, sum.1 + fed.1));
        Round { commands, accepted, time }
    }

    /// The first engine that did not end as it does alone; `None` where all did.
    ///
    /// # Errors
    ///
    /// There are no stories.
    pub fn differing(&self, stories: &[Story]) -> Result<Option<usize>, Error> {
        for (number, fed) in self.0.iter().enumerate() {
            if alone(number, stories)? != fed.end() {
                return Ok(Some(number));
            }
        }
        Ok(None)
    }
}

fn in_turns(share: &mut [Fed<'_>], longest: usize) -> (u64, u64) {
    let (mut commands, mut accepted) = (0, 0);
    for place in 0..longest {
        for fed in &mut *share {
            let (fed, taken) = fed.step(place);
            commands += fed;
            accepted += taken;
        }
    }
    (commands, accepted)
}
