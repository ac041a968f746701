//! Memory as a medium: a journal for as long as the process lasts.

use super::{CAPACITY, PAGE};
use embedded_storage::nor_flash::{ErrorType, NorFlash, NorFlashErrorKind, ReadNorFlash, check_erase, check_read, check_write};

/// A medium in memory.
#[derive(Debug, Clone)]
pub struct Volatile(Vec<u8>);

impl Volatile {
    /// A blank one.
    #[must_use]
    pub fn blank() -> Self {
        Self(vec![0xff; CAPACITY as usize])
    }
}

impl ErrorType for Volatile {
    type Error = NorFlashErrorKind;
}

impl ReadNorFlash for Volatile {
    const READ_SIZE: usize = 1;

    fn read(&mut self, offset: u32, bytes: &mut [u8]) -> Result<(), NorFlashErrorKind> {
        check_read(self, offset, bytes.len())?;
        bytes.copy_from_slice(&self.0[offset as usize..][..bytes.len()]);
        Ok(())
    }

    fn capacity(&self) -> usize {
        self.0.len()
    }
}

impl NorFlash for Volatile {
    const WRITE_SIZE: usize = 1;
    const ERASE_SIZE: usize = PAGE;

    fn erase(&mut self, from: u32, to: u32) -> Result<(), NorFlashErrorKind> {
        check_erase(self, from, to)?;
        self.0[from as usize..to as usize].fill(0xff);
        Ok(())
    }

    fn write(&mut self, offset: u32, bytes: &[u8]) -> Result<(), NorFlashErrorKind> {
        check_write(self, offset, bytes.len())?;
        for (stored, byte) in self.0[offset as usize..].iter_mut().zip(bytes) {
            *stored &= byte;
        }
        Ok(())
    }
}
