//! Verifying a whole log in one thread, beside hashing its messages one after another.

use crate::measure::{Contestant, Kind, Outcome, Scale};
use sha2::{Digest as _, Sha256};
use std::hint::black_box;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::Instant;
use strongroom_core::Record;
use strongroom_host::log::disk::Folder;
use strongroom_host::log::verify::{Report, verify_on};
use strongroom_host::log::{Directory, PublicKey};
use strongroom_host::merkle;
use strongroom_scale::log::{note, public_key, record};

/// Records that are appended between two checkpoints.
const DRAIN: usize = 1 << 17;

/// Records of the longest log, which holds a few more.
const MOST: usize = 1_000_000;

/// A log in a folder of its own, which goes with it.
struct Stored(PathBuf);

impl Drop for Stored {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The contestants, once the log is found sound and one with a changed byte is not.
pub(crate) fn contest(scale: Scale) -> Outcome<Vec<Contestant<'static>>> {
    let count = scale.inputs().min(MOST);
    let stored = Stored(std::env::temp_dir().join(format!("strongroom-bench-{}", std::process::id())));
    let records: Vec<Record> = (0..u32::try_from(count)?).map(record).collect();
    let leaves: Vec<merkle::Hash> = records.iter().map(|record| merkle::leaf(&record.to_bytes())).collect();
    let public = public_key();
    let written = write(&stored.0, &records, &leaves)?;
    agree(&stored.0, &public, count)?;

    let entries: Vec<[u8; Record::SIZE]> = records.iter().map(Record::to_bytes).collect();
    let verified = move |_| match verified(&stored.0, &public) {
        Ok(report) if report.is_sound() => u64::from(report.signed),
        _ => 0,
    };
    Ok(vec![
        Contestant::new("strongroom, verify a log in one thread", Kind::Ours, count, verified).note(format!(
            "{count} records: files read, every hash, order, checkpoint and signature; written and forced to the medium in {written:.0} ns a record"
        )),
        Contestant::new("its leaves and nodes, sha2 one by one", Kind::Floor, count, move |_| one_by_one(&entries, &leaves)),
    ])
}

/// In one thread, as the row beside it; and callgrind counts that of the caller alone.
fn verified(folder: &Path, key: &PublicKey) -> Outcome<Report> {
    let told = verify_on(&Folder::new(folder), Some(key), Some(NonZeroUsize::MIN), &mut |_, _| ControlFlow::Continue(()));
    Ok(told?.ok_or("log: the verification was broken off")?)
}

/// Writes the log; gives the nanoseconds a record that appending took.
fn write(folder: &Path, records: &[Record], leaves: &[merkle::Hash]) -> Outcome<f64> {
    let mut directory = Directory::create(folder)?;
    let mut writing = 0.0;
    for drain in records.chunks(DRAIN) {
        let start = Instant::now();
        directory.append(drain)?;
        writing += start.elapsed().as_secs_f64();
        directory.publish(&note(directory.size(), merkle::root(&leaves[..directory.size() as usize])))?;
    }
    Ok(writing * 1e9 / records.len() as f64)
}

fn agree(folder: &Path, key: &PublicKey, count: usize) -> Outcome<()> {
    let report = verified(folder, key)?;
    if !report.is_sound() || report.signed as usize != count {
        return Err(format!("log: a log of {count} records is not found to be sound: {:?}", report.findings).into());
    }
    let bundle = folder.join(if count < 256 { "tile/entries/000.p/0" } else { "tile/entries/000" });
    if let Ok(sound) = std::fs::read(&bundle) {
        let mut changed = sound.clone();
        changed[40] ^= 1;
        std::fs::write(&bundle, &changed)?;
        let report = verified(folder, key)?;
        std::fs::write(&bundle, sound)?;
        if report.is_sound() {
            return Err("log: a changed byte of record 0 is not found".into());
        }
    }
    Ok(())
}

/// As many nodes as leaves, but for one.
fn one_by_one(entries: &[[u8; Record::SIZE]], leaves: &[merkle::Hash]) -> u64 {
    for entry in entries {
        black_box(Sha256::new().chain_update([0]).chain_update(entry).finalize());
    }
    for pair in leaves.windows(2) {
        black_box(Sha256::new().chain_update([1]).chain_update(pair[0]).chain_update(pair[1]).finalize());
    }
    entries.len() as u64
}
