//! RAM as a journal's medium, for an image that measures.

use embedded_storage::nor_flash::{ErrorType, NorFlash, NorFlashErrorKind, ReadNorFlash};

/// Bytes of the medium: a 24C256's.
pub const CAPACITY: usize = 32 * 1024;

/// A medium in RAM. Its bits are kept inverted, so that a blank one is zeros and takes no flash.
#[derive(Debug)]
pub struct Ram([u8; CAPACITY]);

impl Ram {
    /// A blank one.
    #[must_use]
    pub const fn blank() -> Self {
        Self([0; CAPACITY])
    }

    fn stretch(&mut self, from: usize, length: usize) -> Result<&mut [u8], NorFlashErrorKind> {
        let stretch = self.0.get_mut(from..).and_then(|rest| rest.get_mut(..length));
        stretch.ok_or(NorFlashErrorKind::OutOfBounds)
    }
}

impl ErrorType for Ram {
    type Error = NorFlashErrorKind;
}

impl ReadNorFlash for Ram {
    const READ_SIZE: usize = 1;

    fn read(&mut self, offset: u32, bytes: &mut [u8]) -> Result<(), NorFlashErrorKind> {
        let stretch = self.stretch(offset as usize, bytes.len())?;
        for (byte, stored) in bytes.iter_mut().zip(stretch) {
            *byte = !*stored;
        }
        Ok(())
    }

    fn capacity(&self) -> usize {
        CAPACITY
    }
}

impl NorFlash for Ram {
    const WRITE_SIZE: usize = 1;
    const ERASE_SIZE: usize = 64;

    fn erase(&mut self, from: u32, to: u32) -> Result<(), NorFlashErrorKind> {
        self.stretch(from as usize, to.wrapping_sub(from) as usize)?.fill(0);
        Ok(())
    }

    fn write(&mut self, offset: u32, bytes: &[u8]) -> Result<(), NorFlashErrorKind> {
        let stretch = self.stretch(offset as usize, bytes.len())?;
        for (stored, byte) in stretch.iter_mut().zip(bytes) {
            *stored |= !*byte;
        }
        Ok(())
    }
}
