//! Keys, and the tags that they make.

use crate::encoding::{Sink, write};
use crate::id::read_bytes;
use core::fmt;
use hmac::digest::Key as Block;
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

/// Bytes of a key.
pub const KEY: usize = 32;

/// Bytes of a tag.
pub const TAG: usize = 32;

/// A party's secret.
#[derive(Clone, PartialEq, Eq)]
pub struct Key([u8; KEY]);

/// A proof that whoever had the key said something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tag(#[serde(deserialize_with = "read_bytes")] pub [u8; TAG]);

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

    /// The tag over a value, under a domain that keeps it from being taken for another kind's.
    pub(super) fn tag<T: Serialize>(&self, domain: &[u8], value: &T) -> Tag {
        Tag(self.mac(domain, value).finalize().into_bytes().into())
    }

    /// Whether it is that tag, compared in constant time.
    pub(super) fn is_tag<T: Serialize>(&self, tag: &Tag, domain: &[u8], value: &T) -> bool {
        self.mac(domain, value).verify_slice(&tag.0).is_ok()
    }

    fn mac<T: Serialize>(&self, domain: &[u8], value: &T) -> Hmac<Sha256> {
        // A key is filled up with zeros to the block of the hash.
        let mut block = Block::<Hmac<Sha256>>::default();
        for (place, byte) in block.iter_mut().zip(self.0) {
            *place = byte;
        }
        let mut mac = Hmac::<Sha256>::new(&block);
        mac.update(domain);
        mac.update(&[0]);
        // Nothing that is sealed is refused by the encoding; if it were, its tag would stand for nothing that can be read.
        let _ = write(value, &mut mac);
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
