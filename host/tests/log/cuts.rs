//! Power cuts at every step of writing, and again while it goes on.

use crate::make::{key, note, records};
use crate::medium::{Medium, Seed};
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::LazyLock;
use strongroom_core::Record;
use strongroom_host::log::verify::{What, verify_on};
use strongroom_host::log::{Directory, Error, Report};

/// A host's day: how many records it has after a drain, and how many the note counts that it then gets, if it gets one.
type Script = &'static [(u32, Option<u32>)];

/// Partial tiles, full ones, notes for fewer records than are there, and drains without a note.
const SCRIPT: Script = &[
    (2, Some(2)),
    (3, None),
    (5, Some(5)),
    (254, None),
    (256, Some(255)),
    (256, Some(256)),
    (259, Some(258)),
    (261, None),
    (515, Some(515)),
    (770, Some(600)),
    (772, Some(772)),
];

/// The records and notes of the script, made once.
static RECORDS: LazyLock<Vec<Record>> = LazyLock::new(|| records(0, 772));
static NOTES: LazyLock<BTreeMap<u32, String>> =
    LazyLock::new(|| SCRIPT.iter().filter_map(|(_, size)| Some(((*size)?, note((*size)?)))).collect());

/// What the directory has confirmed.
#[derive(Debug, Clone, Copy, Default)]
struct Confirmed {
    there: u32,
    signed: u32,
}

/// How a host drains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Habit {
    /// It appends what it has, whether it is there or not.
    Repeats,
    /// It appends what is not there.
    Skips,
}

/// Goes through the script, whatever of it was done before.
fn go(medium: &Medium, script: Script, habit: Habit, confirmed: &mut Confirmed) -> Result<(), Error> {
    let mut directory = Directory::on(Box::new(medium.clone()))?;
    for (there, note_of) in script {
        let from = there.saturating_sub(20).min(directory.size());
        if habit == Habit::Repeats || directory.size() < *there {
            directory.append(&RECORDS[from as usize..(*there).max(from) as usize])?;
        }
        confirmed.there = confirmed.there.max(*there);
        if let Some(size) = note_of.filter(|size| directory.head().is_none_or(|head| head.size <= *size)) {
            directory.publish(&NOTES[&size])?;
            confirmed.signed = confirmed.signed.max(size);
        }
    }
    Ok(())
}

/// The report; `None` where not even a beginning of a log is there.
fn report(medium: &Medium) -> Option<Report> {
    let key = key(1).verifying_key().into();
    match verify_on(medium, Some(&key), None, &mut |_, _| ControlFlow::Continue(())) {
        Ok(report) => report,
        Err(Error::Refused(_)) => None,
        Err(error) => panic!("{error}"),
    }
}

/// That nothing that was confirmed is lost, and what is there verifies up to its checkpoint.
fn holds(medium: &Medium, confirmed: Confirmed, at: &str) {
    let Some(report) = report(medium) else {
        assert_eq!((confirmed.there, confirmed.signed), (0, 0), "{at}");
        return;
    };
    assert!(report.there >= confirmed.there && report.signed >= confirmed.signed, "{at}: {confirmed:?} {report:#?}");
    let never_signed = report.signed == 0 && confirmed.signed == 0;
    for finding in &report.findings {
        let no_checkpoint = never_signed && finding.what == What::Checkpoint && finding.message == "is missing";
        assert!(!finding.what.is_error() || no_checkpoint, "{at}: {:#?}", report.findings);
    }
}

fn whole(script: Script) -> (BTreeMap<String, Vec<u8>>, u32) {
    let medium = Medium::default();
    go(&medium, script, Habit::Repeats, &mut Confirmed::default()).unwrap();
    assert_eq!(report(&medium).unwrap().findings, []);
    (medium.files(), medium.steps())
}

/// Of what was not forced to the medium a seed decides how much is there; `STRONGROOM_SEEDS` tries more than three.
#[test]
fn a_cut_at_any_step_loses_nothing_and_the_next_writer_goes_on() {
    let (expected, steps) = whole(SCRIPT);
    let mut cuts = 0;
    let seeds = std::env::var("STRONGROOM_SEEDS").map_or(3, |seeds| seeds.parse().unwrap());
    for step in 1..=steps {
        for seed in 0..seeds {
            let medium = Medium::default();
            let mut random = Seed(0x9e37_79b9_7f4a_7c15 ^ (u64::from(step) << 8 | seed));
            let mut restart = |medium: &Medium| medium.restart(if seed == 0 { None } else { Some(&mut random) });
            let mut confirmed = Confirmed::default();
            let habit = if seed % 2 == 0 { Habit::Skips } else { Habit::Repeats };
            medium.cut_after(step);
            let at = format!("step {step}, seed {seed}");
            assert!(go(&medium, SCRIPT, habit, &mut confirmed).is_err(), "{at}");
            restart(&medium);
            holds(&medium, confirmed, &at);
            // Again and again while it goes on, ever later.
            for again in [1, 2, 5, 13] {
                medium.cut_after(again);
                let gone = go(&medium, SCRIPT, habit, &mut confirmed);
                restart(&medium);
                holds(&medium, confirmed, &format!("{at}, again after {again}"));
                cuts += u32::from(gone.is_err());
            }
            go(&medium, SCRIPT, habit, &mut confirmed).unwrap_or_else(|error| panic!("{at}: {error}"));
            let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<String>>().join(" ");
            assert_eq!(names(&medium.files()), names(&expected), "{at}");
            assert!(medium.files() == expected, "{at}");
            cuts += 1;
        }
    }
    println!("{cuts} cuts in {steps} steps of writing");
    assert!(cuts > 2500, "{cuts}");
}

#[test]
fn whoever_was_cut_off_can_be_asked_again_at_once() {
    let (expected, steps) = whole(SCRIPT);
    for step in (1..=steps).step_by(7) {
        let medium = Medium::default();
        let mut directory = Directory::on(Box::new(medium.clone())).unwrap();
        medium.cut_after(step);
        // The disk is full once, and not the next time: the same directory goes on.
        for (there, note_of) in SCRIPT {
            let mut appended = directory.append(&records(directory.size().min(*there), *there));
            if appended.is_err() {
                medium.restart(None);
                appended = directory.append(&records(directory.size().min(*there), *there));
            }
            appended.unwrap();
            let Some(size) = note_of else { continue };
            if directory.publish(&note(*size)).is_err() {
                medium.restart(None);
                directory.publish(&note(*size)).unwrap();
            }
        }
        assert_eq!(medium.files(), expected, "step {step}");
    }
}
