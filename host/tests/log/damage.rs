//! Every kind of damage is found, and its place is named.

use crate::make::{LIFECYCLE, Scratch, drained, files, note, note_of, record, records};
use crate::verify::{verified, with};
use std::fs;
use std::path::Path;
use strongroom_core::{LogName, Record};
use strongroom_host::log::verify::What;
use strongroom_host::log::{Finding, Report};

const ENTRY: usize = 120;

fn errors(report: &Report) -> Vec<&Finding> {
    report.findings.iter().filter(|finding| finding.what.is_error()).collect()
}

/// Changes one byte of a file, and gives the report.
fn flipped(folder: &Path, file: &str, place: usize, bits: u8) -> Report {
    let path = folder.join(file);
    let sound = fs::read(&path).unwrap();
    let mut bytes = sound.clone();
    bytes[place] ^= bits;
    fs::write(&path, bytes).unwrap();
    let report = verified(folder);
    fs::write(&path, sound).unwrap();
    report
}

/// The index in a tile's path.
fn index(file: &str) -> u32 {
    file.rsplit('/').find_map(|part| part.trim_end_matches(".p").parse().ok().filter(|_| part.len() >= 3)).unwrap_or(0)
}

/// That the report names the file, and in a bundle or a tile of leaves the record.
fn names(report: &Report, file: &str, place: usize) {
    let found = errors(report);
    let each = if file.starts_with("tile/entries") { ENTRY } else { 32 };
    let number = index(file) * 256 + (place / each) as u32;
    let named = |finding: &&Finding| match file {
        _ if file.starts_with("tile/entries") || file.starts_with("tile/0") => {
            finding.record == Some(number) && (finding.file == file || finding.message.contains(file))
        }
        _ if file.starts_with("tile/") => {
            finding.file.contains(file.trim_end_matches(char::is_numeric).trim_end_matches(".p/"))
                && finding.message.contains(&format!("hash {number} "))
        }
        _ => finding.file == file || finding.message.contains(file),
    };
    assert_eq!(found.iter().filter(|finding| named(finding)).count(), 1, "{file} byte {place}: {:#?}", report.findings);
    // One damage is one finding; a checkpoint that cannot be believed leaves its tree and its namesake behind.
    assert!(found.len() == 1 || file.starts_with("checkpoint"), "{file} byte {place}: {:#?}", report.findings);
}

#[test]
fn every_byte_of_a_small_log_counts() {
    let scratch = Scratch::new();
    let folder = scratch.join("a");
    drained(&folder, &[2, 5]);
    let mut flips = 0;
    for file in files(&folder) {
        for place in 0..fs::metadata(folder.join(&file)).unwrap().len() as usize {
            for bits in [1, 0x80] {
                names(&flipped(&folder, &file, place, bits), &file, place);
                flips += 1;
            }
        }
    }
    assert!(flips > 3000, "{flips}");
    assert_eq!(verified(&folder).findings, []);
}

#[test]
fn a_byte_in_every_record_and_every_hash_of_a_larger_log_counts() {
    let scratch = Scratch::new();
    let folder = scratch.join("a");
    drained(&folder, &[256, 300, 520]);
    for file in files(&folder).iter().filter(|file| file.starts_with("tile/")) {
        let each = if file.starts_with("tile/entries") { ENTRY } else { 32 };
        for place in (0..fs::metadata(folder.join(file)).unwrap().len() as usize).step_by(each) {
            let place = place + place / each * 7 % each;
            names(&flipped(&folder, file, place, 0x10), file, place);
        }
    }
    assert_eq!(verified(&folder).findings, []);
}

#[test]
fn without_a_key_only_what_is_signed_and_nothing_else_can_be_changed_unseen() {
    let scratch = Scratch::new();
    let folder = scratch.join("a");
    drained(&folder, &[2, 5]);
    let path = folder.join("checkpoints/2");
    let sound = fs::read(&path).unwrap();
    let (body, signature) = (sound.windows(2).position(|pair| pair == b"\n\n").unwrap(), sound.len() - 30);
    for place in 0..sound.len() - 1 {
        let mut bytes = sound.clone();
        bytes[place] ^= 1;
        fs::write(&path, &bytes).unwrap();
        let report = with(&folder, None);
        assert!(!report.is_sound() || place > body + 1, "byte {place}: {report:?}");
    }
    let mut bytes = sound;
    bytes[signature] = if bytes[signature] == b'A' { b'B' } else { b'A' };
    fs::write(&path, &bytes).unwrap();
    assert!(with(&folder, None).is_sound());
    assert_eq!(verified(&folder).findings[0].what, What::Signature);
}

#[test]
fn every_file_that_is_removed_is_missed() {
    let scratch = Scratch::new();
    for (number, sizes) in [&[2, 5][..], &[3, 256, 258], &[100, 300, 520]].into_iter().enumerate() {
        let folder = scratch.join(&number.to_string());
        drained(&folder, sizes);
        for file in files(&folder) {
            let sound = fs::read(folder.join(&file)).unwrap();
            fs::remove_file(folder.join(&file)).unwrap();
            let report = verified(&folder);
            let named = |finding: &&Finding| finding.file == file || finding.message.contains(&file);
            let found: Vec<&Finding> = report.findings.iter().filter(named).collect();
            if let Some(size) = file.strip_prefix("checkpoints/") {
                // Without it the log is as good as with it: what tells is a partial tile of that size, while there is one.
                let size: u32 = size.parse().unwrap();
                let (last, none) = (*sizes.last().unwrap(), size.is_multiple_of(256));
                let left = |finding: &Finding| finding.what == What::Leftover && finding.file.ends_with(&format!(".p/{size}"));
                let seen = size == last || none || size / 256 < last / 256 || report.findings.iter().any(left);
                assert!(report.is_sound() && seen, "{file}: {:#?}", report.findings);
                assert_eq!(found.iter().any(|finding| finding.what == What::Leftover), size == last);
            } else {
                assert!(!report.is_sound() && !found.is_empty(), "{file}: {:#?}", report.findings);
            }
            fs::write(folder.join(&file), sound).unwrap();
        }
        assert_eq!(verified(&folder).findings, []);
    }
}

#[test]
fn two_records_that_changed_places_are_named() {
    let scratch = Scratch::new();
    let folder = scratch.join("a");
    drained(&folder, &[300]);
    let path = folder.join("tile/entries/000");
    let mut bytes = fs::read(&path).unwrap();
    let (left, right) = bytes.split_at_mut(200 * ENTRY);
    left[7 * ENTRY..8 * ENTRY].swap_with_slice(&mut right[..ENTRY]);
    fs::write(&path, bytes).unwrap();
    let report = verified(&folder);
    let found: Vec<(What, Option<u32>, &str)> =
        report.findings.iter().map(|finding| (finding.what, finding.record, finding.message.as_str())).collect();
    assert_eq!(
        found,
        [
            (What::Reordered, Some(7), "the record at place 7 says that it is record 200: its leaf is not in tile/0/000"),
            (What::Reordered, Some(200), "the record at place 200 says that it is record 7: its leaf is not in tile/0/000"),
        ]
    );
}

#[test]
fn a_tail_that_was_cut_off_is_counted() {
    let scratch = Scratch::new();
    let folder = scratch.join("a");
    drained(&folder, &[300]);
    let path = folder.join("tile/entries/001.p/44");
    let bytes = fs::read(&path).unwrap();
    // Within the file,
    fs::write(&path, &bytes[..40 * ENTRY + 5]).unwrap();
    let report = verified(&folder);
    assert_eq!(errors(&report)[0].message, "has 40 whole records, not 44");
    assert_eq!((errors(&report)[1].what, errors(&report)[1].record), (What::Cut, Some(296)));
    assert_eq!(errors(&report)[1].message, "the checkpoint counts 300 records, and 296 are there");
    assert_eq!((report.signed, report.there), (300, 296));
    // under the name that it should then have,
    fs::remove_file(&path).unwrap();
    fs::write(folder.join("tile/entries/001.p/40"), &bytes[..40 * ENTRY]).unwrap();
    assert_eq!(errors(&verified(&folder))[0].message, "the checkpoint counts 300 records, and 296 are there");
    // and with everything but the checkpoint.
    for file in files(&folder).iter().filter(|file| file.contains("001.p") || file.starts_with("tile/1")) {
        fs::remove_file(folder.join(file)).unwrap();
    }
    let report = verified(&folder);
    let cut = errors(&report).into_iter().find(|finding| finding.what == What::Cut).unwrap();
    assert_eq!(cut.message, "the checkpoint counts 300 records, and 256 are there");
}

#[test]
fn records_that_are_missing_in_the_middle_are_counted() {
    let scratch = Scratch::new();
    let folder = scratch.join("a");
    drained(&folder, &[1100]);
    fs::remove_file(folder.join("tile/entries/001")).unwrap();
    fs::remove_file(folder.join("tile/entries/002")).unwrap();
    let report = verified(&folder);
    let [finding] = report.findings.as_slice() else { panic!("{:#?}", report.findings) };
    assert_eq!((finding.what, finding.record, finding.file.as_str()), (What::Missing, Some(256), "tile/entries/001"));
    assert_eq!(finding.message, "records 256 to 767 are missing");
    // With the leaves lost too, the tile above stands for them.
    fs::remove_file(folder.join("tile/0/001")).unwrap();
    assert_eq!(errors(&verified(&folder)).len(), 2);
    // With that lost as well, nothing does, and nothing panics.
    fs::remove_file(folder.join("tile/1/000.p/4")).unwrap();
    assert_eq!(errors(&verified(&folder)).len(), 3);
}

#[test]
fn what_a_forger_appends_is_unsigned_at_best() {
    let scratch = Scratch::new();
    let folder = scratch.join("a");
    drained(&folder, &[3]);
    let sound = fs::read(folder.join("tile/entries/000.p/3")).unwrap();
    let forge = |record: &Record| [&sound[..], &[0, 118], &record.to_bytes()].concat();
    let next = record(LogName::Lifecycle, 3);
    // Behind the bundle's end.
    fs::write(folder.join("tile/entries/000.p/3"), forge(&next)).unwrap();
    let report = verified(&folder);
    assert_eq!((errors(&report)[0].what, errors(&report)[0].record), (What::Extended, Some(3)));
    assert_eq!(errors(&report)[0].message, "has 120 bytes behind its 3 records");
    fs::write(folder.join("tile/entries/000.p/3"), &sound).unwrap();
    // As an unsigned record that follows on: nobody can tell, and so it is named.
    fs::write(folder.join("tile/entries/000.p/4"), forge(&next)).unwrap();
    let report = verified(&folder);
    assert!(report.is_sound());
    assert_eq!(report.findings[0].message, "record 3 is not signed yet");
    // As one that does not.
    for (wrong, message) in [
        (Record { sequence: 9, ..next }, "beyond the checkpoint, the record at place 3 says that it is record 9"),
        (
            Record { log: LogName::Tenant, ..next },
            "beyond the checkpoint, record 3 is of a tenant log, and this is a lifecycle log",
        ),
        (Record { time_epoch: 0, ..next }, "beyond the checkpoint, record 3 has time epoch 0, after 1"),
    ] {
        fs::write(folder.join("tile/entries/000.p/4"), forge(&wrong)).unwrap();
        let report = verified(&folder);
        assert_eq!((errors(&report)[0].what, errors(&report)[0].message.as_str()), (What::Extended, message));
    }
    fs::write(folder.join("tile/entries/000.p/4"), [&sound[..], &[0; 120]].concat()).unwrap();
    assert_eq!(errors(&verified(&folder))[0].message, "beyond the checkpoint, what stands at place 3 is no record");
    fs::remove_file(folder.join("tile/entries/000.p/4")).unwrap();
    // Hashes without records.
    fs::write(folder.join("tile/0/000.p/4"), [0; 128]).unwrap();
    assert_eq!((errors(&verified(&folder))[0].what, errors(&verified(&folder)).len()), (What::Extended, 4));
    fs::remove_file(folder.join("tile/0/000.p/4")).unwrap();
    for file in ["tile/0/001", "tile/0/007.p/3", "tile/1/000.p/1", "tile/2/000.p/1", "tile/entries/004.p/1", "tile/2/001.p/1"] {
        fs::create_dir_all(folder.join(file).parent().unwrap()).unwrap();
        let each = if file.contains("entries") { 120 } else { 32 };
        let width = if file.ends_with("p/3") { 3 } else { 1 };
        fs::write(folder.join(file), vec![0; each * if file.contains(".p") { width } else { 256 }]).unwrap();
        let report = verified(&folder);
        let found = errors(&report);
        assert_eq!((found[0].what, found[0].file.as_str(), found.len()), (What::Extended, file, 1), "{:#?}", report.findings);
        assert_eq!(found[0].message, "stands for records that are not there");
        fs::remove_file(folder.join(file)).unwrap();
    }
    assert_eq!(verified(&folder).findings, []);
}

#[test]
fn checkpoints_that_changed_places_or_were_set_back_are_named() {
    let scratch = Scratch::new();
    let folder = scratch.join("a");
    drained(&folder, &[3, 5]);
    fs::write(folder.join("checkpoints/3"), note(5)).unwrap();
    fs::write(folder.join("checkpoints/5"), note(3)).unwrap();
    let report = verified(&folder);
    let found: Vec<(&str, &str)> =
        errors(&report).iter().map(|finding| (finding.file.as_str(), finding.message.as_str())).collect();
    assert_eq!(found[0], ("checkpoints/5", "holds the note of 3 records"));
    assert_eq!(found[1], ("checkpoints/3", "holds the note of 5 records"));
    fs::write(folder.join("checkpoints/3"), note(3)).unwrap();
    fs::write(folder.join("checkpoints/5"), note(5)).unwrap();
    fs::write(folder.join("checkpoint"), note(3)).unwrap();
    let report = verified(&folder);
    assert_eq!(errors(&report)[0].message, "was set back: it counts 3 records, and checkpoints/5 counts 5");
    assert_eq!((report.signed, errors(&report).len()), (5, 1));
}

#[test]
fn another_logs_files_are_told_apart() {
    let scratch = Scratch::new();
    let (own, other) = (scratch.join("own"), scratch.join("other"));
    drained(&own, &[3, 5]);
    let foreign: Vec<Record> = records(0, 5).into_iter().map(|record| Record { epoch: 4, ..record }).collect();
    let mut directory = strongroom_host::log::Directory::create(&other).unwrap();
    directory.append(&foreign).unwrap();
    directory.publish(&note_of("strongroom/800000/lifecycle", &foreign)).unwrap();
    for file in ["checkpoints/5", "tile/entries/000.p/5", "tile/0/000.p/5"] {
        let sound = fs::read(own.join(file)).unwrap();
        fs::copy(other.join(file), own.join(file)).unwrap();
        let report = verified(&own);
        let found = errors(&report);
        assert!(!found.is_empty() && found.iter().all(|finding| finding.file == file || finding.message.contains(file)));
        assert_eq!(found.len(), if file == "checkpoints/5" { 1 } else { 5 }, "{:#?}", report.findings);
        fs::write(own.join(file), sound).unwrap();
    }
    // All of its records and hashes under our checkpoints.
    for file in ["tile/entries/000.p/5", "tile/0/000.p/5"] {
        fs::copy(other.join(file), own.join(file)).unwrap();
    }
    let report = verified(&own);
    assert!(!report.is_sound());
    let root = errors(&report).into_iter().find(|finding| finding.what == What::Checkpoint).unwrap();
    assert!(root.message.contains("one from record 0 on was changed together with its tiles"), "{}", root.message);
}

#[test]
fn a_forger_who_rewrites_records_and_every_tile_above_is_found_by_the_checkpoint() {
    let scratch = Scratch::new();
    let (own, other) = (scratch.join("own"), scratch.join("other"));
    drained(&own, &[100, 600, 700]);
    let mut forged = records(0, 700);
    forged[650].detail = 1;
    let mut directory = strongroom_host::log::Directory::create(&other).unwrap();
    for size in [100, 600, 700] {
        directory.append(&forged[directory.size() as usize..size]).unwrap();
        directory.publish(&note_of(LIFECYCLE, &forged[..size])).unwrap();
    }
    for file in files(&other).iter().filter(|file| file.starts_with("tile/")) {
        fs::copy(other.join(file), own.join(file)).unwrap();
    }
    let report = verified(&own);
    let [finding] = report.findings.as_slice() else { panic!("{:#?}", report.findings) };
    assert_eq!((finding.what, finding.record, finding.file.as_str()), (What::Checkpoint, Some(600), "checkpoints/700"));
    assert!(finding.message.contains("one from record 600 on was changed together with its tiles"));
    // Only one bundle and its tile, under sound tiles above.
    drained(&scratch.join("again"), &[700]);
    forged[300].detail = 1;
    forged[650].detail = 0;
    let mut directory = strongroom_host::log::Directory::create(&scratch.join("third")).unwrap();
    directory.append(&forged).unwrap();
    for file in ["tile/entries/001", "tile/0/001"] {
        fs::copy(scratch.join("third").join(file), scratch.join("again").join(file)).unwrap();
    }
    let report = verified(&scratch.join("again"));
    let [finding] = report.findings.as_slice() else { panic!("{:#?}", report.findings) };
    assert_eq!(finding.message, "records 256 to 511 were changed together with this tile: it does not fit tile/1/000.p/2");
}

#[test]
fn a_bundle_that_has_less_than_its_name_and_than_the_checkpoint_is_cut() {
    let scratch = Scratch::new();
    let folder = scratch.join("a");
    drained(&folder, &[3]);
    let whole = fs::read(folder.join("tile/entries/000.p/3")).unwrap();
    fs::write(folder.join("tile/entries/000.p/4"), &whole[..2 * ENTRY]).unwrap();
    for file in ["tile/entries/000.p/3", "checkpoint"] {
        let report = verified(&folder);
        let cut = |finding: &&Finding| finding.what == What::Cut && finding.file == "tile/entries/000.p/4";
        assert!(errors(&report).iter().any(cut), "{:#?}", report.findings);
        fs::remove_file(folder.join(file)).unwrap();
    }
}

#[test]
fn any_contents_are_looked_into_without_a_panic() {
    let scratch = Scratch::new();
    let folder = scratch.join("a");
    drained(&folder, &[2, 300, 520]);
    let junk: [&[u8]; 6] = [b"", b"\n", &[0xff; 40], &[0; 8192], "— \n\n— ".as_bytes(), &[7; 30720]];
    for file in files(&folder) {
        let sound = fs::read(folder.join(&file)).unwrap();
        for contents in junk {
            fs::write(folder.join(&file), contents).unwrap();
            assert!(!verified(&folder).is_sound(), "{file}");
        }
        fs::write(folder.join(&file), sound).unwrap();
    }
    for file in [
        "tile/0/x999/x999/999",
        "tile/entries/x999/999.p/3",
        "tile/3/000",
        "checkpoints/07",
        "tile/x/y/z/a/b/c/d/e",
        "tile/0/000.p/0",
    ] {
        fs::create_dir_all(folder.join(file).parent().unwrap()).unwrap();
        fs::write(folder.join(file), "x").unwrap();
    }
    let report = verified(&folder);
    assert!(report.findings.iter().any(|finding| finding.file == "checkpoints/07" && finding.what == What::Leftover));
    assert!(report.findings.iter().any(|finding| finding.file == "tile/0/x999/x999/999" && finding.what == What::Extended));
    // Many faults are counted, and not all told.
    fs::write(folder.join("tile/entries/000"), vec![0; 30720]).unwrap();
    let report = verified(&folder);
    assert_eq!(errors(&report).len(), 100);
    assert!(report.more > 150);
}

#[test]
fn many_leftovers_are_no_error() {
    let scratch = Scratch::new();
    let folder = scratch.join("a");
    drained(&folder, &[255]);
    let whole = fs::read(folder.join("tile/0/000.p/255")).unwrap();
    for width in 1..255 {
        fs::write(folder.join(format!("tile/0/000.p/{width}")), &whole[..width * 32]).unwrap();
    }
    let report = verified(&folder);
    assert_eq!((report.is_sound(), report.findings.len(), report.more), (true, 100, 154));
}

#[test]
fn damage_under_and_in_the_tiles_of_the_higher_levels_is_one_finding() {
    let scratch = Scratch::new();
    let folder = scratch.join("a");
    drained(&folder, &[66_000]);
    let said = |report: &Report| -> Vec<(String, String)> {
        report.findings.iter().map(|finding| (finding.file.clone(), finding.message.clone())).collect()
    };
    let one = |file: &str, message: &str| vec![(file.to_owned(), message.to_owned())];
    for (file, place, expected) in [
        (
            "tile/entries/100",
            120 * 7 + 50,
            one("tile/entries/100", "record 25607 is not the one that was written: its leaf is not in tile/0/100"),
        ),
        ("tile/0/100", 32 * 7, one("tile/0/100", "hash 7 is not the leaf of record 25607")),
        ("tile/1/000", 32 * 100, one("tile/1/000", "hash 100 is not the root of tile/0/100")),
        ("tile/1/001.p/1", 5, one("tile/1/001.p/1", "hash 0 is not the root of tile/0/256")),
        ("tile/2/000.p/1", 5, one("tile/2/000.p/1", "hash 0 is not the root of the tile below it")),
    ] {
        assert_eq!(said(&flipped(&folder, file, place, 1)), expected);
    }
    // Two tiles changed to fit one another: what is below speaks against both.
    let both = ["tile/1/000", "tile/2/000.p/1"];
    let sound = both.map(|file| fs::read(folder.join(file)).unwrap());
    let mut changed = sound[0].clone();
    changed[32 * 100] ^= 1;
    let above: Vec<[u8; 32]> = changed.as_chunks().0.to_vec();
    fs::write(folder.join(both[0]), changed).unwrap();
    fs::write(folder.join(both[1]), strongroom_host::merkle::root(&above)).unwrap();
    let expected = [
        one("tile/1/000", "hash 100 is not the root of tile/0/100"),
        one("tile/2/000.p/1", "hash 0 is not the root of the tile below it"),
    ];
    assert_eq!(said(&verified(&folder)), expected.concat());
    both.iter().zip(sound).for_each(|(file, sound)| fs::write(folder.join(file), sound).unwrap());
    // Everything below level 2 written anew around a forged record.
    let mut forged = records(0, 66_000);
    forged[25_607].detail = 1;
    let other = scratch.join("other");
    strongroom_host::log::Directory::create(&other).unwrap().append(&forged).unwrap();
    let changed: Vec<String> = files(&other)
        .into_iter()
        .filter(|file| file.starts_with("tile/") && fs::read(folder.join(file)).unwrap() != fs::read(other.join(file)).unwrap())
        .collect();
    assert_eq!(changed, ["tile/0/100", "tile/1/000", "tile/2/000.p/1", "tile/entries/100"]);
    let sound = fs::read(folder.join("tile/2/000.p/1")).unwrap();
    for file in &changed {
        fs::copy(other.join(file), folder.join(file)).unwrap();
    }
    let report = verified(&folder);
    assert_eq!((report.findings.len(), report.findings[0].what, report.findings[0].record), (1, What::Checkpoint, Some(0)));
    fs::write(folder.join("tile/2/000.p/1"), sound).unwrap();
    let message = "records 0 to 65535 were changed together with the tiles over them";
    assert_eq!(said(&verified(&folder)), one("tile/2/000.p/1", message));
}

#[test]
fn a_tile_behind_a_last_full_one_of_a_higher_level_stands_for_nothing() {
    let scratch = Scratch::new();
    let folder = scratch.join("a");
    drained(&folder, &[65_536]);
    fs::create_dir(folder.join("tile/1/001.p")).unwrap();
    fs::copy(folder.join("tile/2/000.p/1"), folder.join("tile/1/001.p/1")).unwrap();
    let report = verified(&folder);
    let [finding] = report.findings.as_slice() else { panic!("{:#?}", report.findings) };
    assert_eq!((finding.what, finding.file.as_str()), (What::Extended, "tile/1/001.p/1"));
    assert_eq!(finding.message, "stands for records that are not there");
}

#[test]
fn the_last_tile_is_told_from_the_records_below_it_by_the_root() {
    let scratch = Scratch::new();
    let folder = scratch.join("a");
    drained(&folder, &[2, 5]);
    let one = |report: &Report| -> (What, String, String) {
        let [finding] = report.findings.as_slice() else { panic!("{:#?}", report.findings) };
        (finding.what, finding.file.clone(), finding.message.clone())
    };
    let tile = one(&flipped(&folder, "tile/0/000.p/5", 3 * 32, 1));
    assert_eq!(tile, (What::Changed, "tile/0/000.p/5".into(), "hash 3 is not the leaf of record 3".into()));
    let record = one(&flipped(&folder, "tile/entries/000.p/5", 3 * ENTRY + 100, 1));
    let message = "record 3 is not the one that was written: its leaf is not in tile/0/000.p/5";
    assert_eq!(record, (What::Changed, "tile/entries/000.p/5".into(), message.into()));
    // Both: nobody can say which of the two was there first.
    let path = folder.join("tile/0/000.p/5");
    let mut bytes = fs::read(&path).unwrap();
    bytes[3 * 32] ^= 1;
    fs::write(&path, bytes).unwrap();
    let both = one(&flipped(&folder, "tile/entries/000.p/5", 3 * ENTRY + 100, 1));
    assert_eq!(both.2, "record 3 and its leaf in tile/0/000.p/5 do not fit, and neither fits the checkpoint");
}

#[test]
fn damage_in_a_tile_that_is_only_signed_in_part_is_one_finding() {
    let scratch = Scratch::new();
    let folder = scratch.join("a");
    drained(&folder, &[300]).append(&records(300, 520)).unwrap();
    assert!(!files(&folder).contains(&"tile/0/001.p/44".to_owned()));
    for (file, place, what, record) in [
        ("tile/0/001", 5, What::Changed, 261),
        ("tile/0/001", 100, What::Extended, 356),
        ("tile/entries/001", 5, What::Changed, 261),
        ("tile/entries/001", 100, What::Extended, 356),
        ("tile/0/002.p/8", 2, What::Extended, 514),
    ] {
        let each = if file.contains("entries") { ENTRY } else { 32 };
        let report = flipped(&folder, file, place * each + each - 1, 1);
        let found = errors(&report);
        assert_eq!(found.len(), if file == "tile/entries/001" && place == 100 { 2 } else { 1 }, "{:#?}", report.findings);
        assert_eq!((found[0].what, found[0].record), (what, Some(record)));
    }
}
