//! What the tests of certificates share.

use crate::common;
use crate::drained::{self, Drained};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use strongroom_core::LogName;
use strongroom_host::evidence::{Check, Excerpt, Outcome, Report, cause_of, class_of, verify};
use strongroom_host::log::{Directory, PublicKey};
use strongroom_host::{Options, replay};

pub(crate) const CLASSES: [&str; 3] = ["verified", "reported", "witnessed"];

pub(crate) fn checked_in(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/evidence").join(name)
}

pub(crate) fn text(name: &str) -> String {
    let path = checked_in(name);
    std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("{} is missing; run: make expected", path.display()))
}

pub(crate) fn value(name: &str) -> Value {
    serde_json::from_str(&text(&format!("{name}.json"))).expect("JSON")
}

pub(crate) static KEY: LazyLock<PublicKey> = LazyLock::new(|| PublicKey::read(&text("verified/key.pub")).expect("a key"));

/// What comes of a certificate; why it is none, or what was found wrong with it.
pub(crate) fn rejected(certificate: &Value) -> Option<Vec<String>> {
    match verify(&certificate.to_string(), &KEY) {
        Err(error) => Some(vec![error.to_string()]),
        Ok(report) if report.is_verified() => None,
        Ok(report) => Some(failures(&report)),
    }
}

pub(crate) fn failures(report: &Report) -> Vec<String> {
    let failed = |check: &&Check| check.outcome == Outcome::Failed;
    report.checks.iter().filter(failed).map(|check| format!("{}: {}", check.what, check.says)).collect()
}

/// Rejected, and one of the reasons is this.
#[track_caller]
pub(crate) fn assert_rejected(certificate: &Value, reason: &str) {
    let reasons = rejected(certificate).unwrap_or_else(|| panic!("verified, and should be rejected: {reason}"));
    assert!(reasons.iter().any(|found| found.contains(reason)), "rejected for {reasons:#?}, not for {reason:?}");
}

/// A folder of a test's own, removed in the end.
pub(crate) struct Scratch(pub(crate) PathBuf);

impl Scratch {
    pub(crate) fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("strongroom-evidence-{}-{name}", std::process::id()));
        std::fs::remove_dir_all(&path).ok();
        std::fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}

pub(crate) fn drained(scenario: &str) -> Vec<Drained> {
    let path = common::folder().join(scenario);
    let text = std::fs::read_to_string(&path).expect("a text");
    drained::drain(&replay(&text, path.parent().expect("a folder"), Options::default()).expect("well formed"))
}

pub(crate) fn lifecycle(scenario: &str) -> Drained {
    drained(scenario).into_iter().find(|log| log.log == LogName::Lifecycle).expect("a lifecycle log")
}

/// A log whose every record is there and signed, with a certificate over any run of it.
pub(crate) struct Forge {
    pub(crate) log: Drained,
    pub(crate) directory: Directory,
    pub(crate) _scratch: Scratch,
}

impl Forge {
    pub(crate) fn new(name: &str, scenario: &str) -> Self {
        let (log, scratch) = (lifecycle(scenario), Scratch::new(name));
        let directory = log.write(&scratch.0);
        Self { log, directory, _scratch: scratch }
    }

    /// A certificate whose log part is whole over these records, whatever it claims.
    pub(crate) fn over(&self, claims: &Value, first: u32, last: u32) -> Value {
        let mut certificate = claims.clone();
        let run = &self.log.records[first as usize..=last as usize];
        certificate["log"]["records"] = run.iter().map(Excerpt::written).collect();
        let kept = run.iter().filter_map(|record| {
            let command =
                self.log.commands.get(&record.sequence).filter(|_| class_of(record).is_some() || cause_of(record).is_some())?;
            Some(json!({"sequence": record.sequence, "command": command}))
        });
        certificate["log"]["commands"] = kept.collect();
        let ends = if first == last { vec![first] } else { vec![first, last] };
        certificate["log"]["inclusion"] =
            ends.iter().map(|index| strongroom_host::log::proof::inclusion(&self.directory, *index).expect("there")).collect();
        certificate
    }
}
