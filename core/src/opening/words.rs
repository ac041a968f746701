//! As it is in every build that guards something.

use crate::codeword::Codeword;
use core::hint::black_box;

const FIRST: u32 = Codeword::at(Codeword::OPENINGS).bits();
const SECOND: u32 = Codeword::at(Codeword::OPENINGS + 1).bits();
const SHUT: u32 = Codeword::at(Codeword::OPENINGS + 2).bits();

/// Whether something opens, and what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opening {
    first: u32,
    second: u32,
}

impl Opening {
    /// Of two evaluations, each with the number of what it lets through.
    #[must_use]
    pub fn of(first: Option<u16>, second: Option<u16>) -> Self {
        Self { first: share(FIRST, first), second: share(SECOND, second) }
    }

    /// Evaluates twice, from the beginning.
    #[must_use]
    pub fn ask(evaluate: impl Fn() -> Option<u16>) -> Self {
        let first = share(FIRST, black_box(&evaluate)());
        Self { first: black_box(first), second: share(SECOND, black_box(&evaluate)()) }
    }

    /// Whether both evaluations let this through. Whoever opens asks twice: before anything is made ready, and right before it
    /// goes out.
    #[must_use]
    #[inline(never)]
    pub fn opens(&self, what: u16) -> bool {
        let seen = black_box(self);
        let (first, second) = (black_box(seen.first), black_box(seen.second));
        first ^ u32::from(what) == FIRST && second ^ u32::from(what) == SECOND
    }
}

#[inline(never)]
fn share(word: u32, through: Option<u16>) -> u32 {
    match through {
        Some(what) => word ^ u32::from(what),
        None => SHUT,
    }
}

/// A small number at rest, as a word: how far something is open. Where it is none of the words any more it is 0, and shut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Level(u32);

impl Level {
    /// Of 0 to 3.
    pub(crate) const fn new(level: u8) -> Self {
        // Complements of the code's words, which are as far from one another and from those as they are themselves.
        Self(!Codeword::at((level as u32 & 3).wrapping_add(1)).bits())
    }

    /// The number.
    pub(crate) fn get(self) -> u8 {
        const LEVELS: [Level; 4] = [Level::new(0), Level::new(1), Level::new(2), Level::new(3)];
        let word = black_box(self);
        LEVELS.iter().position(|level| *level == word).map_or(0, |level| level as u8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use core::cell::Cell;

    const THROUGH: [Option<u16>; 5] = [None, Some(0), Some(1), Some(299), Some(u16::MAX)];

    #[test]
    fn its_words_are_the_codes_last_three() {
        assert_eq!([FIRST, SECOND, SHUT], [29, 30, 31].map(|place| Codeword::at(place).bits()));
    }

    #[test]
    fn it_opens_what_both_evaluations_let_through_and_nothing_else() {
        for first in THROUGH {
            for second in THROUGH {
                for what in THROUGH.into_iter().flatten() {
                    let opens = Opening::of(first, second).opens(what);
                    assert_eq!(opens, first == Some(what) && second == Some(what), "{first:?} {second:?} {what}");
                }
            }
        }
    }

    #[test]
    fn it_asks_twice() {
        let asked = Cell::new(0);
        let evaluate = |from| {
            asked.set(asked.get() + 1);
            (asked.get() >= from).then_some(7)
        };
        assert!(Opening::ask(|| evaluate(1)).opens(7));
        assert_eq!(asked.get(), 2);
        // One of two is not enough.
        assert!(!Opening::ask(|| evaluate(4)).opens(7));
        asked.set(0);
        assert!(!Opening::ask(|| (evaluate(0).is_some() && asked.get() == 1).then_some(7)).opens(7));
    }

    #[test]
    fn no_bit_and_no_pair_of_bits_opens_it() {
        let turned = |of: Opening, bit: u32| match bit {
            0..32 => Opening { first: of.first ^ 1 << bit, ..of },
            _ => Opening { second: of.second ^ 1 << (bit - 32), ..of },
        };
        for refused in [(None, None), (None, Some(7)), (Some(7), None)] {
            let refused = Opening::of(refused.0, refused.1);
            for one in 0..64 {
                assert!(!turned(refused, one).opens(7), "{one}");
                for other in (0..64).filter(|other| *other != one) {
                    assert!(!turned(turned(refused, one), other).opens(7), "{one} {other}");
                }
            }
        }
    }

    #[test]
    fn blank_memory_opens_nothing() {
        for word in [0, u32::MAX] {
            for what in [0, 1, u16::MAX] {
                assert!(!Opening { first: word, second: word }.opens(what));
            }
        }
    }

    #[test]
    fn a_level_that_is_touched_is_shut() {
        for level in 0..4 {
            let word = Level::new(level);
            assert_eq!((word.get(), word.0.count_ones()), (level, 16));
            for one in 0..32 {
                for other in 0..32 {
                    let touched = Level(word.0 ^ 1 << one ^ if one == other { 0 } else { 1 << other });
                    assert_eq!(touched.get(), 0, "{level} {one} {other}");
                }
            }
        }
    }
}
