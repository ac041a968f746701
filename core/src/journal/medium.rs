//! The medium in blocks: read, blank, erased and read back.

use super::layout::Stretch;
use super::{BLOCK, Fault};
use embedded_storage::nor_flash::NorFlash;
use sha2::{Digest as _, Sha256};

/// A block that nothing was written to since it was erased.
const BLANK: [u8; BLOCK] = [0xff; BLOCK];

pub(super) fn read_block<F: NorFlash>(flash: &mut F, at: u32) -> Result<[u8; BLOCK], Fault<F::Error>> {
    let mut block = [0; BLOCK];
    flash.read(at, &mut block).map_err(Fault::Medium)?;
    Ok(block)
}

/// The first block of `stretch` that is not blank.
pub(super) fn first_written<F: NorFlash>(flash: &mut F, stretch: Stretch) -> Result<Option<u32>, Fault<F::Error>> {
    for at in blocks(stretch) {
        if read_block(flash, at)? != BLANK {
            return Ok(Some(at));
        }
    }
    Ok(None)
}

pub(super) fn is_blank<F: NorFlash>(flash: &mut F, stretch: Stretch) -> Result<bool, Fault<F::Error>> {
    Ok(first_written(flash, stretch)?.is_none())
}

/// Erases `stretch` and reads it back.
pub(super) fn erase<F: NorFlash>(flash: &mut F, stretch: Stretch) -> Result<(), Fault<F::Error>> {
    flash.erase(stretch.from, stretch.to).map_err(Fault::Medium)?;
    match first_written(flash, stretch)? {
        Some(at) => Err(Fault::NotErased { at }),
        None => Ok(()),
    }
}

/// A number that stands for what is in these stretches, never 0.
pub(super) fn fingerprint<F: NorFlash>(flash: &mut F, stretches: [Stretch; 2]) -> Result<u32, Fault<F::Error>> {
    let mut hasher = Sha256::new();
    for at in stretches.into_iter().flat_map(blocks) {
        hasher.update(read_block(flash, at)?);
    }
    let [a, b, c, d, ..] = <[u8; 32]>::from(hasher.finalize());
    Ok(u32::from_le_bytes([a, b, c, d]).max(1))
}

fn blocks(stretch: Stretch) -> impl Iterator<Item = u32> {
    (stretch.from..stretch.to).step_by(BLOCK)
}
