//! A line as a socket.

use std::io::{ErrorKind, Read, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::{Duration, Instant};

/// A socket that never waits.
#[derive(Debug)]
pub(super) struct Socket(UnixStream);

impl Socket {
    /// To where somebody listens, or soon does.
    pub(super) fn connect(path: &Path, patience: Duration) -> Self {
        let start = Instant::now();
        loop {
            match UnixStream::connect(path) {
                Ok(stream) => {
                    stream.set_nonblocking(true).expect("a socket");
                    return Self(stream);
                }
                Err(error) => assert!(start.elapsed() < patience, "{}: {error}", path.display()),
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// What has come.
    pub(super) fn take(&mut self) -> Vec<u8> {
        let mut bytes = vec![0; 4096];
        match self.0.read(&mut bytes) {
            Ok(length) => bytes.truncate(length),
            Err(_) => bytes.clear(),
        }
        bytes
    }

    /// Sends all of it.
    pub(super) fn put(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            match self.0.write(bytes) {
                Ok(length) => bytes = &bytes[length..],
                Err(error) if error.kind() == ErrorKind::WouldBlock => std::thread::sleep(Duration::from_millis(1)),
                Err(_) => return,
            }
        }
    }
}
