//! Looking at full bundles before the walk comes to them, on as many threads as are wanted.
//!
//! What is found here is only that a bundle is sound, taken by itself. Of every other the walk reads the files again and says
//! what is wrong, so that the findings and their order do not depend on how many threads there are.

mod look;

pub(super) use look::Sound;

use super::order::Rules;
use crate::log::disk::Disk;
use look::Look;
use std::num::NonZeroUsize;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::Scope;
use std::vec;

/// Bundles that a thread takes at once, at most: few enough for breaking off to be felt at once, and enough for handing
/// them over to cost nothing.
const STRIPE: u32 = 16;

/// Stripes that a thread may be ahead of the walk.
const AHEAD: usize = 3;

/// The bundles that were looked at, one after another.
#[derive(Debug)]
pub(super) enum Ahead<'a> {
    /// By whoever asks, when asked.
    Here(Look<'a>),
    /// By threads, of which each has every so-manieth stripe.
    Threads { stripes: Vec<Receiver<Vec<Option<Sound>>>>, turn: usize, stripe: vec::IntoIter<Option<Sound>> },
}

impl<'a> Ahead<'a> {
    /// Begins with the first of so many bundles. The threads end when this is dropped, or when all is looked at.
    pub(super) fn begin<'scope>(
        scope: &'scope Scope<'scope, '_>,
        threads: NonZeroUsize,
        disk: &'a dyn Disk,
        bundles: u32,
        rules: &'a Rules,
    ) -> Self
    where
        'a: 'scope,
    {
        let count = u32::try_from(threads.get()).unwrap_or(u32::MAX).min(bundles);
        if count < 2 {
            return Self::Here(Look::new(disk, rules));
        }
        let length = (bundles / count / 4).clamp(1, STRIPE);
        let stripes = (0..count).map(|number| {
            let (sender, receiver) = sync_channel(AHEAD);
            let step = length * count;
            scope.spawn(move || run(Look::new(disk, rules), number * length, step, length, bundles, &sender));
            receiver
        });
        Self::Threads { stripes: stripes.collect(), turn: 0, stripe: Vec::new().into_iter() }
    }

    /// What was found of the next bundle, `index`; asked for each in turn, whether it is needed or not.
    pub(super) fn next(&mut self, index: u32) -> Option<Sound> {
        match self {
            Self::Here(look) => look.at(index),
            Self::Threads { stripes, turn, stripe } => {
                if stripe.as_slice().is_empty() {
                    *stripe = stripes.get(*turn)?.recv().ok()?.into_iter();
                    *turn = (*turn + 1) % stripes.len();
                }
                stripe.next().flatten()
            }
        }
    }
}

fn run(mut look: Look<'_>, first: u32, step: u32, length: u32, bundles: u32, sender: &SyncSender<Vec<Option<Sound>>>) {
    let mut from = first;
    while from < bundles {
        let to = bundles.min(from + length);
        let found = (from..to).map(|index| look.at(index)).collect();
        // Nobody listens any more where the walk was broken off.
        if sender.send(found).is_err() {
            return;
        }
        from = from.saturating_add(step);
    }
}
