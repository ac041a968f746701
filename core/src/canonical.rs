//! The canonical encoding of a value, hashed without a buffer.
//!
//! The encoding is postcard's: it writes sequences by their length and never by their capacity, so
//! that engines of different capacities in the same state have the same digest (contract 4).

use crate::encoding::{Sink, write};
use crate::id::Digest;
use serde::Serialize;
use sha2::block_api::compress256;
use sha2::{Digest as _, Sha256};

/// SHA-256 over the parts, one after another. Not inlined: its callers are many, its code is not short.
#[inline(never)]
pub(crate) fn sha256(parts: &[&[u8]]) -> Digest {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part);
    }
    Digest(hasher.finalize().into())
}

/// SHA-256 over the parts, where they fill two blocks with their padding: the 119 bytes of a leaf, the 65 of a node.
///
/// The blocks go straight to the compression, because a hasher takes a third of its time to gather what is known to be that
/// long. A microcontroller keeps the one way that it has for everything.
#[inline(always)]
pub(crate) fn sha256_of_two_blocks(parts: &[&[u8]]) -> Digest {
    if cfg!(target_arch = "arm") { sha256(parts) } else { two_blocks(parts).unwrap_or_else(|| sha256(parts)) }
}

/// The state that SHA-256 begins with (FIPS 180-4, 5.3.3).
const BEGIN: [u32; 8] = [0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19];

/// `None` where the parts are shorter or longer.
#[inline(always)]
fn two_blocks(parts: &[&[u8]]) -> Option<Digest> {
    let mut blocks = [[0; 64]; 2];
    let (mut room, bits) = blocks.as_flattened_mut().split_last_chunk_mut()?;
    let mut length = 0_u64;
    for part in parts {
        length = length.checked_add(part.len() as u64)?;
        room = put(room, part)?;
    }
    put(room, &[0x80])?;
    *bits = length.checked_mul(8)?.to_be_bytes();
    if length < 56 {
        return None;
    }
    let mut state = BEGIN;
    compress256(&mut state, &blocks);
    let mut digest = Digest::NONE;
    for (place, word) in digest.0.as_chunks_mut::<4>().0.iter_mut().zip(state) {
        *place = word.to_be_bytes();
    }
    Some(digest)
}

/// Puts `part` first; gives what room is left.
#[inline(always)]
fn put<'a>(room: &'a mut [u8], part: &[u8]) -> Option<&'a mut [u8]> {
    let (place, rest) = room.split_at_mut_checked(part.len())?;
    place.copy_from_slice(part);
    Some(rest)
}

/// SHA-256 over `domain`, a zero byte and the canonical encoding of `value`.
///
/// Hashing cannot fail, and none of the core's own types refuses to be encoded; [`Digest::NONE`]
/// would be the answer if one did, and no real digest equals it.
pub(crate) fn digest<T: Serialize + ?Sized>(domain: &[u8], value: &T) -> Digest {
    let mut hasher = Sha256::new();
    hasher.put(domain);
    hasher.put(&[0]);
    match write(value, &mut hasher) {
        Ok(()) => Digest(hasher.finalize().into()),
        Err(_) => Digest::NONE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_blocks_are_hashed_as_any_others_are() {
        let bytes: std::vec::Vec<u8> = (0..=255).collect();
        let mut straight = 0;
        for length in 0..200 {
            for split in [0, 1, 64, 118] {
                let (first, second) = bytes[..length].split_at(split.min(length));
                let expected = sha256(&[&bytes[..length]]);
                assert_eq!(sha256_of_two_blocks(&[first, second]), expected, "{length} bytes, split at {split}");
                straight += u32::from(two_blocks(&[first, second]).is_some());
            }
        }
        assert_eq!(straight, (56..=119).count() as u32 * 4);
    }
}
