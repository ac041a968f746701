//! Proofs as text.

use super::NotProved;
use crate::log::Note;
use crate::log::note;
use crate::merkle::Hash;
use base64ct::{Base64, Encoding};

/// The first line of an inclusion proof.
const INCLUSION: &str = "c2sp.org/tlog-proof@v1";

/// The first line of a consistency proof.
const CONSISTENCY: &str = "strongroom-consistency-proof@v1";

/// Hashes that a proof has at most: a tree has fewer than 2^24 leaves.
const MOST: usize = 48;

/// A proof as it stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Proof {
    Inclusion { extra: Option<Vec<u8>>, index: u32, hashes: Vec<Hash>, note: Note },
    Consistency { hashes: Vec<Hash>, old: Note, new: Note },
}

impl Proof {
    pub(super) fn write(&self) -> String {
        let lines = |hashes: &[Hash]| -> String { hashes.iter().map(|hash| Base64::encode_string(hash) + "\n").collect() };
        match self {
            Self::Inclusion { extra, index, hashes, note } => {
                let extra = extra.as_ref().map_or(String::new(), |extra| format!("extra {}\n", Base64::encode_string(extra)));
                format!("{INCLUSION}\n{extra}index {index}\n{}\n{}", lines(hashes), note.text())
            }
            Self::Consistency { hashes, old, new } => {
                format!("{CONSISTENCY}\n{}\n{}\n{}", lines(hashes), old.text(), new.text())
            }
        }
    }

    pub(super) fn read(text: &str) -> Result<Self, NotProved> {
        let wrong = |why: &str| NotProved::Malformed(why.to_owned());
        let (head, rest) = text.split_once("\n\n").ok_or_else(|| wrong("no empty line stands after the hashes"))?;
        let note = |text: &str, which| Note::read(text).map_err(|why| NotProved::Malformed(format!("the {which}: {why}")));
        let mut lines = (2..).zip(head.split('\n').skip(1)).peekable();
        match head.split('\n').next() {
            Some(INCLUSION) => {
                let extra = lines.next_if(|(_, line)| line.starts_with("extra "));
                let extra = extra.map(|(_, line)| Base64::decode_vec(line.trim_start_matches("extra ")));
                let extra = extra.transpose().map_err(|_| wrong("line 2: the extra data is not base64"))?;
                let index = lines.next().and_then(|(_, line)| note::size(line.strip_prefix("index ")?));
                let index = index.ok_or_else(|| wrong("there is no line `index N`, N a decimal number below 2^24"))?;
                Ok(Self::Inclusion { extra, index, hashes: hashes(lines)?, note: note(rest, "checkpoint")? })
            }
            Some(CONSISTENCY) => {
                let hashes = hashes(lines)?;
                // Each note has one empty line in it, and one stands between them.
                let parts: Vec<&str> = rest.split("\n\n").collect();
                let [old, old_signatures, new, new_signatures] = parts.as_slice() else {
                    return Err(wrong("two signed notes belong behind the hashes, with an empty line between them"));
                };
                let old = note(&format!("{old}\n\n{old_signatures}\n"), "old checkpoint")?;
                let new = note(&format!("{new}\n\n{new_signatures}"), "new checkpoint")?;
                Ok(Self::Consistency { hashes, old, new })
            }
            _ => Err(wrong(&format!("line 1: a proof begins with {INCLUSION} or {CONSISTENCY}"))),
        }
    }
}

fn hashes<'a>(lines: impl Iterator<Item = (usize, &'a str)>) -> Result<Vec<Hash>, NotProved> {
    let mut hashes = Vec::new();
    for (number, line) in lines {
        let hash = note::hash(line).filter(|_| hashes.len() < MOST);
        hashes.push(hash.ok_or_else(|| NotProved::Malformed(format!("line {number}: this is no hash of a proof in base64")))?);
    }
    Ok(hashes)
}
