//! Appending and publishing.

use crate::make::{LIFECYCLE, Scratch, TENANT, drained, files, note, note_of, record, records};
use strongroom_core::{LogName, Record, Time};
use strongroom_host::log::{Directory, Error};

fn refused(result: Result<(), Error>) -> String {
    match result {
        Err(Error::Refused(why)) => why,
        other => panic!("not refused: {other:?}"),
    }
}

fn read(directory: &Directory) -> Vec<Record> {
    directory.records().collect::<Result<_, _>>().unwrap()
}

#[test]
fn what_was_appended_is_read_again() {
    let scratch = Scratch::new();
    for (number, sizes) in [&[1_u32][..], &[255, 256, 257], &[300, 600], &[512], &[3, 4, 700, 701]].into_iter().enumerate() {
        let path = scratch.join(&number.to_string());
        let last = *sizes.last().unwrap();
        assert_eq!(read(&drained(&path, sizes)), records(0, last));
        let again = Directory::open(&path).unwrap();
        assert_eq!((again.size(), again.head().unwrap().size), (last, last));
        assert_eq!(read(&again), records(0, last));
        assert_eq!(again.signed_sizes().unwrap(), sizes);
        assert_eq!(again.origin().unwrap().to_string(), LIFECYCLE);
    }
}

#[test]
fn the_files_are_those_of_the_specification() {
    let scratch = Scratch::new();
    drained(&scratch.join("a"), &[3, 5]);
    let partial = ["checkpoint", "checkpoints/3", "checkpoints/5", "tile/0/000.p/3", "tile/0/000.p/5"];
    assert_eq!(files(&scratch.join("a")), [&partial[..], &["tile/entries/000.p/3", "tile/entries/000.p/5"]].concat());
    drained(&scratch.join("b"), &[3, 258]);
    let full = ["checkpoint", "checkpoints/258", "checkpoints/3", "tile/0/000", "tile/0/001.p/2", "tile/1/000.p/1"];
    assert_eq!(files(&scratch.join("b")), [&full[..], &["tile/entries/000", "tile/entries/001.p/2"]].concat());
    assert_eq!(std::fs::metadata(scratch.join("b/tile/entries/000")).unwrap().len(), 256 * 120);
    assert_eq!(std::fs::metadata(scratch.join("b/tile/0/000")).unwrap().len(), 8192);
}

#[test]
fn unsigned_records_are_there_and_their_partial_tiles_do_not_pile_up() {
    let scratch = Scratch::new();
    let mut directory = drained(&scratch.join("a"), &[3]);
    for size in 4..=9 {
        directory.append(&records(size - 1, size)).unwrap();
    }
    drop(directory);
    let directory = Directory::open(&scratch.join("a")).unwrap();
    assert_eq!((directory.size(), directory.head().unwrap().size), (9, 3));
    assert_eq!(read(&directory), records(0, 9));
    let here = files(&scratch.join("a"));
    assert_eq!(
        here.iter().filter(|file| file.contains("entries")).collect::<Vec<_>>(),
        ["tile/entries/000.p/3", "tile/entries/000.p/9"]
    );
}

#[test]
fn a_note_of_fewer_records_than_are_there_is_taken_and_has_its_partial_tiles() {
    let scratch = Scratch::new();
    let mut directory = drained(&scratch.join("a"), &[3]);
    directory.append(&records(3, 20)).unwrap();
    directory.publish(&note(10)).unwrap();
    assert!(files(&scratch.join("a")).contains(&"tile/0/000.p/10".to_owned()));
    directory.append(&records(20, 300)).unwrap();
    directory.publish(&note(280)).unwrap();
    directory.publish(&note(300)).unwrap();
    let here = files(&scratch.join("a"));
    assert!(here.contains(&"tile/0/001.p/24".to_owned()) && here.contains(&"tile/entries/001.p/44".to_owned()));
    assert_eq!(directory.signed_sizes().unwrap(), [3, 10, 280, 300]);
}

#[test]
fn a_drain_that_is_repeated_is_compared() {
    let scratch = Scratch::new();
    let mut directory = drained(&scratch.join("a"), &[300]);
    directory.append(&records(250, 310)).unwrap();
    directory.append(&[]).unwrap();
    assert_eq!(read(&directory), records(0, 310));
    let other = Record { detail: 9, ..record(LogName::Lifecycle, 270) };
    let why = refused(directory.append(&[records(269, 270), vec![other]].concat()));
    assert_eq!(why, "record 270 differs from the one that is there, in tile/entries/001");
    assert_eq!(refused(directory.append(&records(312, 313))), "record 312 leaves a gap: record 310 comes next");
    let twice = [record(LogName::Lifecycle, 310), record(LogName::Lifecycle, 310)];
    assert_eq!(refused(directory.append(&twice)), "record 310 is given where record 311 comes next");
    let tenant = [record(LogName::Tenant, 310)];
    assert_eq!(refused(directory.append(&tenant)), "record 310 is of the tenant log, and this is a lifecycle log");
    assert_eq!(read(&directory), records(0, 310));
}

#[test]
fn a_note_that_does_not_fit_is_refused_and_nothing_is_written() {
    let scratch = Scratch::new();
    let mut directory = drained(&scratch.join("a"), &[3, 5]);
    directory.append(&records(5, 7)).unwrap();
    let before = files(&scratch.join("a"));
    let mut why = |note: &str| refused(directory.publish(note));
    assert!(why("").starts_with("this is no signed note: no empty line"));
    assert!(why(&note_of("example.com/log", &records(0, 7))).starts_with("the note's origin is \"example.com/log\""));
    assert!(why(&note_of("strongroom/8/lifecycle", &records(0, 7))).ends_with("this is strongroom/700022/lifecycle"));
    assert_eq!(why(&note(4)), "the note counts 4 records; the newest checkpoint counts 5");
    assert_eq!(why(&note(8)), "the note counts 8 records, and 7 are here; append the others first");
    let mut forged = records(0, 7);
    forged[6].at = Time::from_unix(1);
    assert!(why(&note_of(LIFECYCLE, &forged)).contains("a record from 5 on is not the one that was signed"));
    let rewritten: Vec<Record> = records(0, 5).into_iter().map(|record| Record { detail: 1, ..record }).collect();
    assert!(why(&note_of(LIFECYCLE, &rewritten)).contains("the note says"));
    let other = note(5).replace('\u{2014}', "\u{2014} somebody AAAAAAA=\n\u{2014}");
    assert_eq!(why(&other), "another note of the same 5 records is there; it stays");
    assert_eq!(files(&scratch.join("a")), before);
    directory.publish(&note(5)).unwrap();
    directory.publish(&note(7)).unwrap();
}

#[test]
fn a_tenant_log_begins_in_the_epoch_of_its_name() {
    let scratch = Scratch::new();
    let mut directory = Directory::create(&scratch.join("a")).unwrap();
    let records: Vec<Record> = (0..3).map(|sequence| record(LogName::Tenant, sequence)).collect();
    directory.append(&records).unwrap();
    let why = refused(directory.publish(&note_of("strongroom/700022/tenant/4", &records)));
    assert_eq!(why, "the note is for strongroom/700022/tenant/4, and record 0 is of the tenant log in lease epoch 3");
    assert!(refused(directory.publish(&note_of(LIFECYCLE, &records))).contains("is of the tenant log"));
    directory.publish(&note_of(TENANT, &records)).unwrap();
    assert_eq!(directory.origin().unwrap().folder(), "tenant-3");
}

#[test]
fn an_empty_log_can_be_signed() {
    let scratch = Scratch::new();
    let mut directory = drained(&scratch.join("a"), &[0]);
    assert_eq!(files(&scratch.join("a")), ["checkpoint", "checkpoints/0"]);
    directory.append(&records(0, 1)).unwrap();
    directory.publish(&note(1)).unwrap();
    assert_eq!(directory.signed_sizes().unwrap(), [0, 1]);
}

#[test]
fn there_is_one_writer() {
    let scratch = Scratch::new();
    let mut first = drained(&scratch.join("a"), &[3]);
    let mut second = Directory::open(&scratch.join("a")).unwrap();
    assert!(refused(second.append(&records(3, 4))).ends_with("another process is writing this log; try again when it has ended"));
    assert_eq!(read(&second), records(0, 3));
    first.append(&records(3, 5)).unwrap();
    drop(first);
    second.append(&records(3, 6)).unwrap();
    assert_eq!(read(&second), records(0, 6));
    let mut third = Directory::open(&scratch.join("a")).unwrap();
    assert!(third.append(&records(6, 7)).is_err());
    second.release();
    third.append(&records(6, 7)).unwrap();
    third.release();
    second.append(&records(6, 8)).unwrap();
    assert_eq!(read(&second), records(0, 8));
}

#[test]
fn a_folder_without_a_log_is_none_and_with_one_is_not_begun_again() {
    let scratch = Scratch::new();
    assert!(matches!(Directory::open(&scratch.join("none")), Err(Error::Unusable { .. })));
    assert!(matches!(Directory::open(&scratch.0), Err(Error::Refused(why)) if why.contains("holds no log")));
    drained(&scratch.join("a"), &[1]);
    assert!(matches!(Directory::create(&scratch.join("a")), Err(Error::Refused(why)) if why.contains("holds a log already")));
}

#[test]
fn a_folder_is_made_with_those_around_it() {
    let scratch = Scratch::new();
    drained(&scratch.join("a/b/c"), &[1]);
    drained(&scratch.join("a/b/d"), &[1]);
    assert!(matches!(Directory::create(&scratch.join("a/b/c/checkpoint")), Err(Error::Unusable { .. })));
    assert!(matches!(Directory::create(&scratch.join("a/b/c/checkpoint/x")), Err(Error::Unusable { .. })));
}

#[test]
fn a_directory_that_does_not_fit_its_checkpoint_is_not_written_to() {
    let scratch = Scratch::new();
    drained(&scratch.join("a"), &[300]);
    for file in ["tile/0/001.p/44", "tile/1/000.p/1", "tile/entries/001.p/44"] {
        let path = scratch.join("a").join(file);
        let sound = std::fs::read(&path).unwrap();
        let mut bytes = sound.clone();
        bytes[7] ^= 1;
        std::fs::write(&path, bytes).unwrap();
        let result = Directory::open(&scratch.join("a")).unwrap().append(&records(300, 301));
        assert!(matches!(&result, Err(Error::Damaged { why, .. }) if why.contains("does not fit the checkpoint")), "{result:?}");
        std::fs::write(&path, sound).unwrap();
    }
    let path = scratch.join("a/tile/0/001.p/44");
    let sound = std::fs::read(&path).unwrap();
    for (bytes, length) in [(&sound[1..], 1407), (&[&sound[..], &[0]].concat(), 1409)] {
        std::fs::write(&path, bytes).unwrap();
        let error = Directory::open(&scratch.join("a")).unwrap().append(&records(300, 301)).unwrap_err();
        assert_eq!(error.to_string(), format!("tile/0/001.p/44 has {length} bytes, not 1408"));
    }
    std::fs::write(&path, sound).unwrap();
    Directory::open(&scratch.join("a")).unwrap().append(&records(300, 301)).unwrap();
}
