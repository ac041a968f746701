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
struct Padded([u8; 128]);

/// Where a padded message has its length in bits.
const LENGTH: usize = 120;

impl Padded {
    /// The message of this byte and those behind it.
    #[inline]
    fn new<const N: usize>(first: u8, rest: &[u8; N]) -> Self {
        const { assert!(N >= 55 && N < LENGTH - 1, "the message is two blocks") };
        let mut padded = [0; 128];
        padded[0] = first;
        padded[1..=N].copy_from_slice(rest);
        padded[N + 1] = 0x80;
        padded[LENGTH..].copy_from_slice(&(8 * (N as u64 + 1)).to_be_bytes());
        Self(padded)
    }

    /// Takes another message of the same length, behind the same byte.
    #[inline]
    fn put<const N: usize>(&mut self, rest: &[u8; N]) {
        self.0[1..=N].copy_from_slice(rest);
    }

    fn message(&self) -> &[u8] {
        let (_, bits) = self.0.split_last_chunk().unwrap_or((&[], &[0; 8]));
        self.0.get(..(u64::from_be_bytes(*bits) / 8) as usize).unwrap_or_default()
    }
}

/// The hash of each message, in their order: of this byte and the message's own. With 55 to 118 of those it is two blocks;
/// other numbers do not compile.
#[must_use]
pub fn hash<'a, const N: usize>(first: u8, messages: impl IntoIterator<Item = &'a [u8; N]>) -> Vec<Hash> {
    let mut messages = messages.into_iter();
    let mut hashes = Vec::with_capacity(messages.size_hint().0);
    // Padding and length are the same in all of them, and written once.
    let mut group = [Padded::new(first, &[0; N]); LANES];
    loop {
        let mut count = 0;
        for (place, message) in group.iter_mut().zip(&mut messages) {
            place.put(message);
            count += 1;
        }
        if count < LANES {
            one_by_one(group.get(..count).unwrap_or_default(), &mut hashes);
            return hashes;
        }
        four(&group, &mut hashes);
    }
}

fn four(group: &[Padded; LANES], hashes: &mut Vec<Hash>) {
    #[cfg(target_arch = "x86_64")]
    if let Some(available) = interleaved::Available::here() {
        return hashes.extend(available.hash(group));
    }
    one_by_one(group, hashes);
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

    const FIRST: u8 = 0x5a;

    fn messages<const N: usize>(count: usize, seed: u64) -> (Vec<[u8; N]>, Vec<Hash>) {
        let of = |number| bytes(seed * 1000 + number, N).try_into().unwrap();
        let messages: Vec<[u8; N]> = (0..count as u64).map(of).collect();
        let expected = messages.iter().map(|rest| Sha256::new().chain_update([FIRST]).chain_update(rest).finalize().into());
        let expected = expected.collect();
        (messages, expected)
    }

    fn of_length<const N: usize>() {
        for count in 0..=3 * LANES {
            let (messages, expected) = messages::<N>(count, N as u64);
            assert_eq!(hash(FIRST, &messages), expected, "{count} messages of {} bytes", N + 1);
        }
    }

    #[test]
    fn every_count_of_messages_has_the_hashes_of_sha2() {
        of_length::<55>();
        of_length::<56>();
        of_length::<63>();
        of_length::<64>();
        of_length::<65>();
        of_length::<100>();
        of_length::<117>();
        of_length::<118>();
    }

    fn both_ways<const N: usize>() {
        for seed in 1..200 {
            let (messages, expected) = messages::<N>(LANES, seed);
            let padded: Vec<Padded> = messages.iter().map(|message| Padded::new(FIRST, message)).collect();
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

    #[test]
    fn both_ways_give_the_hashes_of_sha2() {
        both_ways::<64>();
        both_ways::<118>();
    }

    #[test]
    fn messages_that_differ_in_one_lane_differ_in_that_one() {
        let (messages, expected) = messages::<118>(LANES, 7);
        for lane in 0..LANES {
            for byte in [0, 62, 63, 117] {
                let mut changed = messages.clone();
                changed[lane][byte] ^= 1;
                let hashes = hash(FIRST, &changed);
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
}
