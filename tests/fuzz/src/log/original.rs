//! Logs as they were signed.

use super::make;
use super::memory::Memory;
use std::sync::OnceLock;
use strongroom_core::Record;
use strongroom_host::log::proof::{self, NotProved};
use strongroom_host::log::{Directory, Note, Proved};

/// A log, and all that was ever signed of it.
#[derive(Debug)]
pub(super) struct Original {
    pub(super) memory: Memory,
    pub(super) records: Vec<Record>,
    /// Newest first.
    pub(super) sizes: Vec<u32>,
    pub(super) proofs: Vec<String>,
}

/// A small log, and one with a full bundle.
pub(super) fn all() -> &'static [Original] {
    static ALL: OnceLock<[Original; 2]> = OnceLock::new();
    ALL.get_or_init(|| [Original::drained(&[2, 5]), Original::drained(&[3, 256, 258])])
}

impl Original {
    fn drained(sizes: &[u32]) -> Self {
        let memory = Memory::default();
        let mut directory = Directory::on(Box::new(memory.clone())).expect("an empty one");
        let (first, last) = (sizes[0], sizes[sizes.len() - 1]);
        for size in sizes {
            directory.append(&make::records(directory.size(), *size)).expect("they follow");
            directory.publish(&make::note(*size)).expect("it fits");
        }
        let proofs = vec![
            proof::inclusion(&directory, 1).expect("it is there"),
            proof::inclusion(&directory, last - 1).expect("it is there"),
            proof::consistency(&directory, first, last).expect("both were signed"),
        ];
        Self { memory, records: make::records(0, last), sizes: sizes.iter().rev().copied().collect(), proofs }
    }

    /// Whether a note is one of this log's, whatever else stands under it.
    pub(super) fn signed(&self, note: &Note) -> bool {
        self.sizes.iter().any(|size| Note::read(&make::note(*size)).is_ok_and(|own| own.signed() == note.signed()))
    }

    /// That only what is so is proved.
    ///
    /// # Panics
    ///
    /// Where something else was.
    pub(super) fn holds(&self, proved: &Result<Proved, NotProved>) {
        match proved {
            Err(why) => assert!(!why.to_string().is_empty()),
            Ok(Proved::Inclusion { size, record, .. }) => {
                assert!(self.sizes.contains(size), "{size} records were never signed");
                assert_eq!(self.records.get(record.sequence as usize), Some(&**record), "another record is proved");
            }
            Ok(Proved::Consistency { old, new, .. }) => {
                assert!(self.sizes.contains(old) && self.sizes.contains(new) && old <= new, "{old} to {new}");
            }
        }
    }
}
