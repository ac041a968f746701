//! Four messages in turns, with the SHA extensions of x86-64.

use super::{Hash, LANES, Padded};
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

    /// The hash of each message.
    pub(super) fn hash(self, messages: &[Padded; LANES]) -> [Hash; LANES] {
        // SAFETY: `self` is only made where the processor was found to have each of the features that `hash` needs.
        unsafe { hash(messages) }
    }
}

/// What SHA-256 begins with (FIPS 180-4, section 5.3.3).
const BEGIN: [i32; 8] =
    words([0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19]);

/// Its constants, four rounds a row (section 4.2.2).
const ROUNDS: [[i32; 4]; 16] = [
    words([0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5]),
    words([0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5]),
    words([0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3]),
    words([0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174]),
    words([0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc]),
    words([0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da]),
    words([0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7]),
    words([0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967]),
    words([0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13]),
    words([0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85]),
    words([0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3]),
    words([0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070]),
    words([0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5]),
    words([0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3]),
    words([0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208]),
    words([0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2]),
];

/// The same bits as the intrinsics take them.
const fn words<const N: usize>(numbers: [u32; N]) -> [i32; N] {
    let mut words = [0; N];
    let mut place = 0;
    while place < N {
        words[place] = numbers[place].cast_signed();
        place += 1;
    }
    words
}

// Loops over numbers throughout: adapters of iterators are compiled without the features, and what has them is not inlined there.

/// The eight working words of one message as the instructions want them: `abef` and `cdgh`, highest first.
type State = [__m128i; 2];

#[target_feature(enable = "sha,sse2,ssse3,sse4.1")]
fn hash(messages: &[Padded; LANES]) -> [Hash; LANES] {
    let [a, b, c, d, e, f, g, h] = BEGIN;
    let mut states: [State; LANES] = [[_mm_setr_epi32(f, e, b, a), _mm_setr_epi32(h, g, d, c)]; LANES];
    for block in 0..2 {
        let before = states;
        let mut schedules = [[_mm_setzero_si128(); 4]; LANES];
        for lane in 0..LANES {
            schedules[lane] = load(&messages[lane], block);
        }
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
        for lane in 0..LANES {
            let ([abef, cdgh], [old_abef, old_cdgh]) = (states[lane], before[lane]);
            states[lane] = [_mm_add_epi32(abef, old_abef), _mm_add_epi32(cdgh, old_cdgh)];
        }
    }
    let mut hashes = [[0; 32]; LANES];
    for lane in 0..LANES {
        hashes[lane] = bytes(states[lane]);
    }
    hashes
}

/// The first sixteen words of a block's schedule.
#[target_feature(enable = "sse2,ssse3")]
#[inline]
#[expect(clippy::needless_range_loop, reason = "as above")]
fn load(message: &Padded, block: usize) -> [__m128i; 4] {
    let big_endian = _mm_set_epi64x(0x0c0d_0e0f_0809_0a0b, 0x0405_0607_0001_0203);
    let (eights, _) = message.0.as_chunks::<8>();
    let mut schedule = [_mm_setzero_si128(); 4];
    for place in 0..4 {
        let first = block * 8 + place * 2;
        let (low, high) = (i64::from_le_bytes(eights[first]), i64::from_le_bytes(eights[first + 1]));
        schedule[place] = _mm_shuffle_epi8(_mm_set_epi64x(high, low), big_endian);
    }
    schedule
}

/// The schedule's next four words, which take the place of its oldest.
#[target_feature(enable = "sha,sse2,ssse3")]
#[inline]
fn extend(schedule: &[__m128i; 4], step: usize) -> __m128i {
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
