//! Entry bundles: records one after another, each after its length.

use strongroom_core::Record;

/// Bytes of an entry: the length as a big-endian `u16`, then the record.
pub(crate) const ENTRY: usize = 2 + Record::SIZE;

/// An entry's length, as it stands before every record.
const LENGTH: [u8; 2] = [0, Record::SIZE as u8];

/// One entry of a bundle; a record of another length is none of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Entry<'a> {
    /// The length that it gives.
    pub(crate) length: u16,
    /// Its bytes.
    pub(crate) record: &'a [u8; Record::SIZE],
}

impl Entry<'_> {
    /// The record, where these bytes are one.
    pub(crate) fn decode(&self) -> Option<Record> {
        if usize::from(self.length) == Record::SIZE { Record::from_bytes(self.record) } else { None }
    }
}

/// Appends a record to a bundle.
pub(crate) fn push(bundle: &mut Vec<u8>, record: &[u8; Record::SIZE]) {
    bundle.extend_from_slice(&LENGTH);
    bundle.extend_from_slice(record);
}

/// The whole entries of a bundle. All have the same size, so that one that is damaged does not shift the others.
pub(crate) fn entries(bundle: &[u8]) -> impl ExactSizeIterator<Item = Entry<'_>> {
    bundle.as_chunks::<ENTRY>().0.iter().map(|[high, low, record @ ..]| {
        let length = u16::from_be_bytes([*high, *low]);
        Entry { length, record }
    })
}
