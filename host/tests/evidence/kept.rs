//! The commands that are kept beside a log.

use crate::bench::{KEY, Scratch, lifecycle};
use strongroom_core::{Command, Principal, Role, Rule};
use strongroom_host::evidence::{ExportError, KeepError, Stated, export, keep, kept, verify};

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
