//! An EEPROM as a medium.

use super::PIECE;
use embedded_storage::nor_flash::{
    ErrorType, NorFlash, NorFlashError, NorFlashErrorKind, ReadNorFlash, check_erase, check_read, check_write,
};
use embedded_storage::{ReadStorage, Storage};

/// An EEPROM, whose bytes can be written one by one, as a medium that is erased and written.
///
/// Erasing writes all ones. `PAGE` is the part's page in bytes, 64 or a divisor of it: stretches begin and end on it, and
/// so does each entry, because many a part erases and writes the whole page for a byte of it, and a power cut then tears
/// all of it (Microchip's 24AA256, data sheet, section 6.1).
#[derive(Debug, Clone)]
pub struct Eeprom<S, const PAGE: usize = 64>(pub S);

/// What the EEPROM's driver says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Error<E> {
    /// The driver failed.
    Driver(E),
    /// Asked for what is not there.
    Bounds(NorFlashErrorKind),
}

impl<E: core::fmt::Debug> NorFlashError for Error<E> {
    fn kind(&self) -> NorFlashErrorKind {
        match self {
            Self::Driver(_) => NorFlashErrorKind::Other,
            Self::Bounds(kind) => *kind,
        }
    }
}

impl<S: ReadStorage, const PAGE: usize> ErrorType for Eeprom<S, PAGE>
where
    S::Error: core::fmt::Debug,
{
    type Error = Error<S::Error>;
}

impl<S: ReadStorage, const PAGE: usize> ReadNorFlash for Eeprom<S, PAGE>
where
    S::Error: core::fmt::Debug,
{
    const READ_SIZE: usize = 1;

    fn read(&mut self, offset: u32, bytes: &mut [u8]) -> Result<(), Self::Error> {
        check_read(self, offset, bytes.len()).map_err(Error::Bounds)?;
        self.0.read(offset, bytes).map_err(Error::Driver)
    }

    fn capacity(&self) -> usize {
        self.0.capacity()
    }
}

impl<S: Storage, const PAGE: usize> NorFlash for Eeprom<S, PAGE>
where
    S::Error: core::fmt::Debug,
{
    const WRITE_SIZE: usize = 1;
    const ERASE_SIZE: usize = {
        assert!(PIECE.is_multiple_of(PAGE), "a page must not have two entries in it");
        PAGE
    };

    fn erase(&mut self, from: u32, to: u32) -> Result<(), Self::Error> {
        check_erase(self, from, to).map_err(Error::Bounds)?;
        for at in (from..to).step_by(PAGE) {
            self.0.write(at, &[0xff; PAGE]).map_err(Error::Driver)?;
        }
        Ok(())
    }

    fn write(&mut self, offset: u32, bytes: &[u8]) -> Result<(), Self::Error> {
        check_write(self, offset, bytes.len()).map_err(Error::Bounds)?;
        self.0.write(offset, bytes).map_err(Error::Driver)
    }
}
