//! Every log that the checked-in scenarios leave, kept as a directory.

#[path = "../common/mod.rs"]
mod common;

use crate::make::{key, note_of};
use crate::medium::Medium;
use serde_json::Value;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use strongroom_core::{LogName, Record};
use strongroom_host::log::{Directory, Origin, Proved, check, proof, verify};
use strongroom_host::{Options, replay};

fn hexadecimal(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|place| u8::from_str_radix(&text[place..place + 2], 16).unwrap()).collect()
}

/// The logs by engine and name, each lease's by itself.
fn logs(expected: &str) -> BTreeMap<(String, &'static str, usize), Vec<Record>> {
    let mut logs: BTreeMap<(String, &'static str, usize), Vec<Record>> = BTreeMap::new();
    let mut number = BTreeMap::new();
    for line in expected.lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        let Some(record) = line.get("record") else { continue };
        let record = Record::from_bytes(&hexadecimal(record.as_str().unwrap())).unwrap();
        let engine = line["engine"].as_str().unwrap().to_owned();
        let number: &mut usize = number.entry((engine.clone(), record.log.name())).or_default();
        *number += usize::from(record.sequence == 0);
        logs.entry((engine, record.log.name(), *number)).or_default().push(record);
    }
    logs
}

#[test]
fn every_scenarios_logs_verify_and_each_of_their_records_is_proved() {
    let key = key(1).verifying_key().into();
    let (mut trees, mut records) = (0, 0);
    for scenario in common::scenarios() {
        for ((engine, log, number), all) in logs(&scenario.expected) {
            let at = format!("{} {engine} {log} {number}", scenario.name);
            let epoch = (log == "tenant").then(|| all[0].epoch);
            let origin = Origin { serial: "700022".to_owned(), generation: 0, epoch }.to_string();
            let medium = Medium::default();
            let mut directory = Directory::on(Box::new(medium.clone())).unwrap();
            for chunk in all.chunks(7) {
                directory.append(chunk).unwrap_or_else(|error| panic!("{at}: {error}"));
                directory.publish(&note_of(&origin, &all[..directory.size() as usize])).unwrap();
            }
            let report = verify::verify_on(&medium, Some(&key), None, &mut |_, _| ControlFlow::Continue(())).unwrap().unwrap();
            assert_eq!(report.findings, [], "{at}");
            for record in &all {
                let proved = check(&proof::inclusion(&directory, record.sequence).unwrap(), &key);
                assert!(matches!(proved, Ok(Proved::Inclusion { record: same, .. }) if *same == *record), "{at}");
            }
            trees += 1;
            records += all.len();
        }
    }
    println!("{trees} trees with {records} records");
    assert!(trees > 300 && records > 3000, "{trees} {records}");
}

/// What a tenant log's origin says is the epoch of its first record.
#[test]
fn a_tenant_log_begins_with_a_record_of_the_epoch_that_it_is_named_by() {
    let mut seen = 0;
    for scenario in common::scenarios() {
        let logs = logs(&scenario.expected);
        for (engine, state) in replay(&scenario.text, &scenario.folder, Options::default()).unwrap().engines {
            if state.log().size(LogName::Tenant) > 0 {
                let mut own = logs.iter().filter(|((name, log, _), _)| *name == engine && *log == "tenant");
                let (_, last) = own.next_back().unwrap();
                assert_eq!(last[0].epoch, state.state().base.tenant_log.epoch, "{} {engine}", scenario.name);
                seen += 1;
            }
        }
    }
    assert!(seen > 100, "{seen}");
}
