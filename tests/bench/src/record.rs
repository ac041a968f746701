//! What it takes to put a step on record: the encoding, the leaf and the tree, and a whole step of the engine.

mod codec;
mod step;
mod tree;

use crate::measure::{Contestant, Outcome, Scale};
use sha2::{Digest as _, Sha256};
use std::rc::Rc;
use strongroom_core::{Digest, Id, LogName, Organisation, Principal, Record, Role, Rule, Time};

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

/// A record as one of a long log.
pub(crate) fn record(sequence: u32) -> Record {
    Record {
        log: LogName::Lifecycle,
        sequence,
        epoch: 1,
        boot: 1,
        at: Time::from_unix(1_767_600_000 + u64::from(sequence)),
        time_epoch: 1,
        flags: 0,
        by: Principal { role: Role::Pool, organisation: Organisation([0xb0; 16]), id: Id([1; 16]) },
        second: Id::NOBODY,
        kind: 4,
        rule: Rule::CustomerAsked,
        from: 1,
        to: 2,
        request: sequence,
        detail: 0,
        command: Digest(Sha256::digest(sequence.to_be_bytes()).into()),
    }
}
