//! One writer: a lock that ends with its process, and says whose it is.

use super::Error;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How long to wait before trying again.
const PAUSE: Duration = Duration::from_millis(20);

/// The right to write one journal; given up when it is dropped or its process ends, however it ends.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock of the journal at `path`: the file beside it that ends in `.lock`.
    ///
    /// # Errors
    ///
    /// [`Error::Held`] where another process holds it for all of `wait`.
    pub fn take(path: &Path, wait: Duration) -> Result<Self, Error> {
        let beside = beside(path);
        let fail = |error| Error::File { path: beside.clone(), error };
        let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&beside).map_err(fail)?;
        // Not the moment until when: a wait may be longer than the clock lasts.
        let since = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::Error(error)) => return Err(fail(error)),
                Err(TryLockError::WouldBlock) if since.elapsed() < wait => std::thread::sleep(PAUSE),
                Err(TryLockError::WouldBlock) => {
                    let mut holder = String::new();
                    let told = file.read_to_string(&mut holder).is_ok() && !holder.trim().is_empty();
                    let holder = if told { holder.trim().to_owned() } else { "a process that does not say who it is".to_owned() };
                    return Err(Error::Held { path: path.to_owned(), holder });
                }
            }
        }
        // It only helps those who wait. On a full disk nobody is kept from what ends access.
        let _ = file.set_len(0).and_then(|()| file.rewind()).and_then(|()| file.write_all(introduction().as_bytes()));
        Ok(Self { _file: file })
    }
}

fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    PathBuf::from(name)
}

/// Who this process is, for those who wait: the command up to its first option, since options hold texts of a customer's.
fn introduction() -> String {
    let words = std::env::args_os().map(|part| part.to_string_lossy().escape_debug().to_string());
    let command: Vec<String> = words.take_while(|word| !word.starts_with('-')).collect();
    format!("process {} ({}) since {}\n", std::process::id(), command.join(" "), jiff::Timestamp::now().strftime("%FT%TZ"))
}
