//! Keys, and the tags that they make.

use crate::command::Command;
use crate::encoding::{Sink, write};
use crate::id::Id;
use core::fmt;
use hmac::digest::Key as Block;
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

/// Bytes of a key.
pub const KEY: usize = 32;

/// Bytes of a tag.
pub const TAG: usize = 32;

/// What keeps these tags from being taken for others under the same key.
const DOMAIN: &[u8] = b"strongroom link command 1\0";

/// A party's secret.
#[derive(Clone, PartialEq, Eq)]
pub struct Key([u8; KEY]);

/// A proof that whoever had the key sealed something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tag(pub [u8; TAG]);

impl Key {
    /// The key of these bytes; `None` for all zeros or all ones, which is what a blank or an erased medium holds.
    #[must_use]
    pub fn new(bytes: [u8; KEY]) -> Option<Self> {
        (bytes != [0; KEY] && bytes != [0xff; KEY]).then_some(Self(bytes))
    }

    /// Its bytes, to be stored where nobody reads them.
    #[must_use]
    pub const fn dangerous_bytes(&self) -> &[u8; KEY] {
        &self.0
    }

    pub(super) fn tag(&self, session: Id, counter: u64, command: &Command) -> Tag {
        Tag(self.mac(session, counter, command).finalize().into_bytes().into())
    }

    /// Compares in constant time.
    pub(super) fn is_tag(&self, tag: &Tag, session: Id, counter: u64, command: &Command) -> bool {
        self.mac(session, counter, command).verify_slice(&tag.0).is_ok()
    }

    fn mac(&self, session: Id, counter: u64, command: &Command) -> Hmac<Sha256> {
        // A key is filled up with zeros to the block of the hash.
        let mut block = Block::<Hmac<Sha256>>::default();
        for (place, byte) in block.iter_mut().zip(self.0) {
            *place = byte;
        }
        let mut mac = Hmac::<Sha256>::new(&block);
        mac.update(DOMAIN);
        mac.update(&session.0);
        mac.update(&counter.to_le_bytes());
        // No command is refused; if one were, its tag would stand for no command at all.
        let _ = write(command, &mut mac);
        mac
    }
}

/// Shows nothing of it.
impl fmt::Debug for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Key")
    }
}

impl Sink for Hmac<Sha256> {
    fn put(&mut self, bytes: &[u8]) {
        self.update(bytes);
    }
}
