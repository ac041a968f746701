//! Keys on their way to the board.

use super::{KEY, Key, Tag};
use crate::id::{Id, read_bytes};
use serde::{Deserialize, Serialize};

/// A key that only the device itself can uncover.
///
/// What covers it is made of two secrets: the asking party's key, and an X25519 agreement (RFC 7748) between a key made for
/// this once and the device's signing key. So whoever brought a customer their first key, and has recorded the line, learns
/// nothing of the key that the customer's claim replaces it by: unless they know the seed of the signing key too, or told the
/// customer another device's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cover {
    /// The public half of the key that was made for this once.
    #[serde(deserialize_with = "read_bytes")]
    pub ephemeral: [u8; KEY],
    /// The key under its cover.
    #[serde(deserialize_with = "read_bytes")]
    pub covered: [u8; KEY],
}

/// A device's side of an agreement: by the key that it signs with.
pub trait Agreement {
    /// What it has in common with whoever has the secret of that public key (X25519).
    fn agree(&self, public: &[u8; KEY]) -> [u8; KEY];
}

impl Cover {
    /// Covers a key of a party's for one counter of a session, towards the device of that signing key. The secret is 32
    /// random bytes that are used for nothing else.
    ///
    /// `None` where that is no device's key.
    #[cfg(feature = "ed25519")]
    #[must_use]
    pub fn new(device: &[u8; KEY], secret: [u8; KEY], by: &Key, at: (Id, u64), key: [u8; KEY]) -> Option<Self> {
        use curve25519_dalek::MontgomeryPoint;
        use curve25519_dalek::edwards::CompressedEdwardsY;
        let device = CompressedEdwardsY(*device).decompress()?.to_montgomery();
        let ephemeral = MontgomeryPoint::mul_base_clamped(secret).to_bytes();
        let covered = stream(by, at, &ephemeral, &device.mul_clamped(secret).to_bytes()).map(|stream| xor(key, stream))?;
        Some(Self { ephemeral, covered })
    }

    /// The key, by the device.
    #[must_use]
    pub fn uncover(&self, device: &impl Agreement, by: &Key, at: (Id, u64)) -> Option<Key> {
        let shared = device.agree(&self.ephemeral);
        stream(by, at, &self.ephemeral, &shared).and_then(|stream| Key::new(xor(self.covered, stream)))
    }
}

/// `None` where nothing is in common: the other one's key is none.
fn stream(by: &Key, (session, counter): (Id, u64), ephemeral: &[u8; KEY], shared: &[u8; KEY]) -> Option<[u8; KEY]> {
    let Tag(stream) = by.tag(b"strongroom link key 1", &(session, counter, ephemeral, shared));
    (*shared != [0; KEY]).then_some(stream)
}

fn xor(mut bytes: [u8; KEY], stream: [u8; KEY]) -> [u8; KEY] {
    for (place, byte) in bytes.iter_mut().zip(stream) {
        *place ^= byte;
    }
    bytes
}

#[cfg(feature = "ed25519")]
impl Agreement for ed25519_dalek::SigningKey {
    fn agree(&self, public: &[u8; KEY]) -> [u8; KEY] {
        curve25519_dalek::MontgomeryPoint(*public).mul_clamped(self.to_scalar_bytes()).to_bytes()
    }
}
