//! Checkpoints: a log's head as a signed note, which others can verify and witness (C2SP `tlog-checkpoint`).
//!
//! ```text
//! strongroom/700022/tenant/3
//! 17
//! CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
//!
//! — strongroom/700022/tenant/3 Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
//! ```
//!
//! The first line, the *origin*, names one tree: `strongroom/` and the device's serial number, then `lifecycle`, or
//! `tenant` and the lease's epoch. After stored logs were lost, `after-loss-` and eight digits stand between, so that
//! what begins then is never taken for what was before. The key's name is the origin.
//!
//! Only [`Durable`](crate::journal::Durable) makes checkpoints: they cover what is stored, so that no power cut makes
//! a device sign two that contradict each other.

mod base64;
#[cfg(feature = "ed25519")]
mod small;
mod text;
#[cfg(feature = "ed25519")]
mod verify;

use crate::canonical::sha256;
use crate::command::LogName;
use crate::engine::{Base, Engine};
use crate::id::Digest;
use heapless::String;
#[cfg(feature = "ed25519")]
pub use small::SmallSigner;
pub(crate) use text::Text;
#[cfg(feature = "ed25519")]
pub use verify::Unverified;

/// Bytes of an Ed25519 public key.
pub const PUBLIC_KEY: usize = 32;

/// Bytes of an Ed25519 signature.
pub const SIGNATURE: usize = 64;

/// The longest origin in bytes: a serial number of which each character takes three.
pub const ORIGIN: usize = 11 + 3 * 16 + 20 + 18;

/// The longest text in bytes: origin, size and root, a line each.
pub const TEXT: usize = ORIGIN + 1 + 10 + 1 + 44 + 1;

/// The longest note in bytes.
pub const NOTE: usize = TEXT + 1 + 4 + ORIGIN + 1 + 92 + 1;

/// The signature type that C2SP `signed-note` gives Ed25519.
const ED25519: u8 = 1;

/// Whoever holds the key: a secure element, another processor, or the `ed25519` feature in this one.
pub trait Signer {
    /// Why it does not sign.
    type Error;

    /// The key that its signatures verify with.
    fn public_key(&self) -> [u8; PUBLIC_KEY];

    /// The Ed25519 signature (RFC 8032) over `text`.
    ///
    /// # Errors
    ///
    /// Where the key cannot be reached; nothing was signed.
    fn sign(&mut self, text: &[u8]) -> Result<[u8; SIGNATURE], Self::Error>;
}

/// The head of one tree, over records that are stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    origin: String<ORIGIN>,
    size: u32,
    root: Digest,
}

impl Checkpoint {
    pub(crate) fn over<const REQUESTS: usize, const OUTBOX: usize, const TENANT: usize, const LIFECYCLE: usize>(
        engine: &Engine<REQUESTS, OUTBOX, TENANT, LIFECYCLE>,
        log: LogName,
    ) -> Self {
        Self { origin: origin(&engine.state().base, log), size: engine.log().size(log), root: engine.log().root(log) }
    }

    /// The name of the tree.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// How many records it has.
    #[must_use]
    pub const fn size(&self) -> u32 {
        self.size
    }

    /// Its root.
    #[must_use]
    pub const fn root(&self) -> Digest {
        self.root
    }

    /// What is signed: origin, size and root, a line each.
    #[must_use]
    pub fn text(&self) -> String<TEXT> {
        // It has the room that its parts take at most.
        let mut text = String::new();
        Text(&mut text).put(&self.origin).put("\n").decimal(self.size).put("\n").base64(&self.root.0).put("\n");
        text
    }

    /// The signed note.
    ///
    /// # Errors
    ///
    /// The signer's.
    pub fn sign<S: Signer>(&self, signer: &mut S) -> Result<String<NOTE>, S::Error> {
        let text = self.text();
        let signature = signer.sign(text.as_bytes())?;
        let key = key_id(&self.origin, &signer.public_key());
        let mut signed = [0; 4 + SIGNATURE];
        for (place, byte) in signed.iter_mut().zip(key.into_iter().chain(signature)) {
            *place = byte;
        }
        let mut note = String::new();
        Text(&mut note).put(&text).put("\n\u{2014} ").put(&self.origin).put(" ").base64(&signed).put("\n");
        Ok(note)
    }
}

/// The four bytes that stand for a key of that name.
#[must_use]
pub fn key_id(name: &str, public_key: &[u8; PUBLIC_KEY]) -> [u8; 4] {
    let Digest([a, b, c, d, ..]) = sha256(&[name.as_bytes(), b"\n", &[ED25519], public_key]);
    [a, b, c, d]
}

fn origin(base: &Base, log: LogName) -> String<ORIGIN> {
    let mut origin = String::new();
    let mut text = Text(&mut origin);
    let generation = base.lifecycle_log.epoch;
    text.put("strongroom/").escaped(&base.device.serial);
    if generation != 0 {
        text.put("/after-loss-").hexadecimal(generation);
    }
    match log {
        LogName::Tenant => text.put("/tenant/").decimal(base.tenant_log.epoch),
        LogName::Lifecycle => text.put("/lifecycle"),
    };
    origin
}

#[cfg(feature = "ed25519")]
impl Signer for ed25519_dalek::SigningKey {
    type Error = core::convert::Infallible;

    fn public_key(&self) -> [u8; PUBLIC_KEY] {
        self.verifying_key().to_bytes()
    }

    fn sign(&mut self, text: &[u8]) -> Result<[u8; SIGNATURE], Self::Error> {
        Ok(ed25519_dalek::Signer::sign(self, text).to_bytes())
    }
}

#[cfg(test)]
mod tests;
