//! The inclusion proofs of a certificate, opened with the log's key.

use crate::log::proof::{self, Proved};
use crate::log::{Note, Origin, PublicKey};
use crate::merkle::Hash;
use base64ct::{Base64, Encoding};
use strongroom_core::{Label, LogName, Record};

/// A record that is proved to be in a signed tree.
#[derive(Debug, Clone)]
pub(super) struct Included {
    pub(super) record: Record,
    pub(super) size: u32,
    pub(super) root: Hash,
    /// The hashes beside the way from the leaf to the root.
    pub(super) path: Vec<Hash>,
    /// The signed note, to the letter.
    pub(super) checkpoint: String,
}

/// Opens proofs of the log with this origin, and says of which device's lifecycle log they are.
///
/// # Errors
///
/// One proves nothing, or is of another log.
pub(super) fn open(texts: &[String], claimed: &str, key: &PublicKey) -> Result<(Vec<Included>, Label), String> {
    let mut proofs = Vec::new();
    let mut device = None;
    for (place, text) in texts.iter().enumerate() {
        let place = format!("log.inclusion[{place}]");
        let (origin, size, root, record) = match proof::check(text, key) {
            Ok(Proved::Inclusion { origin, size, root, record }) => (origin, size, root, *record),
            Ok(Proved::Consistency { .. }) => return Err(format!("{place} proves that a log only grew, and no record in it")),
            Err(why) => return Err(format!("{place}: {why}")),
        };
        if origin.to_string() != claimed {
            return Err(format!("{place} is of {origin}, log.origin says {claimed}"));
        }
        device = Some(device_of(&origin)?);
        let (path, checkpoint) = parts(text).ok_or_else(|| format!("{place} is not written as a proof is"))?;
        proofs.push(Included { record, size, root, path, checkpoint });
    }
    device.map(|device| (proofs, device)).ok_or_else(|| "there is no inclusion proof".to_owned())
}

/// The hashes and the checkpoint of a proof that was checked.
fn parts(text: &str) -> Option<(Vec<Hash>, String)> {
    let (head, note) = text.split_once("\n\n")?;
    let (_, hashes) = head.split_once("\nindex ")?;
    let path: Option<Vec<Hash>> = hashes.split('\n').skip(1).map(|line| Base64::decode_vec(line).ok()?.try_into().ok()).collect();
    Some((path?, Note::read(note).ok()?.text().to_owned()))
}

/// The device whose lifecycle log an origin names.
///
/// # Errors
///
/// It names another log, or no device.
pub(super) fn device_of(origin: &Origin) -> Result<Label, String> {
    if origin.log() != LogName::Lifecycle {
        return Err(format!("{origin} is a tenant's log; what proves a destruction is in the lifecycle log"));
    }
    serial(&origin.serial).ok_or_else(|| format!("{:?} is no device's serial number", origin.serial))
}

/// The serial number that an origin writes with `%XX` for signs that are not plain.
fn serial(written: &str) -> Option<Label> {
    let mut text = String::new();
    let mut rest = written.chars();
    while let Some(sign) = rest.next() {
        if sign == '%' {
            let code = rest.next()?.to_digit(16)? * 16 + rest.next()?.to_digit(16)?;
            text.push(char::from(u8::try_from(code).ok()?));
        } else {
            text.push(sign);
        }
    }
    Label::new(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_serial_number_is_read_from_its_origin() {
        assert_eq!(serial("700022"), Label::new("700022"));
        assert_eq!(serial("a%20b%2Fc"), Label::new("a b/c"));
        assert_eq!(serial("a%2"), None);
        assert_eq!(serial("0123456789abcdefg"), None);
    }
}
