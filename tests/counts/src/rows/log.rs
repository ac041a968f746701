//! Logs and their signed heads, as somebody verifies them who has the key.

use crate::row;
use std::error::Error;
use std::hint::black_box;
use std::ops::ControlFlow;
use strongroom_core::Record;
use strongroom_core::checkpoint::Checkpoint;
use strongroom_host::log::{Directory, verify};
use strongroom_host::merkle;
use strongroom_scale::log::{note, public_key, record};

const RECORDS: u32 = 1000;
const CHECKPOINTS: usize = 20;

pub(crate) fn all() -> Result<(), Box<dyn Error>> {
    let folder = std::env::temp_dir().join(format!("strongroom-counts-{}", std::process::id()));
    let done = in_folder(&folder);
    std::fs::remove_dir_all(&folder)?;
    done
}

fn in_folder(folder: &std::path::Path) -> Result<(), Box<dyn Error>> {
    let records: Vec<Record> = (0..RECORDS).map(record).collect();
    let leaves: Vec<merkle::Hash> = records.iter().map(|record| merkle::leaf(&record.to_bytes())).collect();
    let note = note(RECORDS, merkle::root(&leaves));
    let mut directory = Directory::create(folder)?;
    directory.append(&records)?;
    directory.publish(&note)?;

    let public = public_key();
    let mut report = None;
    row("record of a log folder verified, of 1000 with one signature", records.len(), || {
        report = verify(folder, Some(&public), &mut |_, _| ControlFlow::Continue(())).ok().flatten();
    });
    assert!(report.is_some_and(|report| report.is_sound() && report.signed == RECORDS), "the log is sound");

    row("checkpoint verified", CHECKPOINTS, || {
        for _ in 0..CHECKPOINTS {
            assert!(black_box(Checkpoint::verify(black_box(&note), black_box(public.as_bytes()))).is_ok());
        }
    });
    Ok(())
}
