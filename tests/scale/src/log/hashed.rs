//! What the hashes of a log alone take: its leaf and node messages with `sha2`, one after another.

use super::Error;
use sha2::{Digest as _, Sha256};
use std::path::Path;
use std::time::{Duration, Instant};
use strongroom_core::Record;
use strongroom_host::log::Directory;
use strongroom_host::merkle::{Hash, hex};

/// Records that are hashed between two looks at the clock.
const PIECE: usize = 256;

/// What came of hashing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hashed {
    /// Time spent in `sha2` alone; reading, and putting messages together, is not counted.
    pub time: Duration,
    /// Messages.
    pub messages: u64,
}

/// Hashes every leaf and node message of the log in `folder`, one after another, and sees that this leads to its root.
///
/// # Errors
///
/// The log cannot be read, or its root is another one: then it was not its messages that were hashed.
pub fn hashes(folder: &Path) -> Result<Hashed, Error> {
    let directory = Directory::open(folder)?;
    let head = directory.head().ok_or("the log has no checkpoint")?;
    let mut hashed = Hashed { time: Duration::ZERO, messages: 0 };
    let mut level = Vec::with_capacity(head.size as usize / PIECE + 1);
    let mut piece: Vec<[u8; 1 + Record::SIZE]> = Vec::with_capacity(PIECE);
    let mut records = directory.records().take(head.size as usize).peekable();
    while records.peek().is_some() {
        piece.clear();
        for record in records.by_ref().take(PIECE) {
            let mut message = [0; 1 + Record::SIZE];
            message[1..].copy_from_slice(&record?.to_bytes());
            piece.push(message);
        }
        let leaves = hashed.all(&piece);
        level.push(hashed.root(leaves));
    }
    let root = hashed.root(level);
    if root == head.root {
        Ok(hashed)
    } else {
        Err(format!("the log's hashes lead to {}, and its checkpoint says {}", hex(&root), hex(&head.root)).into())
    }
}

impl Hashed {
    /// The hashes of these messages: this alone is timed.
    fn all<const LENGTH: usize>(&mut self, messages: &[[u8; LENGTH]]) -> Vec<Hash> {
        let mut hashes = Vec::with_capacity(messages.len());
        let start = Instant::now();
        hashes.extend(messages.iter().map(|message| -> Hash { Sha256::digest(message).into() }));
        self.time += start.elapsed();
        self.messages += messages.len() as u64;
        hashes
    }

    /// The root over a level, level by level.
    fn root(&mut self, mut level: Vec<Hash>) -> Hash {
        while level.len() > 1 {
            let (pairs, alone) = level.as_chunks::<2>();
            let messages: Vec<[u8; 65]> = pairs.iter().map(message).collect();
            let mut above = self.all(&messages);
            above.extend(alone);
            level = above;
        }
        level.first().copied().unwrap_or_else(|| Sha256::digest([]).into())
    }
}

/// A node's message: a one byte and both children.
fn message(children: &[Hash; 2]) -> [u8; 65] {
    let mut message = [1; 65];
    message[1..].copy_from_slice(children.as_flattened());
    message
}
