//! Which records prove a destruction, and what they prove, in every scenario: against what the engines hold.

use crate::common::{self, Scenario};
use std::collections::BTreeMap;
use strongroom_core::lease::evidence::Class;
use strongroom_core::{Record, Rule, Verb};
use strongroom_host::evidence::{begins, cause_of, class_of};
use strongroom_host::replay::Output;
use strongroom_host::{Options, replay};

/// The lifecycle records of each engine.
fn lifecycle(output: &[Output]) -> BTreeMap<String, Vec<Record>> {
    let mut logs: BTreeMap<String, Vec<Record>> = BTreeMap::new();
    for line in output {
        let Output::Record(line) = line else { continue };
        if line.log == "lifecycle" {
            let digits = line.record.as_bytes().chunks(2);
            let bytes: Vec<u8> =
                digits.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).expect("text"), 16).expect("digits")).collect();
            logs.entry(line.engine.clone()).or_default().push(Record::from_bytes(&bytes).expect("a record"));
        }
    }
    logs
}

#[test]
fn what_the_engine_holds_as_evidence_is_what_its_log_proves() {
    let mut classes = Vec::new();
    for Scenario { name, folder, text, .. } in common::scenarios() {
        let replay = replay(&text, &folder, Options::default()).unwrap_or_else(|error| panic!("{name}: {error}"));
        let logs = lifecycle(&replay.output);
        for (engine, state) in &replay.engines {
            let lease = &state.state().base.lease;
            let none = Vec::new();
            let records = logs.get(engine).unwrap_or(&none);
            let proof = |witnessed: bool| {
                records.iter().rposition(|record| class_of(record).is_some_and(|class| (class == Class::Witnessed) == witnessed))
            };
            if let Some(evidence) = &lease.evidence {
                let place = proof(false).unwrap_or_else(|| panic!("{name}: {engine} has evidence that no record proves"));
                let record = &records[place];
                assert_eq!(class_of(record), Some(evidence.class), "{name}");
                assert_eq!((record.at, record.boot), (evidence.at, evidence.boot), "{name}");
                let began = records[..place].iter().rev().find(|record| begins(record, evidence.class));
                assert_eq!(began.and_then(cause_of), Some(evidence.cause), "{name}");
                classes.push(evidence.class);
            }
            match (&lease.destruction, proof(true)) {
                (Some(destruction), Some(place)) => {
                    let record = &records[place];
                    assert_eq!(
                        (record.at, record.by.id, record.second),
                        (destruction.at, destruction.by, destruction.second),
                        "{name}"
                    );
                    assert!(records[..place].iter().any(|record| begins(record, Class::Witnessed)), "{name}");
                    classes.push(Class::Witnessed);
                }
                (None, None) => {}
                (engine, log) => panic!("{name}: the engine says {engine:?}, the log {log:?}"),
            }
        }
    }
    for class in [Class::Verified, Class::Reported, Class::Witnessed] {
        assert!(classes.contains(&class), "no scenario ends with evidence of class {}", class.name());
    }
}

#[test]
fn nothing_else_proves_a_destruction() {
    let mut proofs = 0;
    for Scenario { name, folder, text, .. } in common::scenarios() {
        let replay = replay(&text, &folder, Options::default()).unwrap_or_else(|error| panic!("{name}: {error}"));
        for record in lifecycle(&replay.output).into_values().flatten() {
            let proves = !record.is_refused() && matches!(record.rule, Rule::T41 | Rule::T63);
            assert_eq!(class_of(&record).is_some(), proves, "{name}: record {}", record.sequence);
            if !proves {
                continue;
            }
            proofs += 1;
            // What no core could have written proves nothing.
            let wrong = [
                Record { flags: record.flags | 1, ..record },
                Record { log: strongroom_core::LogName::Tenant, ..record },
                Record { from: 7, ..record },
                Record { to: 3, ..record },
                Record { rule: Rule::T38, ..record },
                Record { kind: Verb::EraseDone.code(), ..record },
                Record { by: strongroom_core::Principal { role: strongroom_core::Role::Pool, ..record.by }, ..record },
            ];
            for wrong in wrong {
                assert_eq!(class_of(&wrong), None, "{name}: {wrong:?}");
            }
            if record.rule == Rule::T63 {
                assert_eq!(class_of(&Record { second: strongroom_core::Id::NOBODY, ..record }), None, "{name}");
            }
        }
    }
    assert!(proofs > 50, "{proofs} proofs are too few to show anything");
}
