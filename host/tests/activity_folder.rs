//! The activity log of a log folder.

mod common;

#[path = "common/drained.rs"]
mod drained;

use std::path::{Path, PathBuf};
use strongroom_core::LogName;
use strongroom_host::activity::{Filter, Format, Reader};
use strongroom_host::{Options, replay};

const AZURE: Format = Format::Azure { subscription: None };

fn checked_in() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/activity")
}

/// Everything that a reader tells, in batches of so many events.
fn told(folder: &Path, filter: Filter, format: Format, events: usize) -> String {
    let mut reader = Reader::open(folder, filter, format).expect("a log folder");
    let mut lines = String::new();
    while let Some(batch) = reader.batch(events).expect("whole") {
        lines.push_str(&batch);
    }
    assert_eq!(reader.batch(events).expect("whole"), None);
    lines
}

/// A folder of a test's own, removed in the end.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("strongroom-activity-{}-{name}", std::process::id()));
        std::fs::remove_dir_all(&path).ok();
        std::fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }

    fn of_story(name: &str) -> Self {
        let scratch = Self::new(name);
        let text = std::fs::read_to_string(common::folder().join("lease.jsonl")).expect("a text");
        let replay = replay(&text, &common::folder(), Options::default()).expect("well formed");
        drained::drain(&replay).iter().for_each(|log| drop(log.write(&scratch.0)));
        scratch
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}

#[test]
fn every_format_is_as_checked_in_however_it_is_asked_for() {
    for (format, name) in [(Format::Jsonl, "lockbox.jsonl"), (Format::Csv, "lockbox.csv"), (AZURE, "lockbox.azure")] {
        let path = checked_in().join(name);
        let expected =
            std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("{} is missing; run: make expected", path.display()));
        for events in [0, 1, 7, 1000] {
            let told = told(&checked_in().join("log"), Filter::default(), format, events);
            assert!(told == expected, "{} differs; if that is meant: make expected", path.display());
        }
    }
}

#[test]
fn the_logs_of_a_device_are_told_as_one_in_the_order_of_time() {
    let scratch = Scratch::of_story("order");
    let lines = told(&scratch.0, Filter::default(), Format::Jsonl, 100);
    let times: Vec<&str> = lines.lines().map(|line| &line[..30]).collect();
    assert!(times.len() > 100 && times.is_sorted());
    assert_eq!(lines.lines().filter(|line| line.contains("\"log\":\"tenant\"")).count(), 75);
    // Who moved the device is named before the record that does not name them.
    let claim = lines.lines().position(|line| line.contains("\"rule\":\"T18\"")).expect("claimed");
    let both: Vec<&str> = lines.lines().skip(claim).take(2).collect();
    assert!(both[0].contains("\"log\":\"tenant\"") && both[0].contains("\"person\":\"c0"));
    assert!(both[1].contains("\"log\":\"lifecycle\"") && both[1].contains("\"person\":null"));
}

#[test]
fn one_tree_is_told_by_itself() {
    let scratch = Scratch::of_story("tree");
    let mut lifecycle = Filter::default();
    lifecycle.log = Some(LogName::Lifecycle);
    let by_filter = told(&scratch.0, lifecycle, Format::Jsonl, 100);
    assert_eq!(told(&scratch.0.join("lifecycle"), Filter::default(), Format::Jsonl, 100), by_filter);
    assert!(by_filter.lines().count() > 40);
}

#[test]
fn what_was_not_told_is_counted() {
    let mut reader = Reader::open(&checked_in().join("log"), Filter::default(), AZURE).expect("a log folder");
    while reader.batch(10).expect("whole").is_some() {}
    assert_eq!((reader.told(), reader.left_out()), (15, 41));
    let mut none = Filter::default();
    none.request = Some(99);
    let mut reader = Reader::open(&checked_in().join("log"), none, Format::Csv).expect("a log folder");
    let heading = reader.batch(10).expect("whole").expect("a heading");
    assert_eq!((heading.lines().count(), reader.told()), (1, 0));
    assert_eq!(reader.batch(10).expect("whole"), None);
}

#[test]
fn a_folder_without_a_log_is_named() {
    let scratch = Scratch::new("empty");
    let error = Reader::open(&scratch.0, Filter::default(), AZURE).expect_err("empty").to_string();
    assert!(error.contains("holds no log: neither a checkpoint, nor lifecycle, nor tenant-EPOCH"), "{error}");
    let error = Reader::open(&scratch.0.join("nowhere"), Filter::default(), AZURE).expect_err("missing").to_string();
    assert!(error.contains("nowhere: no such file or directory"), "{error}");
}

#[test]
fn what_can_be_read_is_told_before_what_cannot() {
    let scratch = Scratch::of_story("damaged");
    let bundle = scratch.0.join("tenant-2/tile/entries/000.p/75");
    let mut bytes = std::fs::read(&bundle).expect("a bundle");
    bytes[120 * 20 + 2] = 0xff; // The version of the twenty-first record.
    std::fs::write(&bundle, bytes).expect("written");
    let mut reader = Reader::open(&scratch.0, Filter::default(), Format::Jsonl).expect("a log folder");
    let mut lines = String::new();
    let error = loop {
        match reader.batch(1000) {
            Ok(batch) => lines.push_str(&batch.expect("not the end yet")),
            Err(error) => break error.to_string(),
        }
    };
    assert!(error.contains("tenant-2/tile/entries/000.p/75 has no record at place 20"), "{error}");
    assert_eq!(lines.lines().filter(|line| line.contains("\"log\":\"tenant\"")).count(), 20);
    let rest = reader.batch(1000).expect("the other log").expect("more");
    assert!(rest.lines().all(|line| line.contains("\"log\":\"lifecycle\"")));
    assert!(rest.contains("\"rule\":\"T49\""), "to the end of the lifecycle log");
}
