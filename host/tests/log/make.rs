//! Logs to test with: records as the core writes them, and notes signed by a key that is no secret.

use base64ct::{Base64, Encoding};
use ed25519_dalek::{Signer, SigningKey};
use sha2::{Digest as _, Sha256};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use strongroom_core::{Digest, Id, LogName, Organisation, Principal, Record, Role, Rule, Time};
use strongroom_host::log::Directory;
use strongroom_host::merkle;

pub(crate) const LIFECYCLE: &str = "strongroom/700022/lifecycle";
pub(crate) const TENANT: &str = "strongroom/700022/tenant/3";

/// A folder of a test's own, removed in the end.
pub(crate) struct Scratch(pub(crate) PathBuf);

impl Scratch {
    pub(crate) fn new() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("strongroom-log-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(crate) fn join(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}

pub(crate) fn record(log: LogName, sequence: u32) -> Record {
    Record {
        log,
        sequence,
        epoch: 3,
        boot: sequence / 100,
        at: Time::from_unix(1_767_600_000 + u64::from(sequence) * 60),
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

/// Records `from..to` of the lifecycle log.
pub(crate) fn records(from: u32, to: u32) -> Vec<Record> {
    (from..to).map(|sequence| record(LogName::Lifecycle, sequence)).collect()
}

pub(crate) fn key(number: u8) -> SigningKey {
    SigningKey::from_bytes(&[number; 32])
}

/// A note over this text, as the core writes it.
pub(crate) fn sign(key: &SigningKey, name: &str, body: &str) -> String {
    let id = Sha256::digest([name.as_bytes(), b"\n\x01", key.verifying_key().as_bytes()].concat());
    let signature = [&id[..4], &key.sign(body.as_bytes()).to_bytes()].concat();
    format!("{body}\n\u{2014} {name} {}\n", Base64::encode_string(&signature))
}

pub(crate) fn note_of(origin: &str, records: &[Record]) -> String {
    let leaves: Vec<merkle::Hash> = records.iter().map(|record| merkle::leaf(&record.to_bytes())).collect();
    let root = Base64::encode_string(&merkle::root(&leaves));
    sign(&key(1), origin, &format!("{origin}\n{}\n{root}\n", records.len()))
}

/// The note over the first `size` records of the lifecycle log.
pub(crate) fn note(size: u32) -> String {
    note_of(LIFECYCLE, &records(0, size))
}

/// A log that was drained in steps, each of them signed.
pub(crate) fn drained(path: &Path, sizes: &[u32]) -> Directory {
    let mut directory = Directory::create(path).unwrap();
    for size in sizes {
        directory.append(&records(directory.size(), *size)).unwrap();
        directory.publish(&note(*size)).unwrap();
    }
    directory
}

/// Every file below a folder, by its path within.
pub(crate) fn files(folder: &Path) -> Vec<String> {
    fn walk(folder: &Path, within: &str, found: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let name = format!("{within}{}", entry.file_name().to_str().unwrap());
            if entry.file_type().unwrap().is_dir() {
                walk(&entry.path(), &format!("{name}/"), found);
            } else {
                found.push(name);
            }
        }
    }
    let mut found = Vec::new();
    walk(folder, "", &mut found);
    found.sort();
    found
}
