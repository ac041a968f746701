//! Words that decide: 32 bits each, far apart from one another and from blank storage.
//!
//! The words are the first-order Reed-Muller code RM(1,5) without complements: bit `u` of word `a` is the
//! parity of `a AND u`. Any two differ in exactly 16 bits, and each has exactly 16 bits set, so that blank
//! (all ones) and zeroed storage are 16 bits away, and a write that was cut (bits only ever fall) has another
//! weight than any word. Fewer than 16 flipped bits are always noticed, never read as another word.
//!
//! | Place | What it says | Where |
//! |---|---|---|
//! | 1 to 20 | a state of the main region | the journal |
//! | 21 to 28 | verdicts, intents, kinds of entries | the journal |
//! | 29 to 31 | whether something opens | [`opening`](crate::opening) |

/// A word of the code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Codeword(u32);

impl Codeword {
    /// The first place that the journal leaves free.
    pub(crate) const OPENINGS: u32 = 29;

    /// The word at a place, 1 to 31.
    pub(crate) const fn at(place: u32) -> Self {
        let (mut word, mut bit) = (0, 0);
        while bit < u32::BITS {
            word |= ((place & bit).count_ones() & 1) << bit;
            bit = bit.wrapping_add(1);
        }
        Self(word)
    }

    /// The word with these bits; `None` where they are none of the code.
    #[cfg(feature = "journal")]
    pub(crate) fn with(bits: u32) -> Option<Self> {
        (1..=31).map(Self::at).find(|word| word.0 == bits)
    }

    pub(crate) const fn bits(self) -> u32 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> impl Iterator<Item = Codeword> {
        (1..=31).map(Codeword::at)
    }

    #[test]
    fn any_two_words_differ_in_sixteen_bits_and_each_has_sixteen() {
        for word in all() {
            assert_eq!((word.0.count_ones(), (word.0 ^ u32::MAX).count_ones()), (16, 16));
            for other in all().filter(|other| *other != word) {
                assert_eq!((word.0 ^ other.0).count_ones(), 16);
            }
        }
    }

    #[test]
    fn a_write_that_was_cut_is_never_a_word() {
        // From all ones every bit that shall be 0 falls sooner or later: what is between has more ones.
        for word in all() {
            for bit in (0..32).filter(|bit| word.0 >> bit & 1 == 0) {
                let cut = Codeword(word.0 | 1 << bit);
                assert!(all().all(|known| known != cut));
            }
        }
    }
}
