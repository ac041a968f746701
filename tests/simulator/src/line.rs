//! The serial line, as this machine has it.

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};
use std::fs::{File, OpenOptions};
use std::io::{Error, Read, Write};
use std::net::TcpListener;
use std::os::unix::net::UnixListener;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use strongroom_simulator::Device;

/// Where the line is.
pub(crate) enum Place {
    /// A pseudo-terminal.
    Terminal,
    /// A socket with a path.
    Unix(PathBuf),
    /// A port of this machine.
    Tcp(u16),
}

/// Serves the device there, on a thread of its own, and prints where.
pub(crate) fn serve(place: Place, device: Arc<Mutex<Device>>) -> Result<(), String> {
    match place {
        Place::Terminal => {
            let (line, path, kept) = terminal().map_err(|error| format!("no pseudo-terminal: {error}"))?;
            println!("{path}");
            thread::spawn(move || {
                // Open for as long as it runs: else the line would hang up with whoever leaves it.
                let _kept = kept;
                talk(&line, &line, &device);
            });
        }
        Place::Unix(path) => {
            let listener = UnixListener::bind(&path).map_err(|error| format!("{}: {error}", path.display()))?;
            println!("{}", path.display());
            thread::spawn(move || listener.incoming().flatten().for_each(|stream| talk(&stream, &stream, &device)));
        }
        Place::Tcp(port) => {
            let failed = |error| format!("port {port}: {error}");
            let listener = TcpListener::bind(("127.0.0.1", port)).map_err(failed)?;
            println!("{}", listener.local_addr().map_err(failed)?);
            thread::spawn(move || listener.incoming().flatten().for_each(|stream| talk(&stream, &stream, &device)));
        }
    }
    Ok(())
}

/// The device's end, the path of the other one, and that one opened.
fn terminal() -> Result<(File, String, File), Error> {
    let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY)?;
    grantpt(&master)?;
    unlockpt(&master)?;
    let path = ptsname(&master, Vec::new())?.into_string().map_err(Error::other)?;
    let other = OpenOptions::new().read(true).write(true).open(&path)?;
    // A line has no echo and no line ends of its own.
    let mut modes = tcgetattr(&other)?;
    modes.make_raw();
    tcsetattr(&other, OptionalActions::Now, &modes)?;
    Ok((File::from(master), path, other))
}

fn talk(mut from: impl Read, mut to: impl Write, device: &Mutex<Device>) {
    let mut bytes = [0; 512];
    while let Ok(length) = from.read(&mut bytes) {
        if length == 0 {
            return;
        }
        let printed = device.lock().unwrap_or_else(PoisonError::into_inner).take(bytes.get(..length).unwrap_or_default());
        if to.write_all(&printed).is_err() {
            return;
        }
    }
}
