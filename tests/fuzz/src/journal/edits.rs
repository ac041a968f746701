//! What somebody or chance does to a medium.

use crate::bytes::Bytes;
use strongroom_core::journal::BLOCK;

/// Kinds of edits.
pub(super) const KINDS: u8 = 8;

/// One edit.
pub(super) fn edit(contents: &mut [u8], bytes: &mut Bytes<'_>) {
    let kind = bytes.byte() % KINDS;
    let (one, other) = (place(contents, bytes), place(contents, bytes));
    let value = bytes.byte();
    match kind {
        0 => contents[one + usize::from(value) % BLOCK] ^= bytes.byte(),
        1 => contents[one..one + BLOCK].fill(value),
        2 => contents.copy_within(one..one + BLOCK, other),
        3 => (0..BLOCK).for_each(|byte| contents.swap(one + byte, other + byte)),
        4 => {
            let new = bytes.take(usize::from(value) % (BLOCK + 1));
            contents[one..one + new.len()].copy_from_slice(new);
        }
        5 => contents[one.min(other)..one.max(other)].fill(0xff),
        6 => contents[one.min(other)..one.max(other)].fill(value),
        // A bit, and one in the same place of another block.
        _ => {
            for block in [one, other] {
                contents[block + usize::from(value >> 3)] ^= 1 << (value & 7);
            }
        }
    }
}

/// A block: mostly one of those with something in them, of which there are few.
fn place(contents: &[u8], bytes: &mut Bytes<'_>) -> usize {
    let number = usize::try_from(bytes.number::<2>()).unwrap_or_default();
    let blocks = contents.len() / BLOCK;
    if number >= 0xf000 {
        return number % blocks * BLOCK;
    }
    let written: Vec<usize> = (0..blocks).filter(|block| contents[block * BLOCK..][..BLOCK] != [0xff; BLOCK]).collect();
    if written.is_empty() { number % blocks * BLOCK } else { written[number % written.len()] * BLOCK }
}
