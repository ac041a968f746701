//! Whatever a verification finds, it finds the same on any number of threads.

use crate::make::{LIFECYCLE, Scratch, drained, files, key, note_of, record, records};
use crate::medium::Seed;
use std::collections::HashSet;
use std::fmt;
use std::fs;
use std::io;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Mutex;
use strongroom_core::{LogName, Record, Time};
use strongroom_host::log::disk::{Disk, Folder, Lock};
use strongroom_host::log::tile::{Kind, Tile};
use strongroom_host::log::verify::{What, verify_on};
use strongroom_host::log::{Directory, Error, Report};

/// Sizes that were signed: some within bundles, some at their ends, and records follow that nobody signed.
const SIZES: [u32; 4] = [100, 1024, 1701, 2800];
const THERE: u32 = 3200;

fn on(folder: &dyn Disk, threads: usize) -> Result<Option<Report>, Error> {
    verify_on(folder, Some(&key(1).verifying_key().into()), NonZeroUsize::new(threads), &mut |_, _| ControlFlow::Continue(()))
}

/// The report, which is the same on any number of threads.
fn report(folder: &Path) -> Report {
    let disk = Folder::new(folder);
    let one = on(&disk, 1).unwrap().unwrap();
    for threads in [2, 3] {
        assert_eq!(on(&disk, threads).unwrap().unwrap(), one, "{threads} threads");
    }
    one
}

fn long(folder: &Path) {
    drained(folder, &SIZES).append(&records(SIZES[3], THERE)).unwrap();
}

#[test]
fn a_sound_log_is_sound() {
    let scratch = Scratch::new();
    long(&scratch.0);
    let report = report(&scratch.0);
    assert_eq!(report.findings.iter().map(|finding| finding.what).collect::<Vec<_>>(), [What::Unsigned]);
    assert_eq!((report.signed, report.there, report.checkpoints), (SIZES[3], THERE, 4));
}

#[test]
fn a_partial_tile_that_says_something_else_is_found_beside_a_sound_full_one() {
    let scratch = Scratch::new();
    long(&scratch.0);
    for kind in ["entries", "0"] {
        let bytes = fs::read(scratch.join(&format!("tile/{kind}/005"))).unwrap();
        let folder = scratch.join(&format!("tile/{kind}/005.p"));
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join("7"), vec![0x5a; bytes.len() / 256 * 7]).unwrap();
        let found = report(&scratch.0).findings;
        assert!(found.iter().any(|finding| finding.file.contains(&format!("tile/{kind}/005.p"))), "{kind}: {found:?}");
        fs::remove_dir_all(&folder).unwrap();
    }
}

#[test]
fn damage_anywhere_is_found_and_named() {
    let scratch = Scratch::new();
    long(&scratch.0);
    for file in files(&scratch.0).iter().filter(|file| file.starts_with("tile/")) {
        let path = scratch.join(file);
        let sound = fs::read(&path).unwrap();
        // Every file of the bundles around checkpoints and ends, and some of those between.
        let index: u32 = file.split('/').nth(2).and_then(|name| name.get(..3)?.parse().ok()).unwrap();
        if !(index < 2 || [3, 4, 6].contains(&index) || index > 9) {
            continue;
        }
        let changes: [(&str, Option<Vec<u8>>); 4] = [
            ("changed", Some(sound.iter().enumerate().map(|(place, byte)| byte ^ u8::from(place == sound.len() / 2)).collect())),
            ("cut", Some(sound[..sound.len() - 1].to_vec())),
            ("longer", Some([sound.as_slice(), &[0]].concat())),
            ("gone", None),
        ];
        for (change, bytes) in changes {
            match bytes {
                Some(bytes) => fs::write(&path, bytes).unwrap(),
                None => fs::remove_file(&path).unwrap(),
            }
            let report = report(&scratch.0);
            // Beyond what is signed a file that is cut or gone may just not have been written.
            let beyond = index >= SIZES[3] / 256 || file == "tile/1/000.p/12";
            assert!(!report.is_sound() || beyond, "{file} is {change}, and the log is sound");
            fs::write(&path, &sound).unwrap();
        }
    }
    assert!(report(&scratch.0).is_sound());
}

#[test]
fn much_damage_is_found_in_its_order() {
    let scratch = Scratch::new();
    long(&scratch.0);
    for (number, index) in [1, 2, 5, 6, 7, 8].into_iter().enumerate() {
        let path = scratch.join(&format!("tile/{}/{index:03}", if number % 2 == 0 { "entries" } else { "0" }));
        let mut bytes = fs::read(&path).unwrap();
        bytes[3] ^= 1;
        fs::write(&path, bytes).unwrap();
    }
    fs::remove_file(scratch.join("tile/entries/009")).unwrap();
    fs::copy(scratch.join("tile/entries/003"), scratch.join("tile/entries/004")).unwrap();
    let report = report(&scratch.0);
    let places: Vec<Option<u32>> = report.findings.iter().filter(|finding| finding.what.is_error()).map(|f| f.record).collect();
    assert!(places.iter().is_sorted(), "{places:?}");
    assert_eq!((places.first(), report.more), (Some(&Some(256)), 256 + 6 + 1 - 100));
}

#[test]
fn order_is_looked_at_from_one_bundle_to_the_next() {
    let scratch = Scratch::new();
    let wrong = |place: usize, change: fn(&mut Record)| {
        let mut records = records(0, 1600);
        change(&mut records[place]);
        let folder = scratch.join(&place.to_string());
        let mut directory = Directory::create(&folder).unwrap();
        directory.append(&records).unwrap();
        directory.publish(&note_of(LIFECYCLE, &records)).unwrap();
        let report = report(&folder);
        let said: Vec<(What, String)> = report.findings.into_iter().map(|finding| (finding.what, finding.message)).collect();
        said
    };
    let older = "record 1024 is 60000 s older than the one before it, in the same time epoch".to_owned();
    assert_eq!(wrong(1024, |record| record.at = Time::from_unix(record.at.as_unix() - 60_060)), [(What::Record, older)]);
    let before = "record 1280 has boot 12, after 99".to_owned();
    assert_eq!(wrong(1279, |record| record.boot = 99), [(What::Record, before)]);
    let within = "record 1501 has lease epoch 3, after 4".to_owned();
    assert_eq!(wrong(1500, |record| record.epoch = 4), [(What::Record, within)]);
}

#[test]
fn bundles_of_another_log_under_a_name_that_says_nothing_are_found() {
    let scratch = Scratch::new();
    // A name that is none of ours does not say of which log the records are: the first one does.
    let mut mixed: Vec<Record> = (0..1536).map(|sequence| record(LogName::Lifecycle, sequence)).collect();
    let folder = scratch.join("a");
    Directory::create(&folder).unwrap().append(&mixed).unwrap();
    mixed[512..].iter_mut().for_each(|record| record.log = LogName::Tenant);
    let other = scratch.join("b");
    // The writer takes records of one log alone, so those of the other are put under it as files.
    let tenant: Vec<Record> = (0..1536).map(|sequence| record(LogName::Tenant, sequence)).collect();
    Directory::create(&other).unwrap().append(&tenant).unwrap();
    for index in 2..6 {
        for kind in ["entries", "0"] {
            let file = format!("tile/{kind}/{index:03}");
            fs::copy(other.join(&file), folder.join(&file)).unwrap();
        }
    }
    let leaves: Vec<_> = mixed.iter().map(|record| record.leaf().0).collect();
    let roots: Vec<u8> = leaves.chunks(256).flat_map(strongroom_host::merkle::root).collect();
    fs::write(folder.join("tile/1/000.p/6"), roots).unwrap();
    for file in ["checkpoint", "checkpoints/1536"] {
        fs::create_dir_all(folder.join("checkpoints")).unwrap();
        fs::write(folder.join(file), note_of("example.com/log", &mixed)).unwrap();
    }
    let report = report(&folder);
    let said: Vec<(What, &str)> = report.findings.iter().map(|f| (f.what, f.message.as_str())).collect();
    assert_eq!(said[1], (What::Foreign, "record 512 is of a tenant log, and this is a lifecycle log"), "{said:?}");
}

#[test]
fn breaking_off_ends_it_at_once_and_leaves_everything_as_it_was() {
    let scratch = Scratch::new();
    long(&scratch.0);
    let before = files(&scratch.0);
    for threads in [1, 2, 7] {
        let mut told = Vec::new();
        let ended = verify_on(&Folder::new(&scratch.0), None, NonZeroUsize::new(threads), &mut |done, total| {
            told.push((done, total));
            if done >= 1024 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        assert_eq!(ended.unwrap(), None);
        let expected: Vec<(u32, u32)> = (1..=4).map(|bundle| (bundle * 256, THERE)).collect();
        assert_eq!(told, expected, "{threads} threads");
    }
    assert_eq!(files(&scratch.0), before);
}

/// A folder of which some files cannot be read.
struct Failing<F>(Folder, F);

impl<F> fmt::Debug for Failing<F> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl<F: Fn(&str) -> bool + Send + Sync> Disk for Failing<F> {
    fn read(&self, path: &str) -> io::Result<Option<Vec<u8>>> {
        if self.1(path) { Err(io::Error::other("the medium is worn out")) } else { self.0.read(path) }
    }

    fn list(&self, folder: &str) -> io::Result<Vec<(String, bool)>> {
        self.0.list(folder)
    }

    fn make_folder(&self, _: &str) -> io::Result<()> {
        unreachable!("nothing is written")
    }

    fn write(&self, _: &str, _: &[u8]) -> io::Result<()> {
        unreachable!("nothing is written")
    }

    fn sync_file(&self, _: &str) -> io::Result<()> {
        unreachable!("nothing is written")
    }

    fn sync_folder(&self, _: &str) -> io::Result<()> {
        unreachable!("nothing is written")
    }

    fn rename(&self, _: &str, _: &str) -> io::Result<()> {
        unreachable!("nothing is written")
    }

    fn remove(&self, _: &str) -> io::Result<()> {
        unreachable!("nothing is written")
    }

    fn lock(&self) -> io::Result<Option<Lock>> {
        unreachable!("nothing is written")
    }

    fn name(&self, path: &str) -> String {
        self.0.name(path)
    }
}

#[test]
fn a_file_that_cannot_be_read_ends_it_with_an_error() {
    let scratch = Scratch::new();
    long(&scratch.0);
    for threads in [1, 2, 7] {
        let disk = Failing(Folder::new(&scratch.0), |path: &str| path == "tile/entries/008");
        let Err(Error::Unusable { file, .. }) = on(&disk, threads) else { panic!("{threads} threads") };
        assert!(file.ends_with("tile/entries/008"), "{file}");
    }
}

/// What the walk finds that has to look at every bundle itself: what is looked at before it cannot be read the first time.
fn unaided(folder: &Path, signed: u32) -> Report {
    let seen = Mutex::new(HashSet::new());
    let disk = Failing(Folder::new(folder), |path: &str| {
        let tile = Tile::from_path(path).filter(|tile| tile.kind == Kind::Entries && !tile.is_partial());
        tile.is_some_and(|tile| tile.index < signed / 256 && seen.lock().unwrap().insert(tile.index))
    });
    let report = on(&disk, 1).unwrap().unwrap();
    assert_eq!(seen.into_inner().unwrap().len() as u32, signed / 256);
    report
}

#[test]
fn what_is_looked_at_ahead_of_the_walk_hides_nothing_from_it() {
    let scratch = Scratch::new();
    let mut seed = Seed(0x5eed);
    drained(&scratch.join("sound"), &[700, 1200, 1300]).append(&records(1300, 1400)).unwrap();
    let sound: Vec<(String, Vec<u8>)> = files(&scratch.join("sound"))
        .into_iter()
        .map(|file| {
            let bytes = fs::read(scratch.join("sound").join(&file)).unwrap();
            (file, bytes)
        })
        .collect();
    let folder = scratch.join("damaged");
    for (file, _) in &sound {
        fs::create_dir_all(folder.join(file).parent().unwrap()).unwrap();
    }
    let (mut damaged, mut partly) = (0, 0);
    for _ in 0..50 {
        for (file, bytes) in &sound {
            fs::write(folder.join(file), bytes).unwrap();
        }
        for _ in 0..1 + seed.below(3) {
            let (file, bytes) = &sound[seed.below(sound.len())];
            let mut bytes = bytes.clone();
            match seed.below(5) {
                0 => bytes.truncate(seed.below(bytes.len())),
                1 => bytes.extend([0; 120]),
                2 => bytes.clone_from(&sound[seed.below(sound.len())].1),
                _ => {
                    let place = seed.below(bytes.len());
                    bytes[place] ^= 1 << seed.below(8);
                }
            }
            fs::write(folder.join(file), bytes).unwrap();
        }
        let report = report(&folder);
        assert_eq!(unaided(&folder, report.signed), report);
        damaged += u32::from(!report.is_sound());
        partly += u32::from(report.signed > 256 && report.findings.len() < 256);
    }
    assert!(damaged > 25 && partly > 25, "{damaged} of 50 damaged, {partly} of them in part");
}
