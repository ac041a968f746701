//! Certificates: made, verified, and damaged in every place.

mod common;

#[path = "common/drained.rs"]
mod drained;

use common::Scenario;
use drained::Drained;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use strongroom_core::lease::evidence::Class;
use strongroom_core::{Action, Command, LogName, Principal, Record, Role, Rule};
use strongroom_host::evidence::{
    Certificate, Check, Checked, Excerpt, ExportError, KeepError, Outcome, Report, Stated, cause_of, class_of, export, keep,
    kept, page, verify,
};
use strongroom_host::log::{Directory, PublicKey};
use strongroom_host::{Options, replay};

const CLASSES: [&str; 3] = ["verified", "reported", "witnessed"];

fn checked_in(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/evidence").join(name)
}

fn text(name: &str) -> String {
    let path = checked_in(name);
    std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("{} is missing; run: make expected", path.display()))
}

fn value(name: &str) -> Value {
    serde_json::from_str(&text(&format!("{name}.json"))).expect("JSON")
}

static KEY: LazyLock<PublicKey> = LazyLock::new(|| PublicKey::read(&text("verified/key.pub")).expect("a key"));

/// What comes of a certificate; why it is none, or what was found wrong with it.
fn rejected(certificate: &Value) -> Option<Vec<String>> {
    match verify(&certificate.to_string(), &KEY) {
        Err(error) => Some(vec![error.to_string()]),
        Ok(report) if report.is_verified() => None,
        Ok(report) => Some(failures(&report)),
    }
}

fn failures(report: &Report) -> Vec<String> {
    let failed = |check: &&Check| check.outcome == Outcome::Failed;
    report.checks.iter().filter(failed).map(|check| format!("{}: {}", check.what, check.says)).collect()
}

/// Rejected, and one of the reasons is this.
#[track_caller]
fn assert_rejected(certificate: &Value, reason: &str) {
    let reasons = rejected(certificate).unwrap_or_else(|| panic!("verified, and should be rejected: {reason}"));
    assert!(reasons.iter().any(|found| found.contains(reason)), "rejected for {reasons:#?}, not for {reason:?}");
}

/// A folder of a test's own, removed in the end.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
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

fn drained(scenario: &str) -> Vec<Drained> {
    let path = common::folder().join(scenario);
    let text = std::fs::read_to_string(&path).expect("a text");
    drained::drain(&replay(&text, path.parent().expect("a folder"), Options::default()).expect("well formed"))
}

fn lifecycle(scenario: &str) -> Drained {
    drained(scenario).into_iter().find(|log| log.log == LogName::Lifecycle).expect("a lifecycle log")
}

#[test]
fn certificates_and_their_pages_are_as_checked_in_and_verify() {
    for name in CLASSES {
        let stated = Stated::read(&text("details.json")).expect("details");
        let certificate = export(&checked_in(name), None, stated).expect("evidence");
        let written = certificate.write().expect("JSON");
        assert!(written == text(&format!("{name}.json")), "{name}.json differs; if that is meant: make expected");
        assert!(
            page(&certificate, Checked::No) == text(&format!("{name}.txt")),
            "{name}.txt differs; if that is meant: make expected"
        );
        assert_eq!(Certificate::read(&written).expect("a certificate"), certificate);
        assert_eq!(certificate.proved.class.name().to_lowercase(), name);
        let report = verify(&written, &KEY).expect("a certificate");
        assert!(report.is_verified(), "{:?}", failures(&report));
        assert!(report.missing.is_empty(), "{:?}", report.missing);
        assert_eq!(report.stated.len(), 20);
        let checks: Vec<&str> = report.checks.iter().map(|check| check.what).collect();
        assert_eq!(checks, ["records", "signature", "inclusion", "device", "commands", "evidence", "fields", "statements"]);
    }
}

#[test]
fn a_page_is_one_page_and_does_not_say_proved_before_it_is() {
    for name in CLASSES {
        let certificate = Certificate::read(&text(&format!("{name}.json"))).expect("a certificate");
        let (before, after) = (page(&certificate, Checked::No), page(&certificate, Checked::With("device.pub")));
        assert!(before.contains("NO: nothing here is proved before") && !before.contains("  proved  "));
        assert!(after.contains("yes, with the key of device.pub") && !after.contains("  claimed "));
        for page in [before, after] {
            assert!(page.lines().count() <= 66, "{name} has {} lines", page.lines().count());
            assert!(page.lines().all(|line| line.chars().count() <= 100));
        }
    }
}

/// A step into a value: a key or a place.
#[derive(Clone, Debug)]
enum Into {
    Key(String),
    Place(usize),
}

/// Every value below, containers included, by the way to it.
fn places(value: &Value, way: &mut Vec<Into>, found: &mut Vec<Vec<Into>>) {
    if !way.is_empty() {
        found.push(way.clone());
    }
    let below: Vec<(Into, &Value)> = match value {
        Value::Object(fields) => fields.iter().map(|(name, value)| (Into::Key(name.clone()), value)).collect(),
        Value::Array(values) => values.iter().enumerate().map(|(place, value)| (Into::Place(place), value)).collect(),
        _ => Vec::new(),
    };
    for (step, value) in below {
        way.push(step);
        places(value, way, found);
        way.pop();
    }
}

fn at<'a>(value: &'a mut Value, way: &[Into]) -> &'a mut Value {
    way.iter().fold(value, |value, step| match step {
        Into::Key(name) => &mut value[name.as_str()],
        Into::Place(place) => &mut value[*place],
    })
}

/// Other values of the same kind, and of others.
fn others(value: &Value) -> Vec<Value> {
    let mut others = match value {
        Value::String(text) => {
            let mut others = vec![json!(""), json!(format!("{text} "))];
            // Each sign by itself, or so many that each part of it is met.
            let signs: Vec<char> = text.chars().collect();
            let every = signs.len().div_ceil(150);
            for place in (0..signs.len()).step_by(every.max(1)) {
                for other in ['0', 'e'] {
                    let mut changed = signs.clone();
                    changed[place] = other;
                    others.push(json!(changed.into_iter().collect::<String>()));
                }
            }
            others
        }
        Value::Number(number) => vec![json!(number.as_u64().expect("small") + 1), json!(0), json!(4_294_967_295_u32), json!(-1)],
        Value::Bool(yes) => vec![json!(!yes)],
        Value::Null => vec![json!("x"), json!(0), json!("00000000-0000-4000-8000-000000000001"), json!(["x"])],
        Value::Array(values) => {
            let mut others = vec![json!([])];
            for place in 0..values.len() {
                let mut without = values.clone();
                let one = without.remove(place);
                others.push(Value::Array(without.clone()));
                without.push(one.clone());
                others.push(Value::Array(without));
                let mut twice = values.clone();
                twice.insert(place, one);
                others.push(Value::Array(twice));
            }
            others
        }
        Value::Object(fields) => {
            let mut others: Vec<Value> = fields
                .keys()
                .map(|name| {
                    let mut without = fields.clone();
                    without.remove(name);
                    Value::Object(without)
                })
                .collect();
            let mut more = fields.clone();
            more.insert("more".into(), json!("than there is"));
            others.push(Value::Object(more));
            others
        }
    };
    others.push(Value::Null);
    others.push(json!("something"));
    others.push(json!(7));
    others.retain(|other| other != value);
    others
}

#[test]
fn whatever_is_changed_is_rejected_or_is_a_statement() {
    let (mut changes, mut statements) = (0, 0);
    for name in CLASSES {
        let whole = value(name);
        let mut ways = Vec::new();
        places(&whole, &mut Vec::new(), &mut ways);
        for way in ways {
            let is_statement = matches!(way.first(), Some(Into::Key(part)) if part == "stated");
            for other in others(at(&mut whole.clone(), &way)) {
                let mut changed = whole.clone();
                *at(&mut changed, &way) = other.clone();
                changes += 1;
                match rejected(&changed) {
                    Some(reasons) => assert!(reasons.iter().all(|reason| reason.len() > 10), "{reasons:?}"),
                    None if is_statement => {
                        // What is proved is the same as before, and what was changed is not said to be proved.
                        statements += 1;
                        let report = verify(&changed.to_string(), &KEY).expect("a certificate");
                        assert!(report.stated.iter().all(|field| !field.starts_with("proved")));
                        assert_eq!(changed["proved"], whole["proved"]);
                    }
                    None => panic!("{name}: {way:?} can be {other}"),
                }
            }
        }
    }
    println!("{changes} changes, all rejected but {statements} of what is only stated");
    assert!(changes > 7_000 && statements > 100);
}

#[test]
fn a_class_is_never_upgraded() {
    for (name, class, other) in
        [("reported", "Reported", "Verified"), ("witnessed", "Witnessed", "Verified"), ("verified", "Verified", "Witnessed")]
    {
        let mut certificate = value(name);
        certificate["proved"]["class"] = json!(other);
        assert_rejected(&certificate, &format!("fields: proved.class says {other:?}, the records prove {class:?}"));
    }
    let mut certificate = value("reported");
    certificate["proved"]["class"] = json!("Certain");
    assert_rejected(&certificate, "not a certificate: unknown variant `Certain`");
}

#[test]
fn each_field_that_differs_is_named_with_what_the_records_prove() {
    let mut certificate = value("verified");
    certificate["proved"]["cause"] = json!("tamper");
    certificate["proved"]["at"] = json!("2026-03-08T09:21:00Z");
    certificate["proved"]["steps"][0]["role"] = json!("Pool");
    let reasons = rejected(&certificate).expect("rejected");
    assert_eq!(
        reasons,
        [
            "fields: proved.at says \"2026-03-08T09:21:00Z\", the records prove \"2026-03-09T09:21:00Z\"",
            "fields: proved.cause says \"tamper\", the records prove \"customer\"",
            "fields: proved.steps[0].role says \"Pool\", the records prove \"Admin\"",
        ]
    );
}

#[test]
fn another_device_is_told() {
    let mut certificate = value("verified");
    certificate["proved"]["device"] = json!("700023");
    assert_rejected(&certificate, "device: proved.device says \"700023\", the checkpoint is of device \"700022\"");
    // A checkpoint that another device's log signed, over the very same records.
    let log = lifecycle("lease/zeroize.jsonl");
    let scratch = Scratch::new("other-device");
    let path = scratch.0.join("lifecycle");
    let mut directory = Directory::create(&path).expect("new");
    directory.append(&log.records).expect("whole");
    directory.publish(&drained::note("strongroom/700099/lifecycle", &log.records)).expect("signed");
    let theirs = export(&scratch.0, None, Stated::default()).expect("evidence");
    assert_eq!(theirs.proved.device.as_str(), "700099");
    let mut certificate = value("verified");
    certificate["log"]["inclusion"] = json!(theirs.log.inclusion);
    assert_rejected(
        &certificate,
        "log.inclusion[0] is of strongroom/700099/lifecycle, log.origin says strongroom/700022/lifecycle",
    );
    certificate["log"]["origin"] = json!("strongroom/700099/lifecycle");
    assert_rejected(&certificate, "proved.device says \"700022\", the checkpoint is of device \"700099\"");
}

#[test]
fn another_key_verifies_nothing() {
    let other = ed25519_dalek::SigningKey::from_bytes(&[9; 32]);
    let other = PublicKey::from(other.verifying_key());
    let report = verify(&text("verified.json"), &other).expect("a certificate");
    assert_eq!(failures(&report), ["signature: log.inclusion[0]: the checkpoint is not signed by this key"]);
}

#[test]
fn a_proof_of_another_record_or_checkpoint_is_told() {
    let whole = value("verified");
    let directory = Directory::open(&checked_in("verified/lifecycle")).expect("a log");
    let proof = |index| strongroom_host::log::proof::inclusion(&directory, index).expect("there");
    let mut certificate = whole.clone();
    certificate["log"]["inclusion"][1] = json!(proof(22));
    assert_rejected(&certificate, "inclusion: the inclusion proof for record 23 is of record 22");
    let mut certificate = whole.clone();
    certificate["log"]["inclusion"].as_array_mut().expect("proofs").remove(0);
    assert_rejected(&certificate, "inclusion: the inclusion proof for record 20 is of record 23");
    // The same records, signed when the log was shorter.
    let log = lifecycle("lease/zeroize.jsonl");
    let scratch = Scratch::new("checkpoint");
    let mut shorter = Directory::create(&scratch.0.join("lifecycle")).expect("new");
    shorter.append(&log.records[..21]).expect("whole");
    shorter.publish(&drained::note(&log.origin().to_string(), &log.records[..21])).expect("signed");
    let mut certificate = whole;
    certificate["log"]["inclusion"][0] = json!(strongroom_host::log::proof::inclusion(&shorter, 20).expect("there"));
    assert_rejected(&certificate, "inclusion: the inclusion proofs are for two different checkpoints");
}

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

/// A log whose every record is there and signed, with a certificate over any run of it.
struct Forge {
    log: Drained,
    directory: Directory,
    _scratch: Scratch,
}

impl Forge {
    fn new(name: &str, scenario: &str) -> Self {
        let (log, scratch) = (lifecycle(scenario), Scratch::new(name));
        let directory = log.write(&scratch.0);
        Self { log, directory, _scratch: scratch }
    }

    /// A certificate whose log part is whole over these records, whatever it claims.
    fn over(&self, claims: &Value, first: u32, last: u32) -> Value {
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
fn what_is_the_logs_to_say_is_not_stated() {
    let mut certificate = value("witnessed");
    certificate["stated"]["sanitization"]["method_type"] = json!("Purge");
    assert_rejected(&certificate, "statements: sanitization.method_type is for the log to say here: leave it out");
    let mut certificate = value("verified");
    certificate["stated"]["sanitization"]["method_type"] = json!("Purge");
    assert_eq!(rejected(&certificate), None);
    let stated = Stated::read(r#"{"sanitization": {"method_used": "degausser"}}"#).expect("details");
    let error = export(&checked_in("witnessed"), None, stated).expect_err("refused");
    assert!(error.to_string().contains("sanitization.method_used is for the log to say here"), "{error}");
}

#[test]
fn details_that_have_no_place_are_told_with_the_nearest() {
    for (details, expected) in [
        ("[]", "an object with an object of texts for each section is needed"),
        ("{", "not JSON"),
        (r#"{"persn": {}}"#, "unknown section \"persn\"; did you mean \"person\"?"),
        (r#"{"person": {"nmae": "x"}}"#, "unknown field of \"person\" \"nmae\"; did you mean \"name\"?"),
        (r#"{"person": {"name": 7}}"#, "an object with an object of texts"),
        (r#"{"person": {"name": " "}}"#, "person.name says nothing; leave it out"),
        (r#"{"person": {"name": "a\nb"}}"#, "person.name must be one line of at most 400 characters"),
        (r#"{"media": {"backed_up": "yess"}}"#, "unknown value of media.backed_up \"yess\"; did you mean \"yes\"?"),
    ] {
        let error = Stated::read(details).expect_err(details);
        assert!(error.contains(expected), "{details}: {error}");
    }
    assert!(Stated::read(&format!(r#"{{"person": {{"name": "{}"}}}}"#, "é".repeat(400))).is_ok());
    assert!(Stated::read(&format!(r#"{{"person": {{"name": "{}"}}}}"#, "é".repeat(401))).is_err());
}

#[test]
fn what_is_no_certificate_is_told() {
    for (text, expected) in [
        ("", "not a certificate: EOF"),
        ("[]", "it does not say \"strongroom_certificate\": 1"),
        ("{}", "it does not say \"strongroom_certificate\": 1"),
        (r#"{"strongroom_certificate": 2}"#, "format 2 is not known; this is format 1"),
        (r#"{"strongroom_certificate": 1}"#, "missing field `proved`"),
    ] {
        let error = Certificate::read(text).expect_err(text).to_string();
        assert!(error.contains(expected), "{text}: {error}");
    }
    // Two fields of one name: another reader could see the other one.
    let twice =
        text("verified.json").replacen("\"class\": \"Verified\",", "\"class\": \"Verified\", \"class\": \"Verified\",", 1);
    assert!(Certificate::read(&twice).expect_err("twice").to_string().contains("duplicate field `class`"));
}

#[test]
fn what_a_certificate_states_does_not_steer_the_terminal() {
    let mut certificate = Certificate::read(&text("verified.json")).expect("a certificate");
    certificate.log.origin = "\u{1b}[2Jgone\r\u{9b}1m".into();
    let page = page(&certificate, Checked::No);
    assert!(page.contains("gone") && !page.contains(['\u{1b}', '\r', '\u{9b}']));
}

#[test]
fn any_proof_of_a_log_can_be_asked_for_and_what_is_none_is_told() {
    let folder = checked_in("verified");
    let log = lifecycle("lease/zeroize.jsonl");
    let proofs: Vec<u32> = log.records.iter().filter(|record| class_of(record).is_some()).map(|record| record.sequence).collect();
    assert_eq!(proofs, [6, 23]);
    for sequence in proofs {
        let certificate = export(&folder, Some(sequence), Stated::default()).expect("evidence");
        assert_eq!(certificate.proved.sequence, sequence);
        assert!(verify(&certificate.write().expect("JSON"), &KEY).expect("a certificate").is_verified());
    }
    assert_eq!(export(&folder.join("lifecycle"), None, Stated::default()).expect("evidence").proved.sequence, 23);
    for (folder, wanted, expected) in [
        (folder.clone(), Some(7), "record 7 proves no zeroization and no destruction"),
        (folder.clone(), Some(99), "there is no record 99: the log has 24"),
        (
            checked_in("../activity/log"),
            None,
            "no record of the 7 that the checkpoint counts proves a zeroization or a destruction",
        ),
        (folder.join("tenant-2"), None, "strongroom/700022/tenant/2 is a tenant's log"),
        (folder.join("nowhere"), None, "nowhere: no such file or directory"),
    ] {
        let error = export(&folder, wanted, Stated::default()).expect_err(expected).to_string();
        assert!(error.contains(expected), "{error}");
    }
}

#[test]
fn what_nobody_signed_is_not_certified() {
    let (log, scratch) = (lifecycle("lease/zeroize.jsonl"), Scratch::new("unsigned"));
    let mut directory = Directory::create(&scratch.0.join("lifecycle")).expect("new");
    directory.append(&log.records).expect("whole");
    let error = export(&scratch.0, None, Stated::default()).expect_err("unsigned").to_string();
    assert!(error.contains("there is no checkpoint"), "{error}");
    directory.publish(&drained::note(&log.origin().to_string(), &log.records[..10])).expect("signed");
    assert_eq!(export(&scratch.0, None, Stated::default()).expect("evidence").proved.sequence, 6);
    let error = export(&scratch.0, Some(23), Stated::default()).expect_err("unsigned").to_string();
    assert!(error.contains("record 23 is not signed yet: the checkpoint counts 10 records"), "{error}");
}

#[test]
fn every_destruction_of_every_scenario_has_a_certificate_that_says_what_the_engine_does() {
    let mut classes: Vec<Class> = Vec::new();
    let scratch = Scratch::new("scenarios");
    for (number, Scenario { name, folder, text, .. }) in common::scenarios().into_iter().enumerate() {
        let replay = replay(&text, &folder, Options::default()).unwrap_or_else(|error| panic!("{name}: {error}"));
        for log in drained::drain(&replay).iter().filter(|log| log.log == LogName::Lifecycle && !log.device.serial.is_empty()) {
            let proofs: Vec<&Record> = log.records.iter().filter(|record| class_of(record).is_some()).collect();
            if proofs.is_empty() {
                continue;
            }
            let path = scratch.0.join(format!("{number}-{}", log.engine));
            log.write(&path);
            for proof in &proofs {
                let certificate =
                    export(&path, Some(proof.sequence), Stated::default()).unwrap_or_else(|error| panic!("{name}: {error}"));
                let report = verify(&certificate.write().expect("JSON"), &KEY).expect("a certificate");
                assert!(report.is_verified(), "{name}: {:?}", failures(&report));
                assert!(report.missing.is_empty(), "{name}: {:?}", report.missing);
                classes.push(certificate.proved.class);
            }
            let lease = &replay.engines[usize::from(log.engine)].1.state().base.lease;
            let latest = |witnessed: bool| {
                let of_kind = |proof: &&&Record| (class_of(proof) == Some(Class::Witnessed)) == witnessed;
                let proof = proofs.iter().rev().find(of_kind).expect("what the engine holds is in its log");
                export(&path, Some(proof.sequence), Stated::default()).expect("evidence").proved
            };
            if let Some(evidence) = &lease.evidence {
                let proved = latest(false);
                assert_eq!((proved.class, proved.cause), (evidence.class, Some(evidence.cause)), "{name}");
                assert_eq!(proved.read_back, evidence.read_back.is_given().then_some(evidence.read_back), "{name}");
                // After the lease the core itself forgets the challenge; where it demands none, no log proves one.
                let demanded = ["T24", "T30", "T32"].contains(&proved.steps[0].rule.as_str());
                assert_eq!(proved.nonce.is_some(), demanded, "{name}");
                if demanded && evidence.nonce.is_somebody() {
                    assert_eq!(proved.nonce, Some(evidence.nonce), "{name}");
                }
            }
            if let Some(destruction) = &lease.destruction {
                let proved = latest(true);
                assert_eq!((proved.method, proved.place), (Some(destruction.method), Some(destruction.place)), "{name}");
                assert_eq!((proved.person, proved.second), (Some(destruction.by), Some(destruction.second)), "{name}");
                assert_eq!((proved.camera, proved.parts), (Some(destruction.camera), Some(lease.inventory)), "{name}");
            }
        }
    }
    println!("{} certificates", classes.len());
    assert!(classes.len() > 50);
}

#[test]
fn only_the_blanked_commands_of_destructions_are_kept() {
    let (log, scratch) = (lifecycle("lease.jsonl"), Scratch::new("kept"));
    for record in &log.records {
        let Some(command) = log.commands.get(&record.sequence) else { continue };
        let kept_it = keep(&scratch.0, record, command).expect("the record's command");
        let file = scratch.0.join(kept::FOLDER).join(format!("{}.json", record.sequence));
        assert_eq!(file.exists(), kept_it);
        assert_eq!(kept::command(&scratch.0, record).expect("whole"), kept_it.then_some(*command));
        let of_destruction = !record.is_refused() && matches!(record.rule, Rule::T30 | Rule::T38 | Rule::T41);
        assert_eq!(kept_it, of_destruction, "record {}", record.sequence);
    }
    let names: Vec<String> = std::fs::read_dir(scratch.0.join(kept::FOLDER))
        .expect("a folder")
        .map(|entry| entry.expect("a file").file_name().to_string_lossy().into_owned())
        .collect();
    assert!(names.len() == 5 && names.iter().all(|name| name.ends_with(".json")), "{names:?}");
}

#[test]
fn a_command_is_kept_only_with_its_own_record() {
    let (log, scratch) = (lifecycle("lease.jsonl"), Scratch::new("kept-wrong"));
    let record = log.records.iter().find(|record| record.rule == Rule::T30).expect("zeroized");
    let command = log.commands[&record.sequence];
    // As it was given, with the customer in it.
    let given = Command::new(
        Principal { role: Role::Admin, organisation: strongroom_core::Organisation([0xc0; 16]), ..command.by },
        command.action,
    );
    let error = keep(&scratch.0, record, &given).expect_err("not blanked");
    assert!(matches!(error, KeepError::Differs { sequence, .. } if sequence == record.sequence));
    assert!(error.to_string().contains("keep it as the lifecycle log knows it, blanked"), "{error}");
    assert!(!scratch.0.join(kept::FOLDER).exists());
}

#[test]
fn a_kept_file_that_was_changed_is_not_taken() {
    let (log, scratch) = (lifecycle("lease/zeroize.jsonl"), Scratch::new("kept-changed"));
    log.write(&scratch.0);
    let file = scratch.0.join("lifecycle/evidence/23.json");
    let whole = std::fs::read_to_string(&file).expect("kept");
    for (from, to, expected) in [
        ("2d864c", "00864c", "this is not the command of record 23: its digest is "),
        ("\"sequence\": 23", "\"sequence\": 21", "23.json: this is the command of record 21"),
        ("\"strongroom_evidence\": 1", "\"strongroom_evidence\": 2", "23.json: format 2 is not known"),
        ("\"verify_ok\"", "\"verified\"", "23.json: not the command of a record: unknown variant `verified`"),
        ("{", "", "23.json: not the command of a record"),
    ] {
        std::fs::write(&file, whole.replacen(from, to, 1)).expect("written");
        let error = export(&scratch.0, None, Stated::default()).expect_err(expected);
        assert!(matches!(error, ExportError::Kept(_)));
        assert!(error.to_string().contains(expected), "{error}");
    }
    std::fs::remove_file(&file).expect("removed");
    let certificate = export(&scratch.0, None, Stated::default()).expect("evidence without it");
    assert_eq!(certificate.proved.read_back, None);
    let report = verify(&certificate.write().expect("JSON"), &KEY).expect("a certificate");
    assert!(report.is_verified());
    assert_eq!(report.missing, [("read_back", "the command verify_ok was not kept with the log".to_owned())]);
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
