//! Looking at full bundles before the walk comes to them, on as many threads as are wanted.
//!
//! What is found here is only that a bundle is sound, taken by itself. Of every other the walk reads the files again and says
//! what is wrong, so that the findings and their order do not depend on how many threads there are.

use super::order::Order;
use crate::log::bundle::{self, ENTRY};
use crate::log::disk::Disk;
use crate::log::tile::{Kind, Tile, WIDTH};
use crate::merkle::{self, Hash};
use std::num::NonZeroUsize;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::Scope;
use std::vec;
use strongroom_core::Record;

/// Bundles that a thread takes at once, at most: few enough for breaking off to be felt at once, and enough for handing
/// them over to cost nothing.
const STRIPE: u32 = 16;

/// Stripes that a thread may be ahead of the walk.
const AHEAD: usize = 3;

/// A full bundle in which nothing is wrong, taken by itself: its files are whole, its tile has its leaves, and its records
/// stand in order.
#[derive(Debug)]
pub(super) struct Sound {
    pub(super) root: Hash,
    pub(super) first: Record,
    pub(super) last: Record,
}

/// Looks at one bundle.
fn look(disk: &dyn Disk, index: u32, order: &mut Order) -> Option<Sound> {
    let file = |kind| Tile { kind, index, width: WIDTH }.to_string();
    let entries = disk.read(&file(Kind::Entries)).ok().flatten()?;
    let stored = disk.read(&file(Kind::Hashes(0))).ok().flatten()?;
    if entries.len() != ENTRY * WIDTH as usize {
        return None;
    }
    let leaves = merkle::leaves(bundle::entries(&entries).map(|entry| entry.record));
    if leaves.as_flattened() != stored {
        return None;
    }
    order.forget();
    let mut first = None;
    for (place, entry) in (index * WIDTH..).zip(bundle::entries(&entries)) {
        let record = entry.decode()?;
        order.follow(place, &record).ok()?;
        if first.is_none() {
            first = Some(record);
        }
    }
    Some(Sound { root: merkle::root(&leaves), first: first?, last: order.last()? })
}

/// The bundles that were looked at, one after another.
#[derive(Debug)]
pub(super) enum Ahead<'a> {
    /// By whoever asks, when asked.
    Here { disk: &'a dyn Disk, order: Order },
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
        order: &Order,
    ) -> Self
    where
        'a: 'scope,
    {
        let count = u32::try_from(threads.get()).unwrap_or(u32::MAX).min(bundles);
        if count < 2 {
            return Self::Here { disk, order: order.clone() };
        }
        let length = (bundles / count / 4).clamp(1, STRIPE);
        let stripes = (0..count).map(|number| {
            let (sender, receiver) = sync_channel(AHEAD);
            let (order, step) = (order.clone(), length * count);
            scope.spawn(move || run(disk, order, number * length, step, length, bundles, &sender));
            receiver
        });
        Self::Threads { stripes: stripes.collect(), turn: 0, stripe: Vec::new().into_iter() }
    }

    /// What was found of the next bundle, `index`; asked for each in turn, whether it is needed or not.
    pub(super) fn next(&mut self, index: u32) -> Option<Sound> {
        match self {
            Self::Here { disk, order } => look(*disk, index, order),
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

fn run(
    disk: &dyn Disk,
    mut order: Order,
    first: u32,
    step: u32,
    length: u32,
    bundles: u32,
    sender: &SyncSender<Vec<Option<Sound>>>,
) {
    let mut from = first;
    while from < bundles {
        let to = bundles.min(from + length);
        let found = (from..to).map(|index| look(disk, index, &mut order)).collect();
        // Nobody listens any more where the walk was broken off.
        if sender.send(found).is_err() {
            return;
        }
        from = from.saturating_add(step);
    }
}
