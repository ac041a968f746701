//! Signing in little flash.
//!
//! `ed25519-dalek` computes `r + k · a` by a multiplication of scalars, which has the reduction in it twice, and reduces the
//! key's scalar by a copy of its own. Here the sum is made as one long number and reduced once, by what reduces the hashes.

use super::{PUBLIC_KEY, SIGNATURE, Signer};
use core::convert::Infallible;
use core::fmt;
use curve25519_dalek::scalar::clamp_integer;
use curve25519_dalek::{EdwardsPoint, Scalar};
use sha2::{Digest as _, Sha512};

/// A key whose signatures are those of RFC 8032, bit for bit, in half the flash of `ed25519_dalek::SigningKey`: for a
/// microcontroller. No branch and no place in memory depends on the key. Where the processor multiplies small numbers
/// faster, as a Cortex-M3 does long ones, the time still does.
#[derive(Clone)]
pub struct SmallSigner {
    /// Clamped.
    scalar: [u8; 32],
    prefix: [u8; 32],
    public: [u8; PUBLIC_KEY],
}

impl SmallSigner {
    /// The key of that seed.
    #[must_use]
    pub fn new(seed: &[u8; 32]) -> Self {
        let (scalar, prefix) = halves(&hash(&[seed]));
        let scalar = clamp_integer(scalar);
        // A clamped number is the same point's as what it is reduced to.
        let public = EdwardsPoint::mul_base_clamped(scalar).compress().to_bytes();
        Self { scalar, prefix, public }
    }
}

/// Shows nothing secret.
impl fmt::Debug for SmallSigner {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("SmallSigner").finish_non_exhaustive()
    }
}

impl Signer for SmallSigner {
    type Error = Infallible;

    fn public_key(&self) -> [u8; PUBLIC_KEY] {
        self.public
    }

    fn sign(&mut self, text: &[u8]) -> Result<[u8; SIGNATURE], Infallible> {
        let r = reduced(&hash(&[&self.prefix, text]));
        let point = EdwardsPoint::mul_base(&r).compress().to_bytes();
        let k = reduced(&hash(&[&point, &self.public, text]));
        let s = reduced(&sum(r.as_bytes(), k.as_bytes(), &self.scalar));
        let mut signature = [0; SIGNATURE];
        for (place, byte) in signature.iter_mut().zip(point.iter().chain(s.as_bytes())) {
            *place = *byte;
        }
        Ok(signature)
    }
}

#[cfg(feature = "link")]
impl crate::link::Agreement for SmallSigner {
    fn agree(&self, public: &[u8; 32]) -> [u8; 32] {
        curve25519_dalek::MontgomeryPoint(*public).mul_clamped(self.scalar).to_bytes()
    }
}

#[inline(never)]
fn reduced(number: &[u8; 64]) -> Scalar {
    Scalar::from_bytes_mod_order_wide(number)
}

fn hash(parts: &[&[u8]]) -> [u8; 64] {
    let mut hasher = Sha512::new();
    for part in parts {
        hasher.update(part);
    }
    hasher.finalize().into()
}

fn halves(bytes: &[u8; 64]) -> ([u8; 32], [u8; 32]) {
    let (mut first, mut second) = ([0; 32], [0; 32]);
    for (place, byte) in first.iter_mut().chain(&mut second).zip(bytes) {
        *place = *byte;
    }
    (first, second)
}

/// `r + k · a`, which is less than 2^508 where `r` and `k` are reduced and `a` is less than 2^255.
fn sum(r: &[u8; 32], k: &[u8; 32], a: &[u8; 32]) -> [u8; 64] {
    let mut words = [0; 16];
    for (place, word) in words.iter_mut().zip(words_of(r)) {
        *place = word;
    }
    let a = words_of(a);
    for (shift, k) in words_of(k).into_iter().enumerate() {
        let mut row = words.iter_mut().skip(shift);
        let mut carry = 0;
        for (a, place) in a.into_iter().zip(row.by_ref()) {
            // At most 2^64 - 1, where each of the four is 2^32 - 1.
            let total = u64::from(k).wrapping_mul(u64::from(a)).wrapping_add(u64::from(*place)).wrapping_add(carry);
            *place = total as u32;
            carry = total >> 32;
        }
        if let Some(place) = row.next() {
            *place = carry as u32;
        }
    }
    let mut bytes = [0; 64];
    for (place, byte) in bytes.iter_mut().zip(words.iter().flat_map(|word| word.to_le_bytes())) {
        *place = byte;
    }
    bytes
}

fn words_of(bytes: &[u8; 32]) -> [u32; 8] {
    let mut words = [0; 8];
    for (word, bytes) in words.iter_mut().zip(bytes.chunks(4)) {
        *word = bytes.iter().rev().fold(0, |word, byte| word << 8 | u32::from(*byte));
    }
    words
}

#[cfg(test)]
#[allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test fails by a panic"
)]
mod tests {
    use super::*;
    use ed25519_dalek::SigningKey;
    use proptest::prelude::*;

    fn hex(text: &str) -> [u8; 32] {
        core::array::from_fn(|place| u8::from_str_radix(&text[2 * place..2 * place + 2], 16).unwrap())
    }

    #[test]
    fn the_first_signature_of_the_rfc() {
        let seed = hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
        let mut signer = SmallSigner::new(&seed);
        assert_eq!(signer.public_key(), hex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"));
        let Ok(signature) = signer.sign(b"");
        let (r, s) = halves(&signature);
        assert_eq!(r, hex("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"));
        assert_eq!(s, hex("5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"));
    }

    #[test]
    fn the_largest_sum_has_its_place() {
        // (2^256 - 1)(2^256 - 1) + 2^256 - 1 = 2^512 - 2^256
        let sum = sum(&[0xff; 32], &[0xff; 32], &[0xff; 32]);
        assert_eq!(halves(&sum), ([0; 32], [0xff; 32]));
    }

    proptest! {
        #[test]
        fn it_signs_as_the_library_does(seed: [u8; 32], text in prop::collection::vec(any::<u8>(), 0..400)) {
            let mut library = SigningKey::from_bytes(&seed);
            let mut small = SmallSigner::new(&seed);
            prop_assert_eq!(small.public_key(), library.public_key());
            prop_assert_eq!(small.sign(&text), library.sign(&text));
        }
    }
}
