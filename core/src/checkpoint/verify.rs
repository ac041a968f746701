//! Reading a signed checkpoint, by somebody who has the key.

use super::base64;
use super::{Checkpoint, PUBLIC_KEY, SIGNATURE, key_id};
use crate::audit::Frontier;
use crate::id::Digest;
use core::fmt;
use ed25519_dalek::{Signature, VerifyingKey};
use heapless::String;

/// Why a note is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum Unverified {
    /// It is no checkpoint of one of these logs.
    Malformed,
    /// The key's signature is not among its signatures.
    OtherKey,
    /// The key's signature is wrong, or the key is none.
    Forged,
}

impl Unverified {
    /// A stable number, the same in every language; above every rule's.
    #[must_use]
    pub const fn code(self) -> u16 {
        match self {
            Self::Malformed => 1051,
            Self::OtherKey => 1052,
            Self::Forged => 1053,
        }
    }
}

impl fmt::Display for Unverified {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Malformed => "the text is no checkpoint",
            Self::OtherKey => "the checkpoint is signed by another key",
            Self::Forged => "the checkpoint's signature is wrong",
        })
    }
}

impl core::error::Error for Unverified {}

impl Checkpoint {
    /// The checkpoint that a signed note holds, if `key` signed it. Signatures of others, such as witnesses, may stand
    /// beside.
    ///
    /// # Errors
    ///
    /// Why it is not believed.
    pub fn verify(note: &str, key: &[u8; PUBLIC_KEY]) -> Result<Self, Unverified> {
        let (text, signatures) = note.split_once("\n\n").ok_or(Unverified::Malformed)?;
        let signatures = signatures.strip_suffix('\n').ok_or(Unverified::Malformed)?;
        let checkpoint = Self::read(text).ok_or(Unverified::Malformed)?;
        let id = key_id(&checkpoint.origin, key);
        let mut found = None;
        for line in signatures.split('\n') {
            let (name, encoded) = signature(line).ok_or(Unverified::Malformed)?;
            let mut bytes = [0; 4 + SIGNATURE];
            if name == checkpoint.origin && base64::decode(encoded, &mut bytes).is_some() && bytes.starts_with(&id) {
                found = bytes.last_chunk().copied();
            }
        }
        let signature = Signature::from_bytes(&found.ok_or(Unverified::OtherKey)?);
        let key = VerifyingKey::from_bytes(key).map_err(|_| Unverified::Forged)?;
        // What is signed is what is read: there is one text for each checkpoint.
        let signed = checkpoint.text();
        key.verify_strict(signed.as_bytes(), &signature).map_err(|_| Unverified::Forged)?;
        Ok(checkpoint)
    }

    /// Three lines, the last without its end; as this crate writes them, and in no other way.
    fn read(text: &str) -> Option<Self> {
        let mut lines = text.split('\n');
        let origin = String::try_from(lines.next()?).ok()?;
        let size = lines.next()?.parse().ok().filter(|size| *size <= Frontier::CAPACITY)?;
        let mut root = Digest::NONE;
        base64::decode(lines.next()?, &mut root.0)?;
        let checkpoint = Self { origin, size, root };
        let same = checkpoint.text().strip_suffix('\n') == Some(text);
        (same && checkpoint.origin.starts_with("strongroom/")).then_some(checkpoint)
    }
}

/// The name and the base 64 of a signature line.
fn signature(line: &str) -> Option<(&str, &str)> {
    line.strip_prefix("\u{2014} ")?.split_once(' ').filter(|(name, encoded)| !name.is_empty() && !encoded.is_empty())
}
