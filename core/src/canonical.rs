//! The canonical encoding of a value, hashed without a buffer.
//!
//! The encoding is postcard's: it writes sequences by their length and never by their capacity, so
//! that engines of different capacities in the same state have the same digest (contract 4).

use crate::encoding::{Sink, write};
use crate::id::Digest;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

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
    hasher.put(domain);
    hasher.put(&[0]);
    match write(value, &mut hasher) {
        Ok(()) => Digest(hasher.finalize().into()),
        Err(_) => Digest::NONE,
    }
}
