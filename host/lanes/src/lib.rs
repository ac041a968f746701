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

/// The hash of each message, in their order: of this byte and the message's own. With 55 to 118 of those it is two blocks;
/// other numbers do not compile.
#[must_use]
pub fn hash<'a, const N: usize>(first: u8, messages: impl IntoIterator<Item = &'a [u8; N]>) -> Vec<Hash> {
    const { assert!(N >= 55 && N < 119, "the message is two blocks") };
    let mut messages = messages.into_iter();
    let mut hashes = Vec::with_capacity(messages.size_hint().0);
    loop {
        let mut group = [&[0; N]; LANES];
        let mut count = 0;
        for (place, message) in group.iter_mut().zip(&mut messages) {
            *place = message;
            count += 1;
        }
        if count < LANES {
            hashes.extend(group.iter().take(count).map(|rest| one(first, *rest)));
            return hashes;
        }
        hashes.extend(four(first, group));
    }
}

fn four<const N: usize>(first: u8, rests: [&[u8; N]; LANES]) -> [Hash; LANES] {
    #[cfg(target_arch = "x86_64")]
    if let Some(available) = interleaved::Available::here() {
        return available.hash(first, rests);
    }
    rests.map(|rest| one(first, rest))
}

/// The way that every processor knows.
fn one(first: u8, rest: &[u8]) -> Hash {
    Sha256::new().chain_update([first]).chain_update(rest).finalize().into()
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
            let rests: [&[u8; N]; LANES] = std::array::from_fn(|lane| &messages[lane]);
            assert_eq!(rests.map(|rest| one(FIRST, rest)).as_slice(), expected);
            #[cfg(target_arch = "x86_64")]
            if let Some(available) = interleaved::Available::here() {
                assert_eq!(available.hash(FIRST, rests).as_slice(), expected);
            }
        }
    }

    #[test]
    fn both_ways_give_the_hashes_of_sha2() {
        both_ways::<55>();
        both_ways::<62>();
        both_ways::<63>();
        both_ways::<64>();
        both_ways::<65>();
        both_ways::<80>();
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
