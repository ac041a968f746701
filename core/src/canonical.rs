//! The canonical encoding of a value, hashed without a buffer.
//!
//! The encoding is postcard's: it writes sequences by their length and never by their capacity, so
//! that engines of different capacities in the same state have the same digest (contract 4).

use crate::id::Digest;
use postcard::ser_flavors::Flavor;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

struct Hashed(Sha256);

impl Flavor for Hashed {
    type Output = Digest;

    fn try_push(&mut self, byte: u8) -> postcard::Result<()> {
        self.0.update([byte]);
        Ok(())
    }

    fn try_extend(&mut self, bytes: &[u8]) -> postcard::Result<()> {
        self.0.update(bytes);
        Ok(())
    }

    fn finalize(self) -> postcard::Result<Self::Output> {
        Ok(Digest(self.0.finalize().into()))
    }
}

/// The longest value that [`digest_of_short`] takes, in bytes of its encoding.
const SHORT: usize = 256;

/// As [`digest`], for values that fit a buffer: encoding them as the wire does shares its code.
pub(crate) fn digest_of_short<T: Serialize + ?Sized>(domain: &[u8], value: &T) -> Digest {
    let mut buffer = [0; SHORT];
    let Ok(encoded) = postcard::to_slice(value, &mut buffer) else { return Digest::NONE };
    sha256(&[domain, &[0], encoded])
}

/// SHA-256 over the parts, one after another. Not inlined: its callers are many, its code is not short.
#[inline(never)]
pub(crate) fn sha256(parts: &[&[u8]]) -> Digest {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part);
    }
    Digest(hasher.finalize().into())
}

/// SHA-256 over `domain`, a zero byte and the canonical encoding of `value`.
///
/// Hashing cannot fail, and none of the core's own types refuses to be encoded; [`Digest::NONE`]
/// would be the answer if one did, and no real digest equals it.
pub(crate) fn digest<T: Serialize + ?Sized>(domain: &[u8], value: &T) -> Digest {
    let mut hasher = Sha256::new();
    hasher.update(domain);
    hasher.update([0]);
    postcard::serialize_with_flavor(value, Hashed(hasher)).unwrap_or(Digest::NONE)
}
