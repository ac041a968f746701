//! SHA-256 of many short messages, several at once.
//!
//! One SHA-256 waits for itself: a round needs the one before it. Messages that know nothing of one another fill the gaps,
//! so on x86-64 with the SHA extensions four are hashed in turns, round by round. Everywhere else, and for what is left of
//! four, it is `sha2`, one message after another. The program asks the processor it runs on, not the one it was built for.

//!
//! It is a crate of its own so that the one place of the hosts' library that is `unsafe` is easy to find and to read, and so
//! that it is fast in tests too.

#[cfg(target_arch = "x86_64")]
mod interleaved;

use sha2::{Digest as _, Sha256};

/// Messages that are hashed in turns. Five take hardly less time each; four suits a binary tree.
const LANES: usize = 4;

/// A hash: SHA-256.
pub type Hash = [u8; 32];

/// A message of two blocks, padded as SHA-256 pads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Padded([u8; 128]);

/// Where a padded message has its length in bits.
const LENGTH: usize = 120;

impl Padded {
    /// The message that these parts are together; `None` where it has not 56 to 119 bytes, which are two blocks.
    #[must_use]
    pub fn new(parts: &[&[u8]]) -> Option<Self> {
        let mut padded = [0; 128];
        let mut end = 0;
        for part in parts {
            padded.get_mut(end..end + part.len())?.copy_from_slice(part);
            end += part.len();
        }
        if !(56..LENGTH).contains(&end) {
            return None;
        }
        padded[end] = 0x80;
        padded[LENGTH..].copy_from_slice(&(end as u64 * 8).to_be_bytes());
        Some(Self(padded))
    }

    fn message(&self) -> &[u8] {
        let (_, bits) = self.0.split_last_chunk().unwrap_or((&[], &[0; 8]));
        self.0.get(..(u64::from_be_bytes(*bits) / 8) as usize).unwrap_or_default()
    }
}

/// Appends the hash of each message, in their order.
pub fn hash(messages: &[Padded], hashes: &mut Vec<Hash>) {
    #[cfg(target_arch = "x86_64")]
    if let Some(available) = interleaved::Available::here() {
        let (groups, rest) = messages.as_chunks::<LANES>();
        hashes.extend(groups.iter().flat_map(|group| available.hash(group)));
        return one_by_one(rest, hashes);
    }
    one_by_one(messages, hashes);
}

/// The way that every processor knows.
fn one_by_one(messages: &[Padded], hashes: &mut Vec<Hash>) {
    hashes.extend(messages.iter().map(|padded| -> Hash { Sha256::digest(padded.message()).into() }));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bytes that look random and are the same every time.
    fn bytes(seed: u64, length: usize) -> Vec<u8> {
        let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        let mut next = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 32) as u8
        };
        (0..length).map(|_| next()).collect()
    }

    fn messages(count: usize, length: usize, seed: u64) -> (Vec<Padded>, Vec<Hash>) {
        let plain: Vec<Vec<u8>> = (0..count as u64).map(|number| bytes(seed * 1000 + number, length)).collect();
        let padded = plain.iter().map(|message| Padded::new(&[message]).unwrap()).collect();
        (padded, plain.iter().map(|message| Sha256::digest(message).into()).collect())
    }

    #[test]
    fn every_length_and_every_count_of_messages_has_the_hashes_of_sha2() {
        for length in 56..120 {
            for count in 0..=3 * LANES {
                let (padded, expected) = messages(count, length, length as u64);
                let mut hashes = Vec::new();
                hash(&padded, &mut hashes);
                assert_eq!(hashes, expected, "{count} messages of {length} bytes");
            }
        }
    }

    #[test]
    fn both_ways_give_the_hashes_of_sha2() {
        for seed in 1..200 {
            for length in [65, 119] {
                let (padded, expected) = messages(LANES, length, seed);
                let mut hashes = Vec::new();
                one_by_one(&padded, &mut hashes);
                assert_eq!(hashes, expected);
                #[cfg(target_arch = "x86_64")]
                if let Some(available) = interleaved::Available::here() {
                    let (groups, _) = padded.as_chunks();
                    assert_eq!(available.hash(&groups[0]).as_slice(), expected);
                }
            }
        }
    }

    #[test]
    fn messages_that_differ_in_one_lane_differ_in_that_one() {
        let (padded, expected) = messages(LANES, 119, 7);
        for lane in 0..LANES {
            for byte in [0, 63, 64, 118] {
                let mut changed = padded.clone();
                changed[lane].0[byte] ^= 1;
                let mut hashes = Vec::new();
                hash(&changed, &mut hashes);
                for other in 0..LANES {
                    assert_eq!(
                        hashes[other] == expected[other],
                        other != lane,
                        "lane {other} where byte {byte} of {lane} changed"
                    );
                }
            }
        }
    }

    #[test]
    fn what_is_not_two_blocks_is_not_padded() {
        for (length, is_padded) in [(0, false), (55, false), (56, true), (119, true), (120, false), (128, false), (200, false)] {
            assert_eq!(Padded::new(&[&bytes(1, length)]).is_some(), is_padded, "{length}");
        }
        assert_eq!(Padded::new(&[&[1], &[2; 60]]), Padded::new(&[&[1, 2], &[2; 59]]));
    }
}
