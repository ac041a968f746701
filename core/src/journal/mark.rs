//! Head marks: which entry is the last one, twice, apart from the entries.
//!
//! | Offset | Bytes | Field | |
//! |---|---|---|---|
//! | 0 | 4 | tag | codeword |
//! | 4 | 4 | lifecycle | codeword: where the lease stands |
//! | 8 | 4 | intent | codeword: what has to go on after a power cut |
//! | 12 | 4 | segment | 0 and 1 lifecycle, 2 and 3 tenant |
//! | 16 | 8 | number | counted from 1 |
//! | 24 | 8 | sequence | the entry's |
//! | 32 | 16 | chain | the entry's digest |
//! | 48 | 16 | check | the first half of SHA-256 over what stands before |
//!
//! Numbers are little-endian. Both tracks hold the same marks; the highest number counts.

use super::codeword::Codeword;
use super::entry::{Chain, field};
use super::layout::Stretch;
use super::medium::read_block;
use super::{BLOCK, Fault};
use crate::canonical::sha256;
use embedded_storage::nor_flash::NorFlash;

/// Bytes of a mark.
pub(super) const SIZE: usize = 64;

/// One mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) main: Codeword,
    pub(super) intent: Codeword,
    pub(super) segment: u32,
    pub(super) number: u64,
    pub(super) sequence: u64,
    pub(super) chain: Chain,
}

/// What a track holds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Track {
    pub(super) newest: Option<Mark>,
    /// Whether nothing at all is in it.
    pub(super) blank: bool,
}

impl Mark {
    fn to_bytes(self) -> [u8; SIZE] {
        let Self { main, intent, segment, number, sequence, chain } = self;
        let mut bytes = [0; SIZE];
        let fields: [&[u8]; 7] = [
            &Codeword::MARK.to_le_bytes(),
            &main.to_le_bytes(),
            &intent.to_le_bytes(),
            &segment.to_le_bytes(),
            &number.to_le_bytes(),
            &sequence.to_le_bytes(),
            &chain,
        ];
        for (place, byte) in bytes.iter_mut().zip(fields.into_iter().flatten()) {
            *place = *byte;
        }
        if let Some((said, check)) = bytes.split_last_chunk_mut::<16>() {
            *check = check_of(said);
        }
        bytes
    }

    fn of_bytes(bytes: &[u8; SIZE]) -> Option<Self> {
        let (said, check) = bytes.split_last_chunk::<16>()?;
        let mut rest = said;
        let tag = Codeword::from_le_bytes(field(&mut rest)?)?;
        let mark = Self {
            main: Codeword::from_le_bytes(field(&mut rest)?)?,
            intent: Codeword::from_le_bytes(field(&mut rest)?)?,
            segment: u32::from_le_bytes(field(&mut rest)?),
            number: u64::from_le_bytes(field(&mut rest)?),
            sequence: u64::from_le_bytes(field(&mut rest)?),
            chain: field(&mut rest)?,
        };
        (tag == Codeword::MARK && check_of(said) == *check).then_some(mark)
    }
}

fn check_of(said: &[u8]) -> [u8; 16] {
    let mut check = [0; 16];
    for (place, byte) in check.iter_mut().zip(sha256(&[said]).0) {
        *place = byte;
    }
    check
}

/// Reads a track. What is no mark was torn, and another mark says the same.
pub(super) fn read<F: NorFlash>(flash: &mut F, track: Stretch) -> Result<Track, Fault<F::Error>> {
    let mut found = Track { newest: None, blank: true };
    for at in (track.from..track.to).step_by(SIZE) {
        let mut bytes = [0; SIZE];
        for (place, byte) in bytes
            .iter_mut()
            .zip([read_block(flash, at)?, read_block(flash, at.saturating_add(BLOCK as u32))?].into_iter().flatten())
        {
            *place = byte;
        }
        if bytes == [0xff; SIZE] {
            continue;
        }
        found.blank = false;
        if let Some(mark) = Mark::of_bytes(&bytes)
            && found.newest.is_none_or(|newest| newest.number < mark.number)
        {
            found.newest = Some(mark);
        }
    }
    Ok(found)
}

/// Writes `mark` at `at`, and reads it back.
pub(super) fn write<F: NorFlash>(flash: &mut F, at: u32, mark: Mark) -> Result<(), Fault<F::Error>> {
    let bytes = mark.to_bytes();
    flash.write(at, &bytes).map_err(Fault::Medium)?;
    let mut read = [0; SIZE];
    flash.read(at, &mut read).map_err(Fault::Medium)?;
    if read == bytes { Ok(()) } else { Err(Fault::NotWritten { at }) }
}
