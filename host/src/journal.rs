//! A journal in a file: the core's storage on hosts, in the very format of a board's EEPROM.
//!
//! The file's bytes are the medium's, so that a dump of a board's 24C256 opens here and a file can be put on one.
//! Every write and erasure is on the disk (`fsync`) before it counts. One process at a time holds a journal: another
//! waits, and then says who holds it.

mod lock;
mod medium;
mod volatile;

pub use lock::Lock;
pub use medium::FileMedium;
pub use volatile::Volatile;

use std::fmt;
use std::io;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::time::Duration;
use strongroom_core::journal::{self, Layout, Mounted};
use strongroom_core::{Device, Policy};

/// An engine that a file keeps.
pub type Durable = journal::Durable<FileMedium>;

/// Bytes of a new journal: a 24C256's.
pub const CAPACITY: u32 = 32 * 1024;

/// Bytes that are erased at once: an EEPROM's page.
pub const PAGE: usize = 64;

/// Bytes that a journal may have.
const SIZES: RangeInclusive<u32> = 24 * 1024..=16 * 1024 * 1024;

/// Why a journal cannot be opened.
#[derive(Debug)]
pub enum Error {
    /// The file cannot be made, read or written.
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// Another process holds it.
    Held {
        /// The journal.
        path: PathBuf,
        /// What it says of itself: process, command, since when.
        holder: String,
    },
    /// It has a size that no journal has.
    Size {
        /// The journal.
        path: PathBuf,
        /// Its bytes.
        bytes: u64,
    },
    /// What is in it cannot be read or written.
    Fault {
        /// The journal.
        path: PathBuf,
        /// What failed.
        fault: journal::Fault<medium::Failed>,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { path, error } => write!(formatter, "{}: {error}", path.display()),
            Self::Held { path, holder } => {
                write!(formatter, "{} is held by {holder}; end that process, or wait for it", path.display())
            }
            Self::Size { path, bytes } => write!(
                formatter,
                "{} has {bytes} bytes, which is no journal's size: a multiple of {PAGE} from 24 KiB to 16 MiB; a new one has {CAPACITY}",
                path.display()
            ),
            Self::Fault { path, fault } => write!(formatter, "{}: {fault}", path.display()),
        }
    }
}

impl std::error::Error for Error {}

/// Opens the journal at `path`, or makes one, and mounts it; where another process holds it, waits up to `wait`.
///
/// # Errors
///
/// Where the file cannot be opened or another process still holds it. What is in it and cannot be read is no error:
/// [`Mounted`] says so, and every access is closed.
pub fn open(path: &Path, device: Device, policy: &'static Policy, wait: Duration) -> Result<(Durable, Mounted), Error> {
    let lock = Lock::take(path, wait)?;
    let medium = FileMedium::open(path, lock)?;
    let bytes = medium.bytes();
    let size = u32::try_from(bytes).ok().filter(|size| SIZES.contains(size) && size.is_multiple_of(PAGE as u32));
    let layout = size.and_then(|size| Layout::over(size, PAGE as u32));
    let layout = layout.ok_or_else(|| Error::Size { path: path.to_owned(), bytes })?;
    let mut durable = Durable::new(medium);
    let mounted = durable.mount(&layout, device, policy).map_err(|fault| Error::Fault { path: path.to_owned(), fault })?;
    Ok((durable, mounted))
}
