//! Making certificates.

use crate::bench::{KEY, Scratch, checked_in, failures, lifecycle};
use crate::common::{self, Scenario};
use crate::drained;
use strongroom_core::lease::evidence::Class;
use strongroom_core::{LogName, Record};
use strongroom_host::evidence::{Stated, class_of, export, verify};
use strongroom_host::log::Directory;
use strongroom_host::{Options, replay};

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
