//! What the words in entries and marks say.

use crate::device::Main;
use crate::engine::Verdict;

pub(super) use crate::codeword::Codeword;

/// Places in the code. 1 to 20 are the states of the main region.
const VERDICTS: u32 = 21;
const INTENTS: u32 = 23;
const TAGS: u32 = 26;

const _: () = assert!(TAGS + 2 < Codeword::OPENINGS);

impl Codeword {
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
        Self::with(u32::from_le_bytes(bytes))
    }

    pub(super) const fn to_le_bytes(self) -> [u8; 4] {
        self.bits().to_le_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_meaning_has_a_word_of_its_own() {
        let mains = Main::ALL.iter().map(|main| Codeword::of_main(*main));
        let verdicts = Verdict::ALL.iter().map(|verdict| Codeword::of_verdict(*verdict));
        let intents = [Main::Zeroizing, Main::ZeroizedUnverified, Main::Operational].map(Codeword::of_intent);
        let tags = [Codeword::IMAGE, Codeword::STEP, Codeword::MARK];
        let words: std::vec::Vec<Codeword> = mains.chain(verdicts).chain(intents).chain(tags).collect();
        for (place, word) in words.iter().enumerate() {
            assert_eq!(Codeword::with(word.bits()), Some(*word));
            assert!(!words[..place].contains(word), "{place}");
        }
    }
}
