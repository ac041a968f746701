//! Making proofs from a log's tiles.

use super::text::Proof;
use crate::log::directory::{CHECKPOINT, CHECKPOINTS, Records};
use crate::log::reader::Tiles;
use crate::log::{Directory, Error, Note, disk, tree};
use crate::merkle;

/// Proves that record `index` is in the log of the newest checkpoint, as a `.tlog-proof`.
///
/// # Errors
///
/// There is no such record or nobody has signed it yet, or the directory is damaged.
pub fn inclusion(directory: &Directory, index: u32) -> Result<String, Error> {
    let Some(head) = directory.head() else {
        return Err(Error::Refused("there is no checkpoint, and so nothing to prove".to_owned()));
    };
    if index >= head.size {
        return Err(Error::Refused(match directory.size() {
            size if index < size => format!("record {index} is not signed yet: the checkpoint counts {} records", head.size),
            0 => "there are no records".to_owned(),
            size => format!("there is no record {index}: the last one is {}", size - 1),
        }));
    }
    let record = Records::new(directory.disk(), index, head.size).next().transpose()?;
    let record = record.ok_or_else(|| Error::damaged("tile/entries", format!("has no record {index}")))?.to_bytes();
    let hashes = tree::inclusion(index, head.size, &mut Tiles::new(directory.disk(), head.size))?;
    if !tree::includes(&hashes, index, head.size, merkle::leaf(&record), &head.root) {
        return Err(damaged(head));
    }
    Ok(Proof::Inclusion { extra: Some(record.to_vec()), index, hashes, note: head.clone() }.write())
}

/// Proves that the log of `new` records only added to the log of `old` records; both sizes were signed.
///
/// # Errors
///
/// A size was not signed (and which ones were), `old` is more than `new`, or the directory is damaged.
pub fn consistency(directory: &Directory, old: u32, new: u32) -> Result<String, Error> {
    if old > new {
        return Err(Error::Refused(format!("the old size comes first: {new} {old}")));
    }
    let (old, new) = (signed(directory, old)?, signed(directory, new)?);
    let hashes = tree::consistency(old.size, new.size, &mut Tiles::new(directory.disk(), new.size))?;
    if !tree::extends(&hashes, old.size, &old.root, new.size, &new.root) {
        return Err(damaged(&new));
    }
    Ok(Proof::Consistency { hashes, old, new }.write())
}

fn damaged(note: &Note) -> Error {
    Error::damaged("tile", format!("does not fit the checkpoint of {} records; `log verify` says where", note.size))
}

/// The note of this size.
fn signed(directory: &Directory, size: u32) -> Result<Note, Error> {
    if let Some(head) = directory.head().filter(|head| head.size == size) {
        return Ok(head.clone());
    }
    let file = format!("{CHECKPOINTS}/{size}");
    let Some(bytes) = disk::read(directory.disk(), &file)? else {
        let sizes = directory.signed_sizes()?;
        return Err(Error::Refused(format!("nobody signed a log of {size} records; signed are {}", told(&sizes))));
    };
    let note = String::from_utf8(bytes).map_err(|_| "the text is not UTF-8".to_owned()).and_then(|text| Note::read(&text));
    let note = note.map_err(|why| Error::damaged(&file, format!("is no signed note: {why}")))?;
    if note.size != size {
        return Err(Error::damaged(&file, format!("holds the note of {} records", note.size)));
    }
    if directory.head().is_some_and(|head| head.origin != note.origin) {
        return Err(Error::damaged(CHECKPOINT, format!("and {file} are of different logs")));
    }
    Ok(note)
}

/// Sizes for people: the last ones, where they are many.
fn told(sizes: &[u32]) -> String {
    const MOST: usize = 20;
    let texts: Vec<String> = sizes.iter().rev().take(MOST).rev().map(u32::to_string).collect();
    match sizes.len().checked_sub(MOST) {
        Some(more @ 1..) => format!("{} and {more} smaller ones", texts.join(", ")),
        _ if texts.is_empty() => "none".to_owned(),
        _ => texts.join(", "),
    }
}
