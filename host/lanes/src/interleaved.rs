//! Four messages in turns, with the SHA extensions of x86-64.

mod constants;

use super::{Hash, LANES};
use constants::{BEGIN, ENDINGS, ROUNDS};
use std::arch::x86_64::{
    __m128i, _mm_add_epi32, _mm_alignr_epi8, _mm_extract_epi64, _mm_set_epi64x, _mm_setr_epi32, _mm_setzero_si128,
    _mm_sha256msg1_epu32, _mm_sha256msg2_epu32, _mm_sha256rnds2_epu32, _mm_shuffle_epi8, _mm_shuffle_epi32, _mm_unpackhi_epi64,
    _mm_unpacklo_epi64,
};

/// That this processor has the SHA extensions and what goes with them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Available(());

impl Available {
    /// Asks the processor; the answer is remembered, so that asking costs nothing.
    pub(super) fn here() -> Option<Self> {
        let all = is_x86_feature_detected!("sha")
            && is_x86_feature_detected!("sse2")
            && is_x86_feature_detected!("ssse3")
            && is_x86_feature_detected!("sse4.1");
        all.then_some(Self(()))
    }

    /// The hash of each message: of this byte and those behind it.
    pub(super) fn hash<const N: usize>(self, first: u8, rests: [&[u8; N]; LANES]) -> [Hash; LANES] {
        // SAFETY: `self` is only made where the processor was found to have each of the features that `hash` needs.
        unsafe { hash(first, rests) }
    }
}

/// Where a padded message has its length in bits.
const LENGTH: usize = 120;

// Loops over numbers throughout: adapters of iterators are compiled without the features, and what has them is not inlined there.

/// The eight working words of one message as the instructions want them: `abef` and `cdgh`, highest first.
type State = [__m128i; 2];

/// The first sixteen words of a block's schedule, four a vector.
type Schedule = [__m128i; 4];

#[target_feature(enable = "sha,sse2,ssse3,sse4.1")]
fn hash<const N: usize>(first: u8, rests: [&[u8; N]; LANES]) -> [Hash; LANES] {
    let [a, b, c, d, e, f, g, h] = BEGIN;
    let mut states = [[_mm_setr_epi32(f, e, b, a), _mm_setr_epi32(h, g, d, c)]; LANES];
    let mut schedules = [[_mm_setzero_si128(); 4]; LANES];
    for lane in 0..LANES {
        schedules[lane] = load::<N, 0>(first, rests[lane]);
    }
    states = compress(states, &mut schedules);
    if N == 64 {
        states = compress_endings(states, rests);
    } else {
        for lane in 0..LANES {
            schedules[lane] = load::<N, 64>(first, rests[lane]);
        }
        states = compress(states, &mut schedules);
    }
    let mut hashes = [[0; 32]; LANES];
    for lane in 0..LANES {
        hashes[lane] = bytes(states[lane]);
    }
    hashes
}

/// One block of each message.
#[target_feature(enable = "sha,sse2,ssse3")]
#[inline]
fn compress(before: [State; LANES], schedules: &mut [Schedule; LANES]) -> [State; LANES] {
    let mut states = before;
    for step in 0..ROUNDS.len() {
        let [first, second, third, fourth] = ROUNDS[step];
        let constants = _mm_setr_epi32(first, second, third, fourth);
        for lane in 0..LANES {
            if step >= 4 {
                schedules[lane][step % 4] = extend(&schedules[lane], step);
            }
            states[lane] = four_rounds(states[lane], _mm_add_epi32(schedules[lane][step % 4], constants));
        }
    }
    add(states, before)
}

/// The second block of messages of which it has but the last byte.
#[target_feature(enable = "sha,sse2")]
#[expect(clippy::needless_range_loop, reason = "as above")]
fn compress_endings<const N: usize>(before: [State; LANES], rests: [&[u8; N]; LANES]) -> [State; LANES] {
    let mut states = before;
    let schedules = rests.map(|rest| &ENDINGS[usize::from(rest[N - 1])]);
    for step in 0..ROUNDS.len() {
        for lane in 0..LANES {
            let [first, second, third, fourth] = schedules[lane][step];
            states[lane] = four_rounds(states[lane], _mm_setr_epi32(first, second, third, fourth));
        }
    }
    add(states, before)
}

/// What a block has changed, and what was before it.
#[target_feature(enable = "sse2")]
#[inline]
fn add(mut states: [State; LANES], before: [State; LANES]) -> [State; LANES] {
    for lane in 0..LANES {
        let ([abef, cdgh], [old_abef, old_cdgh]) = (states[lane], before[lane]);
        states[lane] = [_mm_add_epi32(abef, old_abef), _mm_add_epi32(cdgh, old_cdgh)];
    }
    states
}

/// What the block at this place of a padded message begins its schedule with.
#[target_feature(enable = "sse2,ssse3")]
#[inline]
#[expect(clippy::needless_range_loop, reason = "as above")]
fn load<const N: usize, const BLOCK: usize>(first: u8, rest: &[u8; N]) -> Schedule {
    let big_endian = _mm_set_epi64x(0x0c0d_0e0f_0809_0a0b, 0x0405_0607_0001_0203);
    let mut schedule = [_mm_setzero_si128(); 4];
    for place in 0..4 {
        let bytes = padded(first, rest, BLOCK + 16 * place);
        schedule[place] = _mm_shuffle_epi8(_mm_set_epi64x((bytes >> 64) as i64, bytes as i64), big_endian);
    }
    schedule
}

/// Sixteen bytes of a padded message from `at` on, the first of them lowest.
///
/// They are put together here, and nowhere in memory: what was just written in pieces is slow to read in others.
#[inline(always)]
fn padded<const N: usize>(first: u8, rest: &[u8; N], at: usize) -> u128 {
    let sixteen = |from: usize| u128::from_le_bytes(*rest[from..].first_chunk().unwrap_or(&[0; 16]));
    if at == 0 {
        return sixteen(0) << 8 | u128::from(first);
    }
    let mut bytes = 0;
    if at + 16 <= N + 1 {
        bytes = sixteen(at - 1);
    } else if at <= N + 1 {
        // The message ends here, with the bit that ends every message.
        let left = N + 1 - at;
        bytes = if left == 0 { 0 } else { sixteen(N - 16) >> (8 * (16 - left)) } | 0x80 << (8 * left);
    }
    if at == LENGTH - 8 {
        bytes |= u128::from((8 * (N as u64 + 1)).swap_bytes()) << 64;
    }
    bytes
}

/// The schedule's next four words, which take the place of its oldest.
#[target_feature(enable = "sha,sse2,ssse3")]
#[inline]
fn extend(schedule: &Schedule, step: usize) -> __m128i {
    let (oldest, second) = (schedule[step % 4], schedule[(step + 1) % 4]);
    let (third, newest) = (schedule[(step + 2) % 4], schedule[(step + 3) % 4]);
    let sum = _mm_add_epi32(_mm_sha256msg1_epu32(oldest, second), _mm_alignr_epi8::<4>(newest, third));
    _mm_sha256msg2_epu32(sum, newest)
}

#[target_feature(enable = "sha,sse2")]
#[inline]
fn four_rounds([abef, cdgh]: State, words: __m128i) -> State {
    let between = _mm_sha256rnds2_epu32(cdgh, abef, words);
    let after = _mm_sha256rnds2_epu32(abef, between, _mm_shuffle_epi32::<0x0e>(words));
    [after, between]
}

/// The hash that this state is: its words in their order, each with its highest byte first.
#[target_feature(enable = "sse2,ssse3,sse4.1")]
#[inline]
fn bytes([abef, cdgh]: State) -> Hash {
    let backwards = _mm_set_epi64x(0x0809_0a0b_0c0d_0e0f, 0x0001_0203_0405_0607);
    let abcd = _mm_shuffle_epi8(_mm_unpackhi_epi64(abef, cdgh), backwards);
    let efgh = _mm_shuffle_epi8(_mm_unpacklo_epi64(abef, cdgh), backwards);
    let mut hash = [0; 32];
    let (eights, _) = hash.as_chunks_mut::<8>();
    eights[0] = _mm_extract_epi64::<0>(abcd).to_le_bytes();
    eights[1] = _mm_extract_epi64::<1>(abcd).to_le_bytes();
    eights[2] = _mm_extract_epi64::<0>(efgh).to_le_bytes();
    eights[3] = _mm_extract_epi64::<1>(efgh).to_le_bytes();
    hash
}
