//! Signed notes with a checkpoint in them, after `c2sp.org/signed-note` and `c2sp.org/tlog-checkpoint`.

use super::tile::CAPACITY;
use crate::merkle::Hash;
use base64ct::{Base64, Encoding};

/// Longest note that is read, in bytes.
pub const LONGEST: usize = 1 << 20;

/// A checkpoint and who signed it. Nothing of it is to be believed before its signature has been checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    text: String,
    body: usize,
    /// The tree's name.
    pub origin: String,
    /// How many leaves the tree has.
    pub size: u32,
    /// The tree's root.
    pub root: Hash,
    /// The signatures, in their order.
    pub signatures: Vec<Signature>,
}

/// One signature line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// The key's name.
    pub name: String,
    /// The key's id.
    pub key: [u8; 4],
    /// What the key made of the text.
    pub bytes: Vec<u8>,
}

impl Note {
    /// Reads a note.
    ///
    /// # Errors
    ///
    /// What is wrong with it, such as `line 2: the size is not a decimal number`.
    pub fn read(text: &str) -> Result<Self, String> {
        if text.len() > LONGEST {
            return Err(format!("the note is longer than {LONGEST} bytes"));
        }
        if let Some(line) = text.split('\n').position(|line| line.bytes().any(|byte| byte < b' ')) {
            return Err(format!("line {}: there is a control character", line + 1));
        }
        let (body, signatures) = text.rsplit_once("\n\n").ok_or("no empty line stands before the signatures")?;
        let mut lines = body.split('\n');
        let origin = lines.next().filter(|origin| !origin.is_empty()).ok_or("line 1: the origin is missing")?;
        let size = lines.next().and_then(size).ok_or("line 2: the size is not a decimal number below 2^24")?;
        let root = lines.next().and_then(hash).ok_or("line 3: the root is not a hash in base64")?;
        if let Some(line) = lines.position(str::is_empty) {
            return Err(format!("line {}: an empty line stands within the checkpoint", line + 4));
        }
        let first = body.matches('\n').count() + 3;
        let signatures = signatures.strip_suffix('\n').ok_or("the last line is cut")?.split('\n');
        let signatures: Result<_, String> =
            signatures.zip(first..).map(|(line, number)| signature(line).ok_or_else(|| not_a_signature(number))).collect();
        Ok(Self { text: text.to_owned(), body: body.len() + 1, origin: origin.to_owned(), size, root, signatures: signatures? })
    }

    /// The whole note, as it was read.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The part that is signed.
    #[must_use]
    pub fn signed(&self) -> &str {
        self.text.get(..self.body).unwrap_or_default()
    }
}

fn not_a_signature(line: usize) -> String {
    format!("line {line}: a signature is an em dash, a key's name and base64, with spaces between")
}

/// A decimal number without needless zeros, small enough for a log.
pub(crate) fn size(text: &str) -> Option<u32> {
    let size: u32 = text.parse().ok()?;
    (size <= CAPACITY && size.to_string() == text).then_some(size)
}

/// A hash in base64.
pub(crate) fn hash(text: &str) -> Option<Hash> {
    Base64::decode_vec(text).ok()?.try_into().ok()
}

fn signature(line: &str) -> Option<Signature> {
    let (name, encoded) = line.strip_prefix("\u{2014} ")?.split_once(' ')?;
    if !is_name(name) {
        return None;
    }
    let decoded = Base64::decode_vec(encoded).ok()?;
    let (key, bytes) = decoded.split_first_chunk()?;
    (!bytes.is_empty()).then(|| Signature { name: name.to_owned(), key: *key, bytes: bytes.to_vec() })
}

/// Whether this can be a key's name.
pub(crate) fn is_name(name: &str) -> bool {
    !name.is_empty() && !name.contains(|character: char| character == '+' || character.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTE: &str = "example.com/behind-the-sofa
852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

\u{2014} example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
";

    #[test]
    fn the_specifications_note_is_read() {
        let note = Note::read(NOTE).unwrap();
        assert_eq!((note.origin.as_str(), note.size, note.root[0]), ("example.com/behind-the-sofa", 852_163, 0x0a));
        assert_eq!(note.signed().lines().count(), 3);
        assert!(note.signed().ends_with("q2I=\n"));
        assert_eq!((note.text(), note.signatures.len()), (NOTE, 1));
        assert_eq!((note.signatures[0].key, note.signatures[0].bytes.len()), ([0x03, 0x3d, 0xe0, 0xae], 64));
    }

    #[test]
    fn what_is_wrong_with_a_note_is_said() {
        let wrong = |from: &str, to: &str| Note::read(&NOTE.replacen(from, to, 1)).unwrap_err();
        assert!(wrong("852163", "0852163").starts_with("line 2"));
        assert!(wrong("852163", "16777216").starts_with("line 2"));
        assert!(wrong("852163", "+1").starts_with("line 2"));
        assert!(wrong("q2I=", "q2J=").starts_with("line 3"));
        assert!(wrong("CsUY", "").starts_with("line 3"));
        assert!(wrong("example.com/behind-the-sofa\n8", "\n8").starts_with("line 1"));
        assert!(wrong("\u{2014} ", "- ").starts_with("line 5"));
        assert!(wrong("AYQ8=\n", "AYQ8=").contains("cut"));
        assert!(wrong("852163", "852\t163").starts_with("line 2: there is a control"));
        assert!(wrong("q2I=\n", "q2I=\n\next\n").starts_with("line 4: an empty"));
        assert!(Note::read("").is_err());
        assert_eq!(Note::read(&NOTE.replacen("q2I=\n", "q2I=\nanother\n", 1)).unwrap().signed().lines().count(), 4);
    }
}
