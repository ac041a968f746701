//! Logs and their signed heads, as somebody verifies them who has the key.

use super::record::record;
use crate::row;
use base64ct::{Base64, Encoding};
use ed25519_dalek::{Signer, SigningKey};
use std::error::Error;
use std::hint::black_box;
use std::ops::ControlFlow;
use strongroom_core::Record;
use strongroom_core::checkpoint::{self, Checkpoint};
use strongroom_host::log::{Directory, PublicKey, verify};
use strongroom_host::merkle;

const ORIGIN: &str = "strongroom/700022/lifecycle";
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
    let key = SigningKey::from_bytes(&[1; 32]);
    let note = note(&key, &leaves);
    let mut directory = Directory::create(folder)?;
    directory.append(&records)?;
    directory.publish(&note)?;

    let public = PublicKey::from(key.verifying_key());
    let mut report = None;
    row("record of a log folder verified, of 1000 with one signature", records.len(), || {
        report = verify(folder, Some(&public), &mut |_, _| ControlFlow::Continue(())).ok().flatten();
    });
    assert!(report.is_some_and(|report| report.is_sound() && report.signed == RECORDS), "the log is sound");

    let public = key.verifying_key().to_bytes();
    row("checkpoint verified", CHECKPOINTS, || {
        for _ in 0..CHECKPOINTS {
            assert!(black_box(Checkpoint::verify(black_box(&note), black_box(&public))).is_ok());
        }
    });
    Ok(())
}

fn note(key: &SigningKey, leaves: &[merkle::Hash]) -> String {
    let body = format!("{ORIGIN}\n{}\n{}\n", leaves.len(), Base64::encode_string(&merkle::root(leaves)));
    let id = checkpoint::key_id(ORIGIN, &key.verifying_key().to_bytes());
    let signature = [&id[..], &key.sign(body.as_bytes()).to_bytes()].concat();
    format!("{body}\n\u{2014} {ORIGIN} {}\n", Base64::encode_string(&signature))
}
