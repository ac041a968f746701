//! Log directories and proofs that somebody tampered with, and the words they are made of.
//!
//! Input: which log, then edits of its files or of a proof's text; the input itself is also read as each kind of text.
//!
//! - Verifying, reading and proving are no panic, whatever the files are; what is found does not depend on the threads.
//! - A directory that verifies with the key is one that was signed: a size that was, with the records that were.
//! - A proof that checks with the key proves what was in the log, or that it grew as it did.
//! - What a damaged directory proves all the same is proved of the log that was signed.
//! - A note, a name, a path that is read is written as it was read.

#[path = "../../../host/tests/log/make.rs"]
#[expect(dead_code, reason = "only the records and the notes are used here")]
mod make;
mod memory;
mod original;

use crate::Seeds;
use crate::bytes::Bytes;
use original::Original;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use strongroom_host::log::tile::Tile;
use strongroom_host::log::verify::verify_on;
use strongroom_host::log::{Directory, Note, Origin, Proved, PublicKey, check as proved, key, proof};

/// Edits that one input is read for.
const EDITS: usize = 12;

/// Reads `data`.
///
/// # Panics
///
/// Where the property does not hold.
pub fn check(data: &[u8]) {
    words(&String::from_utf8_lossy(data));
    let mut bytes = Bytes(data);
    let kind = bytes.byte();
    let original = bytes.choose(original::all());
    if kind & 1 == 0 {
        directory(original, &mut bytes);
    } else {
        text(original, &mut bytes);
    }
}

fn public() -> PublicKey {
    make::key(1).verifying_key().into()
}

fn directory(original: &Original, bytes: &mut Bytes<'_>) {
    let memory = original.memory.fork();
    for _ in 0..EDITS {
        if !bytes.is_empty() {
            memory.edit(bytes);
        }
    }
    let key = public();
    let go_on = &mut |_, _| ControlFlow::Continue(());
    let _ = verify_on(&memory, None, None, go_on);
    let verified = verify_on(&memory, Some(&key), NonZeroUsize::new(1), go_on);
    let again = verify_on(&memory, Some(&key), NonZeroUsize::new(3), go_on);
    assert_eq!(verified.as_ref().ok(), again.as_ref().ok(), "three threads find what one finds");
    let Ok(Some(report)) = verified else { return };
    crate::tell(|| format!("{report:#?}"));
    let opened = Directory::on(Box::new(memory.clone()));
    if report.is_sound() {
        assert!(original.sizes.contains(&report.signed), "{} records were never signed", report.signed);
        assert!(report.there >= report.signed);
        let directory = opened.as_ref().expect("what verifies opens");
        let signed = directory.records().take(report.signed as usize).map(|record| record.expect("what verifies is read"));
        assert!(signed.eq(original.records[..report.signed as usize].iter().copied()), "a changed log verifies");
    }
    let Ok(directory) = opened else { return };
    let _ = (directory.records().count(), directory.signed_sizes());
    let index = u32::from(bytes.byte());
    if let Ok(text) = proof::inclusion(&directory, index) {
        original.holds(&proved(&text, &key));
    }
    if let Ok(text) = proof::consistency(&directory, u32::from(bytes.byte()), original.sizes[0]) {
        original.holds(&proved(&text, &key));
    }
}

/// A proof with edits.
fn text(original: &Original, bytes: &mut Bytes<'_>) {
    let mut text = bytes.choose(&original.proofs).clone().into_bytes();
    for _ in 0..EDITS {
        if !bytes.is_empty() {
            memory::change(&mut text, bytes);
        }
    }
    let text = String::from_utf8_lossy(&text);
    let proved = proved(&text, &public());
    crate::tell(|| format!("{text}\n{proved:?}"));
    original.holds(&proved);
}

/// Each kind of text.
fn words(text: &str) {
    if let Ok(note) = Note::read(text) {
        assert_eq!(note.text(), text);
        assert!(public().check(&note).is_err() || original::all().iter().any(|original| original.signed(&note)));
    }
    if let Ok(origin) = text.parse::<Origin>() {
        assert_eq!(origin.to_string(), text, "one tree, one name");
    }
    if let Some(tile) = Tile::from_path(text) {
        assert_eq!(tile.to_string(), text, "one tile, one path");
    }
    if let Ok(read) = PublicKey::read(text) {
        let named = PublicKey::read(&read.named("name")).expect("a key's own form is read");
        assert_eq!(named.as_bytes(), read.as_bytes());
    }
    let _ = (key::read_private(text), proved(text, &public()).map(|proved| matches!(proved, Proved::Inclusion { .. })));
}

/// The logs as they are, their proofs, and the texts in them.
#[must_use]
pub fn seeds() -> Seeds {
    let mut seeds = vec![vec![0, 0], vec![0, 1], vec![1, 0, 0], vec![1, 1, 1]];
    // An edit of each kind.
    seeds.extend((0..16).map(|edit| vec![0, edit & 1, edit, 1, 0, 7, 3, 9, 1, 2, 3, 4, 5, 6]));
    for original in original::all() {
        seeds.extend(original.proofs.iter().map(|proof| proof.clone().into_bytes()));
        seeds.push(original.memory.read_text("checkpoint"));
    }
    seeds.extend(["strongroom/700022/tenant/3", "tile/0/x001/234.p/5"].map(|text| text.into()));
    seeds.push(public().named("strongroom/700022/lifecycle").into());
    seeds
}
