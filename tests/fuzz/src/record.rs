//! Records out of any bytes, and logs out of any records.
//!
//! Input: records of 118 bytes, one after another, and what is left over.
//!
//! - Bytes are a record exactly if the record's own bytes are these bytes.
//! - A record goes through a frame unchanged.
//! - A log of such records verifies under its root. Changed in any record, cut, exchanged or prolonged it does not.

use crate::bytes::Random;
use crate::{Seeds, scenarios};
use strongroom_core::wire::{self, Answer, Message};
use strongroom_core::{Record, Time};
use strongroom_host::merkle;

/// Records that one input is read for.
const RECORDS: usize = 40;

/// Reads `data`.
///
/// # Panics
///
/// Where the property does not hold.
pub fn check(data: &[u8]) {
    let records: Vec<Record> = data.chunks(Record::SIZE).take(RECORDS).filter_map(read).collect();
    let records = in_order(records);
    let leaves: Vec<[u8; 32]> = records.iter().map(|record| record.leaf().0).collect();
    let root = merkle::root(&leaves);
    assert_eq!(merkle::verify(&records, root), Ok(()), "a log in order verifies under its root");
    let changed = change(&records, &mut Random::of(data));
    if changed != records {
        assert!(merkle::verify(&changed, root).is_err(), "another log verifies: {changed:?}");
    }
}

fn read(bytes: &[u8]) -> Option<Record> {
    let record = Record::from_bytes(bytes)?;
    assert_eq!(record.to_bytes(), bytes, "a record is its bytes");
    assert!(record.is_refused() || record.activity().is_none_or(|name| !name.is_empty()));
    let message = Message::Answer(Answer::Record { engine: 0, record });
    let mut frame = [0; wire::MAX_FRAME];
    let length = wire::encode(&message, &mut frame).expect("a record fits a frame");
    assert_eq!(wire::decode(&frame[..length]), Ok(message), "a record goes through a frame");
    Some(record)
}

/// With the sequence numbers and times of a log that was kept as it should be.
fn in_order(mut records: Vec<Record>) -> Vec<Record> {
    let mut last = Time::EPOCH;
    for (sequence, record) in (0..).zip(&mut records) {
        record.at = record.at.max(last);
        (record.sequence, last) = (sequence, record.at);
    }
    records
}

/// One change that somebody might make; nothing where it leaves no record.
fn change(records: &[Record], random: &mut Random) -> Vec<Record> {
    let mut changed = records.to_vec();
    let (at, other) = (random.below(records.len()), random.below(records.len()));
    match (random.below(4), records) {
        (_, []) => {}
        (0, _) => {
            let mut bytes = records[at].to_bytes();
            bytes[random.below(Record::SIZE)] ^= 1 << random.below(8);
            changed[at] = Record::from_bytes(&bytes).unwrap_or(records[at]);
        }
        (1, _) => changed.swap(at, other),
        (2, _) => _ = changed.remove(at),
        _ => changed.push(Record { sequence: records.len() as u32, at: records[records.len() - 1].at, ..records[at] }),
    }
    changed
}

/// The beginnings of logs that scenarios leave.
#[must_use]
pub fn seeds() -> Seeds {
    let logs = scenarios::wires().into_iter().flat_map(|wire| scenarios::answer(&wire)).flat_map(|engine| engine.records);
    let mut seeds: Seeds = logs
        .map(|records| records.iter().take(8).flat_map(Record::to_bytes).collect())
        .filter(|seed: &Vec<u8>| !seed.is_empty())
        .collect();
    seeds.sort();
    seeds.dedup();
    seeds.truncate(40);
    seeds
}
