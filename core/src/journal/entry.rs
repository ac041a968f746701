//! Entries: a header, a body and the digest that chains them, in whole blocks.
//!
//! | Offset | Bytes | Field | |
//! |---|---|---|---|
//! | 0 | 4 | tag | codeword: an image or a step |
//! | 4 | 4 | length | of the body |
//! | 8 | 8 | sequence | steps committed, this one included |
//! | 16 | 4 | word | codeword: a step's verdict, an image's intent |
//! | 20 | 4 | lifecycle | codeword: where the lease stands afterwards |
//! | 24 | 4 | rules | version of the rule set |
//! | 28 | 2 | rule | that decided; 0 in an image |
//! | 30 | 2 | format | 1 |
//! | 32 | length | body | an image, or a step's time and command |
//! | 32 + length | 16 | digest | the first half of SHA-256 over the digest before, header and body |
//!
//! Numbers are little-endian; what is left of the last [`PIECE`] stays blank. The digest before an image is zeros.

use super::codeword::Codeword;
use super::layout::Stretch;
use super::medium::read_block;
use super::{BLOCK, Fault, PIECE};
use crate::encoding::{Refused, Sink, Source};
use embedded_storage::nor_flash::NorFlash;
use sha2::{Digest as _, Sha256};

/// The format of entries and images.
pub(super) const FORMAT: u16 = 1;

/// What chains one entry to the next.
pub(super) type Chain = [u8; 16];

/// Bytes of an entry beside its body.
pub(super) const OVERHEAD: u32 = BLOCK as u32 + 16;

/// The first block of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) tag: Codeword,
    pub(super) length: u32,
    pub(super) sequence: u64,
    pub(super) word: Codeword,
    pub(super) main: Codeword,
    pub(super) rules: u32,
    pub(super) rule: u16,
    pub(super) format: u16,
}

/// An entry that is whole.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    pub(super) header: Header,
    /// Where its body begins.
    pub(super) body: u32,
    pub(super) chain: Chain,
    /// Where the next entry begins.
    pub(super) next: u32,
}

/// What stands at a place.
#[derive(Debug, Clone, Copy)]
pub(super) enum Found {
    /// Nothing was written there.
    Blank,
    /// Not an entry, or not a whole one.
    Broken,
    /// An entry.
    Whole(Entry),
}

impl Header {
    fn to_block(self) -> [u8; BLOCK] {
        let Self { tag, length, sequence, word, main, rules, rule, format } = self;
        let mut block = [0; BLOCK];
        let fields: [&[u8]; 8] = [
            &tag.to_le_bytes(),
            &length.to_le_bytes(),
            &sequence.to_le_bytes(),
            &word.to_le_bytes(),
            &main.to_le_bytes(),
            &rules.to_le_bytes(),
            &rule.to_le_bytes(),
            &format.to_le_bytes(),
        ];
        for (place, byte) in block.iter_mut().zip(fields.into_iter().flatten()) {
            *place = *byte;
        }
        block
    }

    fn of_block(block: &[u8; BLOCK]) -> Option<Self> {
        let mut rest = block.as_slice();
        Some(Self {
            tag: Codeword::from_le_bytes(field(&mut rest)?)?,
            length: u32::from_le_bytes(field(&mut rest)?),
            sequence: u64::from_le_bytes(field(&mut rest)?),
            word: Codeword::from_le_bytes(field(&mut rest)?)?,
            main: Codeword::from_le_bytes(field(&mut rest)?)?,
            rules: u32::from_le_bytes(field(&mut rest)?),
            rule: u16::from_le_bytes(field(&mut rest)?),
            format: u16::from_le_bytes(field(&mut rest)?),
        })
    }
}

/// Takes the next field.
pub(super) fn field<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (field, later) = rest.split_first_chunk()?;
    *rest = later;
    Some(*field)
}

/// How many bytes of the medium an entry with a body of `length` takes.
pub(super) const fn size(length: u32) -> u32 {
    length.saturating_add(OVERHEAD).div_ceil(PIECE as u32).saturating_mul(PIECE as u32)
}

/// Reads the entry at `at`, as far as `end`, that follows one with the digest `before`.
#[inline(never)]
pub(super) fn read<F: NorFlash>(flash: &mut F, at: u32, end: u32, before: &Chain) -> Result<Found, Fault<F::Error>> {
    if at.saturating_add(OVERHEAD) > end {
        return Ok(Found::Blank);
    }
    let block = read_block(flash, at)?;
    if block == [0xff; BLOCK] {
        return Ok(Found::Blank);
    }
    let Some(header) = Header::of_block(&block) else { return Ok(Found::Broken) };
    let next = at.saturating_add(size(header.length));
    if next > end {
        return Ok(Found::Broken);
    }
    let body = at.saturating_add(BLOCK as u32);
    let mut hasher = Sha256::new();
    hasher.update(before);
    hasher.update(block);
    let mut reader = Body::new(flash, body, header.length.saturating_add(16));
    let (mut left, mut bytes, mut chain) = (header.length as usize, [0; BLOCK], [0; 16]);
    while let Some(piece) = bytes.get_mut(..left.min(BLOCK)).filter(|piece| !piece.is_empty()) {
        if reader.take(piece).is_err() {
            break;
        }
        hasher.update(&*piece);
        left = left.saturating_sub(piece.len());
    }
    let whole = left == 0 && reader.take(&mut chain).is_ok();
    if let Some(error) = reader.failed {
        return Err(Fault::Medium(error));
    }
    if !whole || half(hasher) != chain {
        return Ok(Found::Broken);
    }
    Ok(Found::Whole(Entry { header, body, chain, next }))
}

fn half(hasher: Sha256) -> Chain {
    let digest: [u8; 32] = hasher.finalize().into();
    let mut chain = [0; 16];
    for (place, byte) in chain.iter_mut().zip(digest) {
        *place = byte;
    }
    chain
}

/// Writes an entry at `at`, reads it back, and says what was written. `write_body` is asked twice: for the
/// length, then for the bytes.
///
/// # Errors
///
/// [`Fault::NoRoom`] where it does not fit `stretch`; then nothing was written.
#[inline(never)]
pub(super) fn write<F: NorFlash>(
    flash: &mut F,
    stretch: Stretch,
    at: u32,
    mut header: Header,
    before: &Chain,
    write_body: &dyn Fn(&mut dyn Sink) -> Result<(), Refused>,
) -> Result<Entry, Fault<F::Error>> {
    let mut counter = Counter(0);
    write_body(&mut counter).map_err(|Refused| Fault::Unencodable)?;
    header.length = counter.0;
    let needed = size(header.length);
    if needed > stretch.to.saturating_sub(at) {
        return Err(Fault::NoRoom { needed, has: stretch.to.saturating_sub(at) });
    }
    let mut writer = Writer { flash, at, buffer: [0xff; BUFFER], filled: 0, hasher: Sha256::new(), failed: None };
    writer.hasher.update(before);
    writer.put(&header.to_block());
    write_body(&mut writer).map_err(|Refused| Fault::Unencodable)?;
    let chain = half(core::mem::take(&mut writer.hasher));
    writer.push(&chain);
    writer.flush(BLOCK);
    if let Some(error) = writer.failed {
        return Err(Fault::Medium(error));
    }
    match read(flash, at, stretch.to, before)? {
        Found::Whole(entry) if entry.chain == chain => Ok(entry),
        _ => Err(Fault::NotWritten { at }),
    }
}

/// Counts what would be written.
struct Counter(u32);

impl Sink for Counter {
    fn put(&mut self, bytes: &[u8]) {
        self.0 = self.0.saturating_add(u32::try_from(bytes.len()).unwrap_or(u32::MAX));
    }
}

/// Bytes that are written at once.
const BUFFER: usize = 4 * BLOCK;

/// Collects an entry in pieces of whole blocks. After a failure nothing more is written.
struct Writer<'a, F: NorFlash> {
    flash: &'a mut F,
    at: u32,
    buffer: [u8; BUFFER],
    filled: usize,
    hasher: Sha256,
    failed: Option<F::Error>,
}

impl<F: NorFlash> Writer<'_, F> {
    fn push(&mut self, bytes: &[u8]) {
        let mut rest = bytes;
        while let Some(free) = self.buffer.get_mut(self.filled..).filter(|_| !rest.is_empty()) {
            let fits = rest.len().min(free.len());
            let (now, later) = rest.split_at(fits);
            for (place, byte) in free.iter_mut().zip(now) {
                *place = *byte;
            }
            self.filled = self.filled.saturating_add(fits);
            rest = later;
            if self.filled == BUFFER {
                self.flush(BUFFER);
            }
        }
    }

    /// Writes what was collected, as multiples of `unit`; what is left of the last stays blank.
    fn flush(&mut self, unit: usize) {
        let length = self.filled.next_multiple_of(unit);
        let Some(bytes) = self.buffer.get(..length) else { return };
        if self.failed.is_none() && length > 0 {
            self.failed = self.flash.write(self.at, bytes).err();
        }
        self.at = self.at.saturating_add(u32::try_from(length).unwrap_or_default());
        self.filled = 0;
        self.buffer = [0xff; BUFFER];
    }
}

impl<F: NorFlash> Sink for Writer<'_, F> {
    fn put(&mut self, bytes: &[u8]) {
        self.hasher.update(bytes);
        self.push(bytes);
    }
}

/// Reads an entry's body, block by block.
pub(super) struct Body<'a, F: NorFlash> {
    flash: &'a mut F,
    at: u32,
    left: u32,
    block: [u8; BLOCK],
    used: usize,
    /// The medium's error, where that is why reading ended.
    pub(super) failed: Option<F::Error>,
}

impl<'a, F: NorFlash> Body<'a, F> {
    pub(super) const fn new(flash: &'a mut F, at: u32, length: u32) -> Self {
        Self { flash, at, left: length, block: [0; BLOCK], used: BLOCK, failed: None }
    }

    /// Whether all of it was read.
    pub(super) const fn is_over(&self) -> bool {
        self.left == 0
    }
}

impl<F: NorFlash> Source for Body<'_, F> {
    fn take(&mut self, bytes: &mut [u8]) -> Result<(), Refused> {
        let mut rest = bytes;
        while !rest.is_empty() {
            if self.left == 0 {
                return Err(Refused);
            }
            if self.used == BLOCK {
                if let Err(error) = self.flash.read(self.at, &mut self.block) {
                    self.failed = Some(error);
                    return Err(Refused);
                }
                self.at = self.at.saturating_add(BLOCK as u32);
                self.used = 0;
            }
            let fresh = self.block.get(self.used..).unwrap_or_default();
            let count = rest.len().min(fresh.len()).min(self.left as usize);
            let (now, later) = rest.split_at_mut_checked(count).ok_or(Refused)?;
            for (place, byte) in now.iter_mut().zip(fresh) {
                *place = *byte;
            }
            self.used = self.used.saturating_add(count);
            self.left = self.left.saturating_sub(u32::try_from(count).unwrap_or(u32::MAX));
            rest = later;
        }
        Ok(())
    }
}
