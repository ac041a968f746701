//! Persisted words that decide: 32 bits each, far apart from one another and from blank storage.
//!
//! The words are the first-order Reed-Muller code RM(1,5) without complements: bit `u` of word `a` is the
//! parity of `a AND u`. Any two differ in exactly 16 bits, and each has exactly 16 bits set, so that blank
//! (all ones) and zeroed storage are 16 bits away, and a write that was cut (bits only ever fall) has another
//! weight than any word. Fewer than 16 flipped bits are always noticed, never read as another word.

use crate::device::Main;
use crate::engine::Verdict;

/// A word of the code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Codeword(u32);

/// Places in the code. 1 to 20 are the states of the main region.
const VERDICTS: u32 = 21;
const INTENTS: u32 = 23;
const TAGS: u32 = 26;

impl Codeword {
    const fn at(place: u32) -> Self {
        let (mut word, mut bit) = (0, 0);
        while bit < u32::BITS {
            word |= ((place & bit).count_ones() & 1) << bit;
            bit = bit.wrapping_add(1);
        }
        Self(word)
    }

    /// Begins an entry that holds all of the state.
    pub(super) const IMAGE: Self = Self::at(TAGS);
    /// Begins an entry that holds one step.
    pub(super) const STEP: Self = Self::at(TAGS + 1);
    /// Begins a head mark.
    pub(super) const MARK: Self = Self::at(TAGS + 2);

    /// The lifecycle word: where the lease stands.
    pub(super) const fn of_main(main: Main) -> Self {
        Self::at((main as u32).wrapping_add(1))
    }

    /// What came of a command.
    pub(super) const fn of_verdict(verdict: Verdict) -> Self {
        Self::at(VERDICTS.wrapping_add(verdict as u32))
    }

    /// What has to go on after a power cut, by where the lease stands.
    pub(super) const fn of_intent(main: Main) -> Self {
        Self::at(match main {
            Main::Zeroizing => INTENTS,
            Main::ZeroizedUnverified => INTENTS + 1,
            _ => INTENTS + 2,
        })
    }

    /// The word with these bytes; `None` where they are none of the code.
    pub(super) fn from_le_bytes(bytes: [u8; 4]) -> Option<Self> {
        let read = Self(u32::from_le_bytes(bytes));
        (1..=31).map(Self::at).find(|word| *word == read)
    }

    pub(super) const fn to_le_bytes(self) -> [u8; 4] {
        self.0.to_le_bytes()
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
    fn each_meaning_has_a_word_of_its_own() {
        let mains = Main::ALL.iter().map(|main| Codeword::of_main(*main));
        let verdicts = Verdict::ALL.iter().map(|verdict| Codeword::of_verdict(*verdict));
        let intents = [Main::Zeroizing, Main::ZeroizedUnverified, Main::Operational].map(Codeword::of_intent);
        let tags = [Codeword::IMAGE, Codeword::STEP, Codeword::MARK];
        let words: std::vec::Vec<Codeword> = mains.chain(verdicts).chain(intents).chain(tags).collect();
        for (place, word) in words.iter().enumerate() {
            assert!(all().any(|known| known == *word));
            assert!(!words[..place].contains(word), "{place}");
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
