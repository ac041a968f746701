//! Verifying a long log.

use super::{Error, public_key};
use crate::memory;
use crate::progress::Bar;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::{Duration, Instant};
use strongroom_host::log::disk::Folder;
use strongroom_host::log::verify::verify_on;

/// What came of a verification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// How many records are signed.
    pub records: u32,
    /// How long it took, from the first look at the folder to the report.
    pub time: Duration,
    /// The most memory that this process had until then, in KiB.
    pub peak: Option<u64>,
}

/// Verifies the log in `folder` on so many threads, signatures included.
///
/// # Errors
///
/// The log cannot be read, or is not as it was signed.
pub fn verify(folder: &Path, threads: NonZeroUsize) -> Result<Verified, Error> {
    let mut bar = None;
    let start = Instant::now();
    let report = verify_on(&Folder::new(folder), Some(&public_key()), Some(threads), &mut |done, total| {
        bar.get_or_insert_with(|| Bar::new("verifying", total.into())).tell(done.into());
        ControlFlow::Continue(())
    })?;
    let time = start.elapsed();
    let report = report.ok_or("broken off")?;
    if !report.is_sound() || report.signed != report.there {
        return Err(format!("the log does not verify: {:?}", report.findings).into());
    }
    Ok(Verified { records: report.signed, time, peak: memory::peak() })
}
