//! How long it takes to write and to verify a long log, and what its hashes alone take.
//!
//! `cargo run --release -p strongroom-host --example log_speed -- 100000`

use base64ct::{Base64, Encoding};
use ed25519_dalek::{Signer, SigningKey};
use sha2::{Digest as _, Sha256};
use std::error::Error;
use std::hint::black_box;
use std::ops::ControlFlow;
use std::time::Instant;
use strongroom_core::{Digest, Id, LogName, Organisation, Principal, Record, Role, Rule, Time};
use strongroom_host::log::{Directory, PublicKey, verify};
use strongroom_host::merkle;

const ORIGIN: &str = "strongroom/700022/lifecycle";

/// Records that are appended between two checkpoints.
const DRAIN: usize = 10_000;

/// Runs, of which the one that was least disturbed counts.
const RUNS: usize = 20;

fn main() -> Result<(), Box<dyn Error>> {
    let count: u32 = std::env::args().nth(1).map_or(Ok(100_000), |count| count.parse())?;
    let folder = std::env::temp_dir().join(format!("strongroom-log-speed-{}", std::process::id()));
    let told = run(&folder, count);
    std::fs::remove_dir_all(&folder)?;
    told
}

fn run(folder: &std::path::Path, count: u32) -> Result<(), Box<dyn Error>> {
    let records: Vec<Record> = (0..count).map(record).collect();
    let leaves: Vec<merkle::Hash> = records.iter().map(|record| merkle::leaf(&record.to_bytes())).collect();
    let key = SigningKey::from_bytes(&[1; 32]);
    let each = |start: Instant| start.elapsed().as_nanos() / u128::from(count.max(1));

    let mut directory = Directory::create(folder)?;
    let mut writing = 0;
    for drain in records.chunks(DRAIN) {
        let start = Instant::now();
        directory.append(drain)?;
        writing += start.elapsed().as_nanos();
        directory.publish(&note(&key, &leaves[..directory.size() as usize]))?;
    }
    println!("append, forced to the medium: {} ns a record", writing / u128::from(count.max(1)));

    let public = PublicKey::from(key.verifying_key());
    let mut best = u128::MAX;
    for _ in 0..RUNS {
        let start = Instant::now();
        let report = verify(folder, Some(&public), &mut |_, _| ControlFlow::Continue(()))?.ok_or("broken off")?;
        best = best.min(each(start));
        if !report.is_sound() || report.signed != count {
            return Err(format!("{:?}", report.findings).into());
        }
    }
    println!("verify {count} records: {best} ns a record");

    let messages: Vec<[u8; Record::SIZE]> = records.iter().map(Record::to_bytes).collect();
    let mut best = u128::MAX;
    for _ in 0..RUNS {
        let start = Instant::now();
        for message in &messages {
            black_box(Sha256::new().chain_update([0]).chain_update(message).finalize());
        }
        // As many nodes as leaves, but for one.
        for pair in leaves.windows(2) {
            black_box(Sha256::new().chain_update([1]).chain_update(pair[0]).chain_update(pair[1]).finalize());
        }
        best = best.min(each(start));
    }
    println!("its leaves and nodes hashed with sha2, one after another: {best} ns a record");
    Ok(())
}

fn record(sequence: u32) -> Record {
    Record {
        log: LogName::Lifecycle,
        sequence,
        epoch: 1,
        boot: 1,
        at: Time::from_unix(1_767_600_000 + u64::from(sequence)),
        time_epoch: 1,
        flags: 0,
        by: Principal { role: Role::Pool, organisation: Organisation([0xb0; 16]), id: Id([1; 16]) },
        second: Id::NOBODY,
        kind: 4,
        rule: Rule::CustomerAsked,
        from: 1,
        to: 2,
        request: sequence,
        detail: 0,
        command: Digest(Sha256::digest(sequence.to_be_bytes()).into()),
    }
}

fn note(key: &SigningKey, leaves: &[merkle::Hash]) -> String {
    let root = Base64::encode_string(&merkle::root(leaves));
    let body = format!("{ORIGIN}\n{}\n{root}\n", leaves.len());
    let id = Sha256::digest([ORIGIN.as_bytes(), b"\n\x01", key.verifying_key().as_bytes()].concat());
    let signature = [&id[..4], &key.sign(body.as_bytes()).to_bytes()].concat();
    format!("{body}\n\u{2014} {ORIGIN} {}\n", Base64::encode_string(&signature))
}
