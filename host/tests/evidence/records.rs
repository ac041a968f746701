//! The records that a certificate is made of, and their commands.

use crate::bench::{Forge, KEY, Scratch, assert_rejected, drained, failures, lifecycle, rejected, value};
use crate::drained::{self, Drained};
use serde_json::{Value, json};
use strongroom_core::lease::evidence::Class;
use strongroom_core::{Action, LogName, Record, Rule};
use strongroom_host::evidence::{Certificate, Excerpt, Stated, cause_of, class_of, export, verify};
use strongroom_host::log::Directory;

#[test]
fn a_record_cannot_be_left_out_put_in_or_changed() {
    let whole = value("verified");
    let records = Certificate::read(&whole.to_string()).expect("a certificate").records().expect("records");
    let with = |records: &[Record]| {
        let mut certificate = whole.clone();
        certificate["log"]["records"] = records.iter().map(Excerpt::written).collect();
        certificate
    };
    let [began, erased, acknowledged, proof] = records.as_slice() else { panic!("four records") };
    assert_rejected(&with(&[*began, *erased, *proof]), "records: record 23 does not follow record 21");
    let forged = Record { detail: 5, ..*acknowledged };
    assert_rejected(
        &with(&[*began, *erased, forged, *proof]),
        "inclusion: records 20 to 23: not one next to the other in the signed tree",
    );
    let renumbered = Record { sequence: 22, ..*proof };
    assert_rejected(&with(&[*began, *erased, renumbered]), "inclusion: the inclusion proof for record 22 is of record 23");
    let other = Record { flags: 2, ..*proof };
    assert_rejected(
        &with(&[*began, *erased, *acknowledged, other]),
        "inclusion: the inclusion proof for record 23 is of another record",
    );
    let tenants = Record { log: LogName::Tenant, ..*proof };
    assert_rejected(&with(&[*began, *erased, *acknowledged, tenants]), "record 23 is not of the lifecycle log");
    assert_rejected(&with(&[]), "records: there is no record");
    let mut certificate = whole.clone();
    certificate["log"]["records"][3] = json!("00");
    assert_rejected(&certificate, "records: log.records[3] is not a record of 118 bytes in hexadecimal digits");
}

#[test]
fn what_is_no_destruction_proves_none() {
    let forge = Forge::new("no-destruction", "lease/zeroize.jsonl");
    let claims = value("verified");
    let mut refusals = 0;
    for record in &forge.log.records {
        let certificate = forge.over(&claims, record.sequence, record.sequence);
        if class_of(record).is_some() {
            continue;
        }
        refusals += 1;
        assert_rejected(&certificate, &format!("evidence: record {} proves no destruction: it is ", record.sequence));
    }
    assert!(refusals > 15);
}

#[test]
fn what_began_it_is_the_last_that_did() {
    // Zeroized by the pool, then by a tamper of the zeroized device: the second is what the later proof is of.
    let forge = Forge::new("began", "lease/tampers-along-the-way.jsonl");
    let records = &forge.log.records;
    let mut tried = 0;
    for proof in records.iter().filter(|record| class_of(record) == Some(Class::Verified)) {
        let begins: Vec<u32> = records
            .iter()
            .filter(|record| record.sequence < proof.sequence && cause_of(record).is_some())
            .map(|record| record.sequence)
            .collect();
        for (place, first) in begins.iter().enumerate().rev().take(4) {
            let certificate = forge.over(&value("verified"), *first, proof.sequence);
            if place + 1 == begins.len() {
                let reasons = rejected(&certificate).unwrap_or_default();
                assert!(reasons.iter().all(|reason| !reason.starts_with("evidence")), "{reasons:?}");
            } else {
                tried += 1;
                let reason =
                    format!("evidence: record {first} is not what began it: record {} began another one", begins[place + 1]);
                assert_rejected(&certificate, &reason);
            }
        }
        let before = proof.sequence - 1;
        let certificate = forge.over(&value("verified"), before, proof.sequence);
        assert_rejected(&certificate, &format!("record {before} does not begin what record {} proves", proof.sequence));
    }
    assert!(tried > 3);
}

#[test]
fn a_command_that_is_not_its_records_is_told() {
    let whole = value("verified");
    let mut certificate = whole.clone();
    certificate["log"]["commands"][2]["command"]["action"]["verify_ok"]["read_back"] = json!("00".repeat(32));
    assert_rejected(&certificate, "commands: the command of record 23 has digest ");
    let mut certificate = whole.clone();
    certificate["log"]["commands"][0]["sequence"] = json!(19);
    assert_rejected(&certificate, "commands: there is a command and no record 19");
    let mut certificate = whole.clone();
    let again = certificate["log"]["commands"][0].clone();
    certificate["log"]["commands"].as_array_mut().expect("commands").push(again);
    assert_rejected(&certificate, "commands: the command of record 20 stands behind that of record 23");
    // Written otherwise than this program writes it, though it means the same.
    let mut certificate = whole;
    certificate["log"]["commands"][1]["command"].as_object_mut().expect("a command").remove("second");
    assert_rejected(&certificate, "log.commands[1].command.second is not written as a certificate is");
}

#[test]
fn with_fewer_commands_less_is_proved_and_it_says_so() {
    let mut certificate = value("verified");
    certificate["log"]["commands"] = json!([]);
    let reasons = rejected(&certificate).expect("rejected");
    assert_eq!(reasons.len(), 3, "{reasons:?}");
    for field in ["areas", "nonce", "read_back"] {
        assert!(reasons.iter().any(|reason| reason.starts_with(&format!("fields: proved.{field} says "))));
        certificate["proved"][field] = Value::Null;
    }
    let report = verify(&certificate.to_string(), &KEY).expect("a certificate");
    assert!(report.is_verified(), "{:?}", failures(&report));
    let missing: Vec<&str> = report.missing.iter().map(|(name, _)| *name).collect();
    assert_eq!(missing, ["nonce", "areas", "read_back"]);
    assert_eq!(report.missing[2].1, "the command verify_ok was not kept with the log");
}

#[test]
fn a_nonce_that_the_core_did_not_ask_for_is_not_called_a_challenge() {
    // A failed device takes any nonce (T54).
    let began = |log: &Drained| log.records.iter().rev().find(|record| record.rule == Rule::T54).copied();
    let log = drained("lease/replacement.jsonl").into_iter().find(|log| began(log).is_some() && log.log == LogName::Lifecycle);
    let (log, scratch) = (log.expect("a device that failed"), Scratch::new("nonce"));
    log.write(&scratch.0);
    let began = began(&log).expect("zeroized");
    assert!(matches!(log.commands[&began.sequence].action, Action::Zeroize { .. }));
    let certificate = export(&scratch.0, None, Stated::default()).expect("evidence");
    assert_eq!(certificate.proved.steps[0].sequence, began.sequence);
    assert_eq!((certificate.proved.nonce, certificate.proved.missing()), (None, Vec::new()));
}

#[test]
fn a_destruction_too_long_for_a_certificate_leaves_its_beginning_out() {
    let log = lifecycle("lease/zeroize.jsonl");
    let scratch = Scratch::new("long");
    // The pool's steps between, again and again.
    let mut records: Vec<Record> = log.records[..=21].to_vec();
    let filler = log.records[22];
    for sequence in 22..1200 {
        records.push(Record { sequence, ..filler });
    }
    records.push(Record { sequence: 1200, ..log.records[23] });
    let mut directory = Directory::create(&scratch.0.join("lifecycle")).expect("new");
    directory.append(&records).expect("whole");
    directory.publish(&drained::note(&log.origin().to_string(), &records)).expect("signed");
    let certificate = export(&scratch.0, None, Stated::default()).expect("evidence");
    assert_eq!((certificate.log.records.len(), certificate.proved.cause), (1, None));
    let report = verify(&certificate.write().expect("JSON"), &KEY).expect("a certificate");
    assert!(report.is_verified(), "{:?}", failures(&report));
    assert_eq!(report.missing[0], ("cause", "the record that began it is not in the certificate".to_owned()));
}
