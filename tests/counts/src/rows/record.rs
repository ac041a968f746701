//! Records, and the tree that they are leaves of.

use crate::row;
use sha2::{Digest as _, Sha256};
use std::hint::black_box;
use strongroom_core::audit::Frontier;
use strongroom_core::{Digest, Id, LogName, Organisation, Principal, Record, Role, Rule, Time};

/// As many leaves as a tree of ten levels has, so that every level is joined as often as it ever is.
const RECORDS: u32 = 1024;

pub(crate) fn all() {
    let records: Vec<Record> = (0..RECORDS).map(record).collect();
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

/// A record of that number.
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
