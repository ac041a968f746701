//! Media with the physics of flash and of an EEPROM, and a power supply that can be cut.
#![allow(dead_code, unreachable_pub, reason = "each test file uses a part of it")]

use embedded_storage::nor_flash::{ErrorType, NorFlash, NorFlashError, NorFlashErrorKind, ReadNorFlash};
use embedded_storage::{ReadStorage, Storage};
use std::vec;
use std::vec::Vec;

/// The power is off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PowerCut;

impl NorFlashError for PowerCut {
    fn kind(&self) -> NorFlashErrorKind {
        NorFlashErrorKind::Other
    }
}

/// A stream of bits that a seed determines (SplitMix64).
#[derive(Debug, Clone)]
pub struct Seeded(pub u64);

impl Seeded {
    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, end: u64) -> u64 {
        self.draw() % end.max(1)
    }
}

/// How far the power lasts: a word written and a page erased take one each.
#[derive(Debug, Clone)]
pub struct Power {
    pub left: Option<u64>,
    pub used: u64,
    pub on: bool,
    /// Whether it is back right after the cut, so that only one operation fails.
    pub returns: bool,
    pub chance: Seeded,
}

impl Power {
    fn steady() -> Self {
        Self::lasting(None, 0)
    }

    fn lasting(left: Option<u64>, seed: u64) -> Self {
        Self { left, used: 0, on: true, returns: false, chance: Seeded(seed) }
    }

    /// Whether the next operation is the one that the cut meets.
    fn spend(&mut self) -> Result<bool, PowerCut> {
        if !self.on {
            return Err(PowerCut);
        }
        self.used += 1;
        match &mut self.left {
            None => Ok(false),
            Some(0) => {
                (self.on, self.left) = (self.returns, None);
                Ok(true)
            }
            Some(left) => {
                *left -= 1;
                Ok(false)
            }
        }
    }
}

/// What may be done to a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    /// Erased: it may be written.
    Erased,
    /// Written, or touched by a cut: only an erasure may follow.
    Used,
}

/// NOR flash: a write only clears bits, a word takes one write between two erasures, a cut leaves any subset of
/// the bits in flight changed. Breaking these rules is a panic.
#[derive(Debug, Clone)]
pub struct Flash<const WORD: usize = 4, const PAGE: usize = 64> {
    pub bytes: Vec<u8>,
    words: Vec<Word>,
    pub power: Power,
    /// A byte that is worn out: whatever is written or erased, it reads as this.
    pub worn: Option<(usize, u8)>,
    /// Whether it says yes to whatever is written and keeps what it has, as a part whose write protection is on.
    pub protected: bool,
}

impl<const WORD: usize, const PAGE: usize> Flash<WORD, PAGE> {
    pub fn blank(capacity: usize) -> Self {
        let words = vec![Word::Erased; capacity / WORD];
        Self { bytes: vec![0xff; capacity], words, power: Power::steady(), worn: None, protected: false }
    }

    /// From now on so many operations succeed; then the power goes, and `seed` says what the last one leaves.
    pub fn cut_after(&mut self, operations: u64, seed: u64) {
        self.power = Power::lasting(Some(operations), seed);
    }

    /// As `cut_after`, and the power comes back at once.
    pub fn fail_after(&mut self, operations: u64, seed: u64) {
        self.cut_after(operations, seed);
        self.power.returns = true;
    }

    pub fn power_on(&mut self) {
        self.power = Power::steady();
    }
}

impl<const WORD: usize, const PAGE: usize> ErrorType for Flash<WORD, PAGE> {
    type Error = PowerCut;
}

impl<const WORD: usize, const PAGE: usize> ReadNorFlash for Flash<WORD, PAGE> {
    const READ_SIZE: usize = 1;

    fn read(&mut self, offset: u32, bytes: &mut [u8]) -> Result<(), PowerCut> {
        if !self.power.on {
            return Err(PowerCut);
        }
        bytes.copy_from_slice(&self.bytes[offset as usize..][..bytes.len()]);
        if let Some((at, byte)) = self.worn
            && let Some(place) = at.checked_sub(offset as usize).and_then(|at| bytes.get_mut(at))
        {
            *place = byte;
        }
        Ok(())
    }

    fn capacity(&self) -> usize {
        self.bytes.len()
    }
}

impl<const WORD: usize, const PAGE: usize> NorFlash for Flash<WORD, PAGE> {
    const WRITE_SIZE: usize = WORD;
    const ERASE_SIZE: usize = PAGE;

    fn erase(&mut self, from: u32, to: u32) -> Result<(), PowerCut> {
        assert!((from as usize).is_multiple_of(PAGE) && (to as usize).is_multiple_of(PAGE), "erases whole pages");
        for page in (from as usize..to as usize).step_by(PAGE) {
            let cut = self.power.spend()?;
            for byte in &mut self.bytes[page..page + PAGE] {
                // What an erasure that was cut leaves is not defined.
                *byte = if cut {
                    [*byte, 0xff, *byte | self.power.chance.draw() as u8, self.power.chance.draw() as u8]
                        [self.power.chance.below(4) as usize]
                } else {
                    0xff
                };
            }
            self.words[page / WORD..(page + PAGE) / WORD].fill(if cut { Word::Used } else { Word::Erased });
            if cut {
                return Err(PowerCut);
            }
        }
        Ok(())
    }

    fn write(&mut self, offset: u32, bytes: &[u8]) -> Result<(), PowerCut> {
        assert!((offset as usize).is_multiple_of(WORD) && bytes.len().is_multiple_of(WORD), "writes whole words");
        assert!(!bytes.is_empty(), "writes something");
        if self.protected {
            return Ok(());
        }
        for (place, word) in bytes.chunks(WORD).enumerate() {
            let at = offset as usize + place * WORD;
            let cut = self.power.spend()?;
            assert_eq!(self.words[at / WORD], Word::Erased, "byte {at} is written a second time");
            self.words[at / WORD] = Word::Used;
            for (stored, byte) in self.bytes[at..at + WORD].iter_mut().zip(word) {
                *stored &= if cut { byte | self.power.chance.draw() as u8 } else { *byte };
            }
            if cut {
                return Err(PowerCut);
            }
        }
        Ok(())
    }
}

/// An EEPROM: every byte can be written, a page at once; a cut leaves of each byte of the page the old, the new or
/// some of both.
#[derive(Debug, Clone)]
pub struct Bytes<const PAGE: usize = 64> {
    pub bytes: Vec<u8>,
    pub power: Power,
}

impl<const PAGE: usize> Bytes<PAGE> {
    pub fn blank(capacity: usize) -> Self {
        Self { bytes: vec![0xff; capacity], power: Power::steady() }
    }

    pub fn cut_after(&mut self, operations: u64, seed: u64) {
        self.power = Power::lasting(Some(operations), seed);
    }

    pub fn power_on(&mut self) {
        self.power = Power::steady();
    }
}

impl<const PAGE: usize> ReadStorage for Bytes<PAGE> {
    type Error = PowerCut;

    fn read(&mut self, offset: u32, bytes: &mut [u8]) -> Result<(), PowerCut> {
        if !self.power.on {
            return Err(PowerCut);
        }
        bytes.copy_from_slice(&self.bytes[offset as usize..][..bytes.len()]);
        Ok(())
    }

    fn capacity(&self) -> usize {
        self.bytes.len()
    }
}

impl<const PAGE: usize> Storage for Bytes<PAGE> {
    fn write(&mut self, offset: u32, bytes: &[u8]) -> Result<(), PowerCut> {
        let (mut at, mut rest) = (offset as usize, bytes);
        while !rest.is_empty() {
            let (now, later) = rest.split_at(rest.len().min(PAGE - at % PAGE));
            let cut = self.power.spend()?;
            for (stored, byte) in self.bytes[at..].iter_mut().zip(now) {
                let mask =
                    if cut { [0, 0xff, self.power.chance.draw() as u8][self.power.chance.below(3) as usize] } else { 0xff };
                *stored = (*stored & !mask) | (byte & mask);
            }
            if cut {
                return Err(PowerCut);
            }
            (at, rest) = (at + now.len(), later);
        }
        Ok(())
    }
}
