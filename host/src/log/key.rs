//! Keys that sign checkpoints, and checking their signatures. Nothing is signed here.

use super::note::{Note, is_name};
use base64ct::{Base64, Encoding};
use ed25519_dalek::pkcs8::{DecodePrivateKey, DecodePublicKey};
use ed25519_dalek::{Signature, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};
use std::fmt;

/// The signature type of Ed25519, as `c2sp.org/signed-note` numbers it.
const ED25519: u8 = 1;

/// Longest key that is read, in bytes.
const LONGEST: usize = 4096;

/// An Ed25519 public key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    key: VerifyingKey,
    /// The name that a C2SP key comes with; a key without one is looked for under each note's origin.
    name: Option<String>,
}

/// A text that is no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotAKey {
    /// It has none of the forms.
    Form,
    /// It is a private key, where a public one belongs.
    Private,
    /// It is a private key that a password protects.
    Encrypted,
    /// It is a key of another kind than Ed25519, or one that anybody can forge signatures for.
    Kind,
    /// The name and the key of a C2SP key do not fit its hash.
    Hash,
}

impl fmt::Display for NotAKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Form => {
                "this is no key: a public key is PEM, 64 hexadecimal digits, or NAME+HASH+KEY; a private key is PEM in PKCS#8"
            }
            Self::Private => "this is a private key; `openssl pkey -pubout` gives the public one",
            Self::Encrypted => "this key is encrypted; `openssl pkey` decrypts it",
            Self::Kind => "this is no sound Ed25519 key",
            Self::Hash => "the key's hash does not fit its name and value: a part of it is changed or missing",
        })
    }
}

impl std::error::Error for NotAKey {}

/// Why a note is not taken as signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotSigned {
    /// No signature is by this key.
    ByOthers,
    /// A signature claims to be by this key, and is not.
    Forged,
}

impl fmt::Display for NotSigned {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::ByOthers => "is not signed by this key",
            Self::Forged => "has a signature that is not by this key, or was changed after it was signed",
        })
    }
}

impl std::error::Error for NotSigned {}

/// The first four bytes of SHA-256 over name, newline, type and key.
fn id(name: &str, key: &VerifyingKey) -> [u8; 4] {
    let hash = Sha256::new().chain_update(name).chain_update([b'\n', ED25519]).chain_update(key.as_bytes()).finalize();
    [hash[0], hash[1], hash[2], hash[3]]
}

impl PublicKey {
    /// Reads a key: PEM as `openssl pkey -pubout` writes it, 64 hexadecimal digits, or the `NAME+HASH+KEY` of C2SP.
    ///
    /// # Errors
    ///
    /// The text is no Ed25519 key in one of these forms.
    pub fn read(text: &str) -> Result<Self, NotAKey> {
        let text = text.trim();
        if text.len() > LONGEST {
            return Err(NotAKey::Form);
        }
        let (key, name) = if text.starts_with("-----BEGIN") {
            if text.contains("PRIVATE KEY") {
                return Err(NotAKey::Private);
            }
            (VerifyingKey::from_public_key_pem(text).map_err(|_| NotAKey::Kind)?, None)
        } else if let Some(bytes) = from_hex(text) {
            (VerifyingKey::from_bytes(&bytes).map_err(|_| NotAKey::Kind)?, None)
        } else {
            named(text)?
        };
        if key.is_weak() { Err(NotAKey::Kind) } else { Ok(Self { key, name }) }
    }

    /// The key's 32 bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        self.key.as_bytes()
    }

    /// The key in C2SP's form, under this name.
    #[must_use]
    pub fn named(&self, name: &str) -> String {
        let bytes = [&[ED25519], self.as_bytes().as_slice()].concat();
        format!("{name}+{:08x}+{}", u32::from_be_bytes(id(name, &self.key)), Base64::encode_string(&bytes))
    }

    /// Checks that this key signed the note, under its own name or under the note's origin.
    ///
    /// # Errors
    ///
    /// It did not.
    pub fn check(&self, note: &Note) -> Result<(), NotSigned> {
        let name = self.name.as_ref().unwrap_or(&note.origin);
        let id = id(name, &self.key);
        let mut own = note.signatures.iter().filter(|signature| signature.name == *name && signature.key == id).peekable();
        if own.peek().is_none() {
            return Err(NotSigned::ByOthers);
        }
        let holds = |bytes: &[u8]| {
            Signature::from_slice(bytes)
                .is_ok_and(|signature| self.key.verify_strict(note.signed().as_bytes(), &signature).is_ok())
        };
        if own.all(|signature| holds(&signature.bytes)) { Ok(()) } else { Err(NotSigned::Forged) }
    }
}

impl From<VerifyingKey> for PublicKey {
    fn from(key: VerifyingKey) -> Self {
        Self { key, name: None }
    }
}

/// Reads a private key: PEM in PKCS#8, as `openssl genpkey -algorithm ed25519` writes it.
///
/// # Errors
///
/// The text is no such key.
pub fn read_private(text: &str) -> Result<SigningKey, NotAKey> {
    let text = text.trim();
    if text.contains("ENCRYPTED PRIVATE KEY") {
        return Err(NotAKey::Encrypted);
    }
    if text.len() > LONGEST || !text.starts_with("-----BEGIN PRIVATE KEY") {
        return Err(NotAKey::Form);
    }
    SigningKey::from_pkcs8_pem(text).map_err(|_| NotAKey::Kind)
}

fn from_hex(text: &str) -> Option<[u8; 32]> {
    let digits: Vec<u8> = text.chars().map(|digit| Some(digit.to_digit(16)? as u8)).collect::<Option<_>>()?;
    let bytes: Vec<u8> = digits.as_chunks::<2>().0.iter().map(|[high, low]| high << 4 | low).collect();
    if digits.len() == 64 { bytes.try_into().ok() } else { None }
}

/// `NAME+HASH+KEY`. The base64 may have plus signs itself, the name has none.
fn named(text: &str) -> Result<(VerifyingKey, Option<String>), NotAKey> {
    let mut parts = text.splitn(3, '+');
    let (Some(name), Some(hash), Some(key)) = (parts.next(), parts.next(), parts.next()) else { return Err(NotAKey::Form) };
    let decoded = Base64::decode_vec(key).map_err(|_| NotAKey::Form)?;
    if !is_name(name) {
        return Err(NotAKey::Form);
    }
    let [ED25519, bytes @ ..] = decoded.as_slice() else { return Err(NotAKey::Kind) };
    let key = bytes.try_into().ok().and_then(|bytes| VerifyingKey::from_bytes(bytes).ok()).ok_or(NotAKey::Kind)?;
    if hash != format!("{:08x}", u32::from_be_bytes(id(name, &key))) {
        return Err(NotAKey::Hash);
    }
    Ok((key, Some(name.to_owned())))
}
