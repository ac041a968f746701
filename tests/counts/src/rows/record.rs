//! Records, and the tree that they are leaves of.

use crate::row;
use std::hint::black_box;
use strongroom_core::audit::Frontier;
use strongroom_core::{Record, Rule};
use strongroom_scale::log::record;

/// As many leaves as a tree of ten levels has, so that every level is joined as often as it ever is.
const RECORDS: u32 = 1024;

pub(crate) fn all() {
    // Of one rule: another's number is found in more steps or fewer, and the counts are comparable with those of before.
    let records: Vec<Record> = (0..RECORDS).map(|sequence| Record { rule: Rule::CustomerAsked, ..record(sequence) }).collect();
    let bytes: Vec<_> = records.iter().map(Record::to_bytes).collect();

    row("record appended to its tree", records.len(), || {
        let mut frontier = Frontier::EMPTY;
        for record in &records {
            frontier.append(black_box(record).leaf());
        }
        assert_eq!(black_box(frontier).size(), RECORDS);
    });
    row("record encoded", records.len(), || {
        for record in &records {
            black_box(black_box(record).to_bytes());
        }
    });
    row("record decoded", records.len(), || {
        for bytes in &bytes {
            assert!(black_box(Record::from_bytes(black_box(bytes))).is_some());
        }
    });
}
