//! What the image has stored, read on the host by the same code.

use crate::cast::DEVICE;
use embedded_storage::{ReadStorage, Storage};
use std::convert::Infallible;
use std::path::Path;
use strongroom_core::Policy;
use strongroom_core::journal::{Durable, Eeprom, Layout, Mounted};

/// Bytes of the EEPROM that are the journal's; the keys' follow them.
const JOURNAL: usize = 32 * 1024 - 512;

/// A copy of an EEPROM's contents.
#[derive(Debug)]
pub struct Contents(Vec<u8>);

impl ReadStorage for Contents {
    type Error = Infallible;

    fn read(&mut self, offset: u32, bytes: &mut [u8]) -> Result<(), Infallible> {
        let offset = offset as usize;
        bytes.copy_from_slice(&self.0[offset..offset + bytes.len()]);
        Ok(())
    }

    fn capacity(&self) -> usize {
        self.0.len()
    }
}

impl Storage for Contents {
    fn write(&mut self, offset: u32, bytes: &[u8]) -> Result<(), Infallible> {
        let offset = offset as usize;
        self.0[offset..offset + bytes.len()].copy_from_slice(bytes);
        Ok(())
    }
}

/// The engine that a board will have when it is switched on, and what was found; the file stays as it is.
///
/// # Panics
///
/// Where the file cannot be read, or is no EEPROM's.
#[must_use]
pub fn mount(eeprom: &Path) -> (Durable<Eeprom<Contents>>, Mounted) {
    let mut bytes = std::fs::read(eeprom).expect("an EEPROM's file");
    bytes.truncate(JOURNAL);
    let layout = Layout::over(JOURNAL as u32, 64).expect("it fits");
    let mut durable = Durable::new(Eeprom(Contents(bytes)));
    let mounted = durable.mount(&layout, DEVICE, &Policy::AZURE).expect("nothing fails");
    (durable, mounted)
}
