//! A certificate that was changed, in whatever place.

use crate::bench::{CLASSES, KEY, Scratch, assert_rejected, checked_in, failures, lifecycle, rejected, text, value};
use crate::drained;
use serde_json::{Value, json};
use strongroom_host::evidence::{Stated, export, verify};
use strongroom_host::log::{Directory, PublicKey};

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
