//! Verifying a certificate, with the log's public key and nothing else.

use super::certificate::{Certificate, FormatError, difference};
use super::inclusion::{self, Included};
use super::proved::Proved;
use super::range;
use crate::log::PublicKey;
use crate::merkle::{Hash, hex};
use std::collections::BTreeMap;
use strongroom_core::{Command, Label, LogName, Record};

/// Whether a check passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It holds.
    Passed,
    /// It does not: the certificate is rejected.
    Failed,
}

/// One thing that was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// What: one of `records`, `signature`, `inclusion`, `device`, `commands`, `evidence`, `fields`, `statements`.
    pub what: &'static str,
    /// How it came out.
    pub outcome: Outcome,
    /// What was found, or precisely what differs.
    pub says: String,
}

/// What came of verifying a certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Each thing that was checked, in order. What rests on a failed check is not checked any more.
    pub checks: Vec<Check>,
    /// Fields that are stated and not proved, as `section.field`.
    pub stated: Vec<String>,
    /// What a certificate of its class could prove and this one does not, each with the reason.
    pub missing: Vec<(&'static str, String)>,
}

impl Report {
    /// Whether the certificate proves what it says.
    #[must_use]
    pub fn is_verified(&self) -> bool {
        self.checks.iter().all(|check| check.outcome == Outcome::Passed)
    }

    fn note(&mut self, what: &'static str, found: Result<String, String>) -> bool {
        let (outcome, says) = match found {
            Ok(says) => (Outcome::Passed, says),
            Err(says) => (Outcome::Failed, says),
        };
        self.checks.push(Check { what, outcome, says });
        outcome == Outcome::Passed
    }
}

/// Reads and verifies a certificate.
///
/// # Errors
///
/// Why the text is no certificate at all. One that does not prove what it says is in the [`Report`].
pub fn verify(text: &str, key: &PublicKey) -> Result<Report, FormatError> {
    Ok(verify_read(&Certificate::read(text)?, key))
}

/// Verifies a certificate that was read.
#[must_use]
pub fn verify_read(certificate: &Certificate, key: &PublicKey) -> Report {
    let mut report =
        Report { checks: Vec::new(), stated: certificate.stated.filled().collect(), missing: certificate.proved.missing() };
    let records = match records(certificate) {
        Ok(records) => records,
        Err(why) => {
            report.note("records", Err(why));
            return report;
        }
    };
    report.note(
        "records",
        Ok(format!("{}, whole{}", told(&records), if records.len() > 1 { " and one after another" } else { "" })),
    );
    let opened = inclusion::open(&certificate.log.inclusion, &certificate.log.origin, key);
    let device = match opened {
        Ok((proofs, device)) => {
            let size = proofs.first().map_or(0, |proof| proof.size);
            let says = format!("the checkpoint of {size} records of {} is signed with this key", certificate.log.origin);
            report.note("signature", Ok(says));
            report.note("inclusion", included(&records, &proofs));
            Some(device)
        }
        Err(why) => {
            report.note("signature", Err(why));
            None
        }
    };
    if let Some(device) = device {
        report.note("device", same_device(certificate.proved.device, device));
    }
    let commands = match commands(certificate, &records) {
        Ok(commands) => commands,
        Err(why) => {
            report.note("commands", Err(why));
            return report;
        }
    };
    report.note("commands", Ok(told_commands(&commands)));
    // What the device is said to be is compared above.
    match Proved::by(certificate.proved.device, &records, &commands) {
        Err(why) => {
            report.note("evidence", Err(why));
        }
        Ok(proved) => {
            report.note("evidence", Ok(evidence(&proved)));
            report.missing = proved.missing();
            for outcome in fields(&certificate.proved, &proved) {
                report.note("fields", outcome);
            }
            report.note("statements", certificate.stated.check().and_then(|()| proved.permits(&certificate.stated)));
        }
    }
    report
}

/// The records: each whole, of the lifecycle log, one after another.
fn records(certificate: &Certificate) -> Result<Vec<Record>, String> {
    let records = certificate.records()?;
    if records.is_empty() {
        return Err("there is no record".into());
    }
    for (record, text) in records.iter().zip(&certificate.log.records) {
        if record.log != LogName::Lifecycle {
            return Err(format!("record {} is not of the lifecycle log: {text}", record.sequence));
        }
    }
    match records.windows(2).find(|pair| pair[0].sequence.checked_add(1) != Some(pair[1].sequence)) {
        Some(pair) => Err(format!("record {} does not follow record {}", pair[1].sequence, pair[0].sequence)),
        None => Ok(records),
    }
}

fn told(records: &[Record]) -> String {
    match records {
        [only] => format!("record {}", only.sequence),
        [first, .., last] => format!("records {} to {}", first.sequence, last.sequence),
        [] => String::new(),
    }
}

/// The run of records stands in the tree, with nothing between.
fn included(records: &[Record], proofs: &[Included]) -> Result<String, String> {
    let (Some(first), Some(last), [one, .., other] | [one @ other]) = (records.first(), records.last(), proofs) else {
        return Err("there is no inclusion proof".into());
    };
    for (record, proof) in [(first, one), (last, other)] {
        if proof.record != *record {
            let (is, wanted) = (proof.record.sequence, record.sequence);
            let what = if is == wanted { "another record".to_owned() } else { format!("record {is}") };
            return Err(format!("the inclusion proof for record {wanted} is of {what}"));
        }
    }
    let ends = records.len().min(2);
    if proofs.len() != ends {
        return Err(format!("there are {} inclusion proofs where {ends} belong: of the first and the last record", proofs.len()));
    }
    if one.checkpoint != other.checkpoint {
        return Err("the inclusion proofs are for two different checkpoints".into());
    }
    let leaves: Vec<Hash> = records.iter().map(|record| record.leaf().0).collect();
    let root = range::root(u64::from(one.size), u64::from(first.sequence), &leaves, &one.path, &other.path);
    if root == Some(one.root) {
        let next = if records.len() > 1 { ", one next to the other" } else { "" };
        Ok(format!("{} in the tree of {} records with root {}{next}", told(records), one.size, hex(&one.root)))
    } else {
        Err(format!("{}: not one next to the other in the signed tree; one was changed, left out or put in", told(records)))
    }
}

fn same_device(claimed: Label, signed: Label) -> Result<String, String> {
    if claimed == signed {
        Ok(format!("the checkpoint is of device {:?}", signed.as_str()))
    } else {
        Err(format!("proved.device says {:?}, the checkpoint is of device {:?}", claimed.as_str(), signed.as_str()))
    }
}

/// The commands: each of a record of the run, with the digest that it holds.
fn commands(certificate: &Certificate, records: &[Record]) -> Result<BTreeMap<u32, Command>, String> {
    let mut commands = BTreeMap::new();
    for bound in &certificate.log.commands {
        let record = records.iter().find(|record| record.sequence == bound.sequence);
        let record = record.ok_or_else(|| format!("there is a command and no record {}", bound.sequence))?;
        let (found, expected) = (bound.command.digest(), record.command);
        if found != expected {
            return Err(format!("the command of record {} has digest {found}, the record holds {expected}", bound.sequence));
        }
        if let Some((last, _)) = commands.last_key_value().filter(|(last, _)| **last >= bound.sequence) {
            return Err(format!("the command of record {} stands behind that of record {last}", bound.sequence));
        }
        commands.insert(bound.sequence, bound.command);
    }
    Ok(commands)
}

fn told_commands(commands: &BTreeMap<u32, Command>) -> String {
    if commands.is_empty() {
        return "none is in the certificate".into();
    }
    let each: Vec<String> =
        commands.iter().map(|(sequence, command)| format!("{} of record {sequence}", command.action.verb().name())).collect();
    format!("{}: each has the digest that its record holds", each.join(", "))
}

fn evidence(proved: &Proved) -> String {
    let last = proved.steps.last();
    let by = last.map_or(String::new(), |step| format!("{} by {}, rule {}", step.verb, step.role.name(), step.rule));
    let began = match proved.steps.as_slice() {
        [first, _, ..] => format!("; began at record {} with {} by {}", first.sequence, first.verb, first.role.name()),
        _ => String::new(),
    };
    format!("record {} is {by}: {}{began}", proved.sequence, proved.class.name())
}

/// Each field that differs, or that none does.
fn fields(claimed: &Proved, proved: &Proved) -> Vec<Result<String, String>> {
    let value = |side: &Proved| serde_json::to_value(side).unwrap_or_default();
    let differences = difference("proved", &value(claimed), &value(proved));
    if differences.is_empty() {
        return vec![Ok("all that the certificate calls proved is what the records prove".into())];
    }
    let told = differences.into_iter();
    told.map(|found| Err(format!("{} says {}, the records prove {}", found.place, found.one, found.other))).collect()
}
