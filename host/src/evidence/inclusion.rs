//! The inclusion proofs of a certificate, opened with the log's key.

use crate::log::{Note, Origin, PublicKey};
use base64ct::{Base64, Encoding};
use strongroom_core::{Label, LogName};

/// The first line of a proof (`c2sp.org/tlog-proof`).
const FORMAT: &str = "c2sp.org/tlog-proof@v1";

/// One proof whose checkpoint is signed.
#[derive(Debug, Clone)]
pub(super) struct Included {
    pub(super) origin: String,
    pub(super) size: u64,
    pub(super) root: [u8; 32],
    pub(super) index: u64,
    pub(super) path: Vec<[u8; 32]>,
    /// The signed note, to the letter.
    pub(super) checkpoint: String,
}

/// Opens proofs of one log with this origin, and says of which device's lifecycle log they are.
///
/// # Errors
///
/// A proof is none, is of another log, or its checkpoint is not signed with the key.
pub(super) fn open(texts: &[String], origin: &str, key: &PublicKey) -> Result<(Vec<Included>, Label), String> {
    let mut proofs = Vec::new();
    for (place, text) in texts.iter().enumerate() {
        let proof = read(text).map_err(|why| format!("log.inclusion[{place}] is no inclusion proof: {why}"))?;
        if proof.0.origin != origin {
            return Err(format!("the checkpoint is of {}, log.origin says {origin}", proof.0.origin));
        }
        key.check(&proof.1).map_err(|why| format!("the checkpoint of {origin} {why}"))?;
        proofs.push(proof.0);
    }
    if proofs.is_empty() {
        return Err("there is no inclusion proof".into());
    }
    let origin: Origin = origin.parse().map_err(|why| format!("log.origin is {origin:?}: {why}"))?;
    if origin.log() != LogName::Lifecycle {
        return Err(format!("{origin} is a tenant's log; what proves a destruction is in the lifecycle log"));
    }
    let device = device(&origin.serial).ok_or_else(|| format!("{:?} is no device's serial number", origin.serial))?;
    Ok((proofs, device))
}

fn read(text: &str) -> Result<(Included, Note), String> {
    let rest = text.strip_prefix(FORMAT).and_then(|rest| rest.strip_prefix('\n'));
    let (head, note) = rest.and_then(|rest| rest.split_once("\n\n")).ok_or_else(|| format!("it does not begin with {FORMAT}"))?;
    let mut lines = head.split('\n');
    let index = lines.next().and_then(|line| line.strip_prefix("index ")).and_then(|number| number.parse().ok());
    let path: Option<Vec<[u8; 32]>> = lines.map(|line| Base64::decode_vec(line).ok()?.try_into().ok()).collect();
    let note = Note::read(note)?;
    let included = Included {
        origin: note.origin.clone(),
        size: u64::from(note.size),
        root: note.root,
        index: index.ok_or("the index is missing")?,
        path: path.ok_or("a hash is not in base64")?,
        checkpoint: note.text().to_owned(),
    };
    Ok((included, note))
}

/// The serial number that an origin writes with `%XX` for signs that are not plain.
pub(super) fn device(serial: &str) -> Option<Label> {
    let mut text = String::new();
    let mut rest = serial.chars();
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
        assert_eq!(device("700022"), Label::new("700022"));
        assert_eq!(device("a%20b%2Fc"), Label::new("a b/c"));
        assert_eq!(device("a%2"), None);
        assert_eq!(device("0123456789abcdefg"), None);
    }
}
