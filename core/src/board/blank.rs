//! A board that is nothing yet: it takes what makes it one, and guards nothing.

use super::keys::{Error, KeyStore};
use super::wires::{Line, next};
use crate::link::{Receiver, ToBoard, ToHost, encode};
use crate::wire::MAX_FRAME;
use embedded_storage::nor_flash::NorFlash;

/// Takes what the host's line has brought; whether the board is something now. `public` makes the public key of a seed.
///
/// # Errors
///
/// Where what came cannot be used or stored.
pub fn turn<K: NorFlash>(
    keys: &mut KeyStore<K>,
    receiver: &mut Receiver,
    host: &mut impl Line,
    public: impl FnOnce(&[u8; 32]) -> [u8; 32],
) -> Result<bool, Error<K::Error>> {
    while let Some(byte) = next(host) {
        let Some(Ok(ToBoard::Provision(with))) = receiver.feed(byte) else { continue };
        keys.provision(&with)?;
        let mut frame = [0; MAX_FRAME];
        if let Ok(length) = encode(&ToHost::Provisioned(public(&with.seed)), &mut frame) {
            let _ = host.write_all(frame.get(..length).unwrap_or_default());
        }
        return Ok(true);
    }
    Ok(false)
}
