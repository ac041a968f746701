//! Digests made right: entries chained, marks naming them. The offsets are the format's, from its documentation.

use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::ops::Range;
use strongroom_core::journal::{BLOCK, Layout, PIECE, Stretch};

/// Bytes of a digest, the first half of SHA-256.
const HALF: usize = 16;

/// Bytes of a mark.
const MARK: usize = 64;

/// Makes every digest right that there is a place for.
pub(super) fn seal(contents: &mut [u8], layout: &Layout) {
    let mut chains = BTreeMap::new();
    for (number, segment) in (0_u32..).zip(layout.lifecycle.iter().chain(&layout.tenant)) {
        for (sequence, chain) in entries(&mut contents[range(*segment)]) {
            chains.insert((number, sequence), chain);
        }
    }
    for track in layout.marks {
        for mark in contents[range(track)].chunks_exact_mut(MARK).filter(|mark| mark.iter().any(|byte| *byte != 0xff)) {
            let named = (number(&mark[16..20]) as u32, number(&mark[24..32]));
            if let Some(chain) = chains.get(&named) {
                mark[32..48].copy_from_slice(chain);
            }
            let check = half(&[&mark[..48]]);
            mark[48..].copy_from_slice(&check);
        }
    }
}

/// Chains the entries of a segment; their sequence numbers and digests.
fn entries(segment: &mut [u8]) -> Vec<(u64, [u8; HALF])> {
    let (mut at, mut before, mut found) = (0, [0; HALF], Vec::new());
    while let Some(entry) = segment.get_mut(at..) {
        let length = entry.get(4..8).map_or(usize::MAX, |length| number(length) as usize);
        let end = BLOCK.saturating_add(length);
        let Some([said @ .., _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _]) = entry.get(..end.saturating_add(HALF)) else {
            break;
        };
        let chain = half(&[&before, said]);
        found.push((number(&said[8..16]), chain));
        entry[end..end + HALF].copy_from_slice(&chain);
        (at, before) = (at + (end + HALF).next_multiple_of(PIECE), chain);
    }
    found
}

fn range(stretch: Stretch) -> Range<usize> {
    stretch.from as usize..stretch.to as usize
}

/// Little-endian.
fn number(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

fn half(parts: &[&[u8]]) -> [u8; HALF] {
    let digest: [u8; 32] = parts.iter().fold(Sha256::new(), |hasher, part| hasher.chain_update(part)).finalize().into();
    std::array::from_fn(|place| digest[place])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::stories;
    use strongroom_storage::flash::Flash;
    use strongroom_storage::trial::{Medium, layout};

    /// Else sealing would break what is whole.
    #[test]
    fn what_is_right_stays_as_it_is() {
        for place in &stories::places().flash {
            let contents = place.durable.clone().into_medium().bytes().clone();
            let mut sealed = contents.clone();
            seal(&mut sealed, &layout::<Flash>());
            assert!(sealed == contents, "{}, {} steps", place.story.name, place.steps);
        }
    }
}
