//! What it takes to put a step on record: the encoding, the leaf and the tree, and a whole step of the engine.

mod codec;
mod step;
mod tree;

use crate::measure::{Contestant, Outcome, Scale};
use std::rc::Rc;
use strongroom_core::Record;
use strongroom_scale::log::record;

/// Records that differ, few enough to stay near the processor: none of this depends on what is in them.
const DISTINCT: u32 = 4096;

/// The contestants, once they agree.
pub(crate) fn contest(scale: Scale) -> Outcome<Vec<Contestant<'static>>> {
    let records: Rc<[Record]> = (0..DISTINCT).map(record).collect();
    let mut contestants = tree::contest(&records, scale)?;
    contestants.extend(step::contest(scale)?);
    contestants.extend(codec::contest(&records, scale)?);
    Ok(contestants)
}
