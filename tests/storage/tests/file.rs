//! The journal in a file: killed processes, two writers, dumps, and files that are none.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use strongroom_core::journal::Mounted;
use strongroom_host::journal::{self, Error};
use strongroom_storage::flash::Seeded;
use strongroom_storage::story::{self, Story};
use strongroom_storage::{patience, trial};

/// A folder of the test's own, empty.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

fn whole_story() -> Story {
    story::stories(&story::folder().join("lease.jsonl")).remove(0)
}

fn writer(journal: &Path) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_writer"));
    command.arg(journal).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts")
}

fn open(story: &Story, journal: &Path) -> Result<(journal::Durable, Mounted), Error> {
    journal::open(journal, story.device, story.policy, Duration::ZERO)
}

#[test]
fn a_process_that_is_killed_at_any_time_loses_nothing_it_answered() {
    let story = whole_story();
    let kills: u32 = (0..5 * patience()).map(|seed| killed_until_told(&story, seed)).sum();
    println!("{kills} processes killed");
    assert!(kills > 20, "{kills}");
}

/// Tells the story to its end by processes that are killed; says how many.
fn killed_until_told(story: &Story, seed: u64) -> u32 {
    let journal = folder("killed").join("hsm.journal");
    let mut chance = Seeded(seed);
    let (mut stored, mut kills) = (0, 0);
    while stored < story.moments.len() {
        let mut child = writer(&journal);
        let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        let begun = lines.next().expect("a line").expect("text");
        let begin: usize = begun.strip_prefix("at ").expect("where it begins").parse().expect("a number");
        // What was answered, and at most the step that was in flight.
        assert!(begin == stored || begin == stored + 1, "{stored} steps were answered, {begin} are there");
        stored = begin;
        let until = Instant::now() + Duration::from_micros(chance.below(6_000));
        while Instant::now() < until {
            let Some(line) = lines.next() else { break };
            let number: usize = line.expect("text").strip_prefix("stored ").expect("a step").parse().expect("a number");
            stored = number + 1;
        }
        child.kill().expect("killed");
        // What it said before it died counts.
        for line in lines.map_while(Result::ok) {
            if let Some(number) = line.strip_prefix("stored ").and_then(|number| number.parse::<usize>().ok()) {
                stored = number + 1;
            }
        }
        child.wait().expect("gone");
        kills += 1;
    }
    let (durable, _) = open(story, &journal).expect("opens");
    assert_eq!(story.place(durable.engine()), Some(story.moments.len()));
    kills
}

#[test]
fn a_second_writer_waits_and_then_says_who_holds_it() {
    let story = whole_story();
    let journal = folder("held").join("hsm.journal");
    let (durable, mounted) = open(&story, &journal).expect("opens");
    assert_eq!(mounted, Mounted::Fresh);
    let second = writer(&journal).wait_with_output().expect("it ends");
    assert!(!second.status.success());
    let said = String::from_utf8_lossy(&second.stderr).into_owned();
    assert!(said.contains(&format!("is held by process {} (", std::process::id())), "{said}");
    // It waits as long as it is told to, and goes on as soon as it can.
    let waiting = std::thread::spawn({
        let (story, journal) = (story.clone(), journal.clone());
        move || journal::open(&journal, story.device, story.policy, Duration::from_secs(60)).map(|(_, mounted)| mounted)
    });
    std::thread::sleep(Duration::from_millis(100));
    assert!(!waiting.is_finished());
    drop(durable);
    assert_eq!(waiting.join().expect("no panic").expect("opens"), Mounted::Fresh);
}

#[test]
fn a_dump_of_a_boards_eeprom_opens_as_a_file_and_goes_on() {
    use strongroom_core::journal::Eeprom;
    use strongroom_storage::flash::Bytes;
    let story = whole_story();
    let (mut board, _) = trial::mount::<Eeprom<Bytes>>(&story, trial::Medium::blank());
    let half = story.moments.len() / 2;
    for moment in &story.moments[..half] {
        board.apply(moment.now, &moment.command).expect("stored");
    }
    let journal = folder("dump").join("ee.img");
    fs::write(&journal, &board.into_medium().0.bytes).expect("written");
    let (mut durable, _) = open(&story, &journal).expect("opens");
    assert!(durable.engine() == &story.moments[half].before);
    for moment in &story.moments[half..] {
        durable.apply(moment.now, &moment.command).expect("stored");
    }
    drop(durable);
    let mut medium: Eeprom<Bytes> = trial::Medium::blank();
    medium.0.bytes = fs::read(&journal).expect("read");
    let (board, _) = trial::mount(&story, medium);
    assert_eq!(story.place(board.engine()), Some(story.moments.len()));
}

#[test]
fn files_that_are_no_journals_are_told_apart() {
    let story = whole_story();
    let folder = folder("strange");
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.join(name);
        fs::write(&path, bytes).expect("written");
        open(&story, &path)
    };
    let said = |result: Result<(journal::Durable, Mounted), Error>| match result {
        Ok((_, mounted)) => format!("{mounted:?}"),
        Err(error) => error.to_string(),
    };
    assert!(said(file("empty", b"")).contains("has 0 bytes, which is no journal's size"));
    assert!(said(file("short", &[0xff; 1000])).contains("no journal's size"));
    assert!(said(file("small", &[0xff; 8192])).contains("no journal's size"));
    assert_eq!(said(file("text", &[b'x'; 32_768])), "Invalid(NoMark)");
    assert_eq!(said(file("blank", &[0xff; 32_768])), "Fresh");
    let missing = open(&story, &folder.join("no/such/folder"));
    assert!(said(missing).contains("no/such/folder"));
    // Cut files: of every length the state is what it was, or nothing opens.
    let path = folder.join("whole");
    let (mut durable, _) = open(&story, &path).expect("opens");
    for moment in &story.moments[..20] {
        durable.apply(moment.now, &moment.command).expect("stored");
    }
    let engine = durable.engine().clone();
    drop(durable);
    let whole = fs::read(&path).expect("read");
    for length in (0..whole.len()).step_by(509) {
        match file("cut", &whole[..length]) {
            Ok((_, Mounted::Fresh)) => panic!("{length} bytes are taken for a blank journal"),
            Ok((durable, Mounted::Restored { .. })) => assert!(durable.engine() == &engine, "{length} bytes"),
            Ok(_) | Err(_) => {}
        }
    }
}
