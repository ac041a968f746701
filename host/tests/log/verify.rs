//! Verifying logs that are as they were written.

use crate::make::{LIFECYCLE, Scratch, TENANT, drained, key, note, note_of, record, records};
use std::ops::ControlFlow;
use std::path::Path;
use strongroom_core::LogName;
use strongroom_host::log::verify::{Signatures, What};
use strongroom_host::log::{Directory, Error, PublicKey, Report, verify};

pub(crate) fn verified(path: &Path) -> Report {
    with(path, Some(&key(1).verifying_key().into()))
}

pub(crate) fn with(path: &Path, key: Option<&PublicKey>) -> Report {
    verify(path, key, &mut |_, _| ControlFlow::Continue(())).unwrap().unwrap()
}

#[test]
fn a_log_of_any_size_verifies() {
    let scratch = Scratch::new();
    for sizes in
        [&[0][..], &[0, 1], &[1], &[2], &[255], &[256], &[257], &[511], &[512], &[513], &[1, 2, 255, 256, 257, 511, 512, 513]]
    {
        let path = scratch.join(&format!("{sizes:?}"));
        let directory = drained(&path, sizes);
        let report = verified(&path);
        assert_eq!(report.findings, [], "{sizes:?}");
        assert!(report.is_sound());
        let last = *sizes.last().unwrap();
        assert_eq!((report.signed, report.there, report.checkpoints), (last, last, sizes.len() as u32));
        assert_eq!(report.root, Some(strongroom_host::merkle::hex(&directory.head().unwrap().root)));
        assert_eq!((report.origin.as_deref(), report.signatures), (Some(LIFECYCLE), Signatures::Checked));
    }
}

#[test]
fn logs_with_two_levels_of_full_tiles_verify() {
    let scratch = Scratch::new();
    drained(&scratch.join("a"), &[1000, 65_535, 65_536, 65_537, 66_000]);
    let report = verified(&scratch.join("a"));
    assert_eq!((report.findings.as_slice(), report.there, report.checkpoints), (&[][..], 66_000, 5));
}

#[test]
fn without_a_key_the_report_says_that_signatures_were_not_checked() {
    let scratch = Scratch::new();
    drained(&scratch.join("a"), &[3, 5]);
    let report = with(&scratch.join("a"), None);
    assert_eq!((report.is_sound(), report.signatures), (true, Signatures::NotChecked));
}

#[test]
fn another_key_has_signed_nothing() {
    let scratch = Scratch::new();
    drained(&scratch.join("a"), &[3, 5]);
    let report = with(&scratch.join("a"), Some(&key(2).verifying_key().into()));
    let found: Vec<(What, &str)> = report.findings.iter().map(|finding| (finding.what, finding.file.as_str())).collect();
    let signature = |file| (What::Signature, file);
    let unsigned = (What::Unsigned, "tile/entries");
    assert_eq!(found, [signature("checkpoint"), signature("checkpoints/5"), signature("checkpoints/3"), unsigned]);
    assert_eq!((report.origin, report.signed, report.there, report.checkpoints), (None, 0, 5, 0));
}

#[test]
fn unsigned_records_that_follow_on_are_named_and_no_error() {
    let scratch = Scratch::new();
    for (number, (signed, there)) in [(3, 5), (3, 300), (256, 257), (255, 256), (300, 513), (10, 11)].into_iter().enumerate() {
        let path = scratch.join(&number.to_string());
        drained(&path, &[signed]).append(&records(signed, there)).unwrap();
        let report = verified(&path);
        let [finding] = report.findings.as_slice() else { panic!("{:?}", report.findings) };
        assert_eq!((finding.what, finding.record), (What::Unsigned, Some(signed)));
        let expected = if there == signed + 1 {
            format!("record {signed} is not signed yet")
        } else {
            format!("records {signed} to {} are not signed yet", there - 1)
        };
        assert_eq!(finding.message, expected);
        assert!(report.is_sound());
        assert_eq!((report.signed, report.there), (signed, there));
    }
}

#[test]
fn records_that_nobody_ever_signed_are_not_verified() {
    let scratch = Scratch::new();
    Directory::create(&scratch.join("a")).unwrap().append(&records(0, 3)).unwrap();
    let report = verified(&scratch.join("a"));
    assert!(!report.is_sound());
    assert_eq!(report.findings[0].message, "is missing");
    assert_eq!((report.findings[0].file.as_str(), report.findings[1].what), ("checkpoint", What::Unsigned));
}

#[test]
fn a_tenants_log_verifies_and_one_of_another_epoch_does_not() {
    let scratch = Scratch::new();
    let records: Vec<_> = (0..3).map(|sequence| record(LogName::Tenant, sequence)).collect();
    let mut directory = Directory::create(&scratch.join("a")).unwrap();
    directory.append(&records).unwrap();
    directory.publish(&note_of(TENANT, &records)).unwrap();
    assert_eq!(verified(&scratch.join("a")).findings, []);
    for (origin, message) in [
        ("strongroom/700022/tenant/4", "record 0 is of lease epoch 3, and the log's name says 4"),
        (LIFECYCLE, "record 0 is of a tenant log, and this is a lifecycle log"),
    ] {
        for file in ["checkpoint", "checkpoints/3"] {
            std::fs::write(scratch.join("a").join(file), note_of(origin, &records)).unwrap();
        }
        let report = verified(&scratch.join("a"));
        assert_eq!((report.findings[0].what, report.findings[0].message.as_str()), (What::Foreign, message));
    }
}

#[test]
fn a_log_that_is_none_of_ours_is_told_apart() {
    let scratch = Scratch::new();
    drained(&scratch.join("a"), &[3]);
    for file in ["checkpoint", "checkpoints/3"] {
        std::fs::write(scratch.join("a").join(file), note_of("example.com/log", &records(0, 3))).unwrap();
    }
    let report = verified(&scratch.join("a"));
    let [finding] = report.findings.as_slice() else { panic!("{:?}", report.findings) };
    assert_eq!((finding.what, finding.file.as_str()), (What::Foreign, "checkpoint"));
    assert!(finding.message.starts_with("is of a log that is none of ours"), "{}", finding.message);
}

#[test]
fn progress_is_told_and_can_end_it() {
    let scratch = Scratch::new();
    drained(&scratch.join("a"), &[600]);
    let mut told = Vec::new();
    let ended = verify(&scratch.join("a"), None, &mut |done, total| {
        told.push((done, total));
        ControlFlow::Continue(())
    });
    assert!(ended.unwrap().is_some());
    assert_eq!(told, [(256, 600), (512, 600), (600, 600)]);
    assert!(verify(&scratch.join("a"), None, &mut |_, _| ControlFlow::Break(())).unwrap().is_none());
}

#[test]
fn a_folder_without_a_log_cannot_be_verified() {
    let scratch = Scratch::new();
    let result = |name: &str| verify(&scratch.join(name), None, &mut |_, _| ControlFlow::Continue(()));
    assert!(matches!(result("none"), Err(Error::Unusable { .. })));
    std::fs::create_dir(scratch.join("empty")).unwrap();
    assert!(matches!(result("empty"), Err(Error::Refused(_))));
}

#[test]
fn time_boots_and_epochs_that_go_back_are_found_though_they_are_signed() {
    let scratch = Scratch::new();
    let mut wrong = records(0, 9);
    wrong[3].at = strongroom_core::Time::from_unix(1_767_600_000);
    wrong[5].boot = 7;
    wrong[7].epoch = 2;
    wrong[8].time_epoch = 0;
    let mut directory = Directory::create(&scratch.join("a")).unwrap();
    directory.append(&wrong).unwrap();
    directory.publish(&note_of(LIFECYCLE, &wrong)).unwrap();
    let found = verified(&scratch.join("a")).findings;
    let found: Vec<(What, Option<u32>, &str)> =
        found.iter().map(|finding| (finding.what, finding.record, finding.message.as_str())).collect();
    assert_eq!(
        found,
        [
            (What::Record, Some(3), "record 3 is 120 s older than the one before it, in the same time epoch"),
            (What::Record, Some(6), "record 6 has boot 0, after 7"),
            (What::Record, Some(7), "record 7 has lease epoch 2, after 3"),
            (What::Record, Some(8), "record 8 has time epoch 0, after 1"),
        ]
    );
}

#[test]
fn a_later_time_epoch_may_begin_earlier() {
    let scratch = Scratch::new();
    let mut set_back = records(0, 4);
    set_back[2].at = strongroom_core::Time::from_unix(5);
    set_back[3].at = strongroom_core::Time::from_unix(5);
    set_back[2].time_epoch = 2;
    set_back[3].time_epoch = 2;
    let mut directory = Directory::create(&scratch.join("a")).unwrap();
    directory.append(&set_back).unwrap();
    directory.publish(&note_of(LIFECYCLE, &set_back)).unwrap();
    assert_eq!(verified(&scratch.join("a")).findings, []);
}

#[test]
fn a_fork_is_found() {
    let scratch = Scratch::new();
    drained(&scratch.join("a"), &[3, 5]);
    let forked: Vec<_> = records(0, 3).into_iter().map(|record| strongroom_core::Record { detail: 1, ..record }).collect();
    std::fs::write(scratch.join("a/checkpoints/3"), note_of(LIFECYCLE, &forked)).unwrap();
    let report = verified(&scratch.join("a"));
    let [finding] = report.findings.as_slice() else { panic!("{:?}", report.findings) };
    assert_eq!((finding.what, finding.file.as_str()), (What::Checkpoint, "checkpoints/3"));
    assert!(finding.message.starts_with("counts 3 records with root "), "{}", finding.message);
    let other = note(5).replace('\u{2014}', "\u{2014} somebody AAAAAAA=\n\u{2014}");
    std::fs::write(scratch.join("a/checkpoints/3"), note(3)).unwrap();
    std::fs::write(scratch.join("a/checkpoints/5"), other).unwrap();
    assert_eq!(verified(&scratch.join("a")).findings[0].message, "differs from checkpoints/5, which is of the same size");
}
