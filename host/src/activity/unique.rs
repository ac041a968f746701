//! Identifiers that are the same whenever and wherever the same log is told.

use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::Error;
use sha2::{Digest, Sha256};
use strongroom_core::Id;

/// A UUID made of the parts, each with its length so that no two lists of parts run together: SHA-256 of them, cut to
/// 16 bytes, marked as version 8 (RFC 9562, section 5.8).
#[must_use]
pub fn identifier(parts: &[&[u8]]) -> Id {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part);
    }
    let digest: [u8; 32] = hasher.finalize().into();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    Id(bytes)
}

/// The id that a text writes as a UUID.
///
/// # Errors
///
/// A text that says what would be right.
pub fn identity(text: &str) -> Result<Id, String> {
    let read = Id::deserialize(IntoDeserializer::<Error>::into_deserializer(text));
    read.map_err(|_| format!("{text:?} is not a UUID, such as 00000000-0000-4000-8000-000000000001"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_do_not_run_together() {
        assert_ne!(identifier(&[b"ab", b"c"]), identifier(&[b"a", b"bc"]));
        assert_eq!(identifier(&[b"ab", b"c"]), identifier(&[b"ab", b"c"]));
    }

    #[test]
    fn it_is_a_uuid_of_version_8() {
        let text = identifier(&[b"x"]).to_string();
        assert_eq!(text.as_bytes()[14], b'8');
        assert!(matches!(text.as_bytes()[19], b'8' | b'9' | b'a' | b'b'));
    }
}
