//! Every scenario over the serial line of the replay image on QEMU's board: what it says is what is checked in, to the byte.

use std::fs;
use std::path::{Path, PathBuf};
use strongroom_board::feeder::Feeder;
use strongroom_board::image::image;
use strongroom_board::qemu::Qemu;
use strongroom_core::Digest;
use strongroom_core::wire::{Answer, Message, decode};
use strongroom_host::compile;
use strongroom_replay::{ENGINES, Fault, Feed};

fn scenarios(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            scenarios(&path, found);
        } else if name.ends_with(".jsonl") && !name.ends_with(".expected.jsonl") {
            found.push(path);
        }
    }
}

/// Runs one, and says where it differs.
fn run(feeder: &mut Feeder, scenario: &Path, kept: bool) -> Result<(), String> {
    let text = fs::read_to_string(scenario).unwrap();
    let frames = compile(&text, scenario.parent().unwrap()).map_err(|error| error.to_string())?;
    let said = feeder.replay(&frames, kept)?;
    let expected = fs::read_to_string(scenario.with_extension("expected.jsonl")).unwrap();
    if said == expected {
        return Ok(());
    }
    let line = 1 + said.lines().zip(expected.lines()).take_while(|(said, expected)| said == expected).count();
    let of = |text: &str| text.lines().nth(line - 1).unwrap_or("nothing").to_owned();
    Err(format!("line {line}: expected {}\nfound {}", of(&expected), of(&said)))
}

#[test]
fn every_scenario_ends_on_the_board_as_in_every_other_language() {
    let Some(image) = image("replay.sh") else { return };
    let mut feeder = Feeder::new(Qemu::new(&image, "replay"));
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../scenarios"));
    let mut all = Vec::new();
    scenarios(root, &mut all);
    all.sort();
    assert!(all.len() >= 165, "{} scenarios", all.len());
    let go = |feeder: &mut Feeder, scenario: &Path, kept| {
        run(feeder, scenario, kept).unwrap_or_else(|error| panic!("{}: {error}", scenario.display()));
    };
    for scenario in &all {
        go(&mut feeder, scenario, false);
    }
    println!("the board: {} of {} scenarios, {} commands, as in every other language", all.len(), all.len(), feeder.commands);

    // What begins in the middle of a frame is asked for again, and what comes twice is done once.
    let before = feeder.broken;
    feeder.board().send(&[7; 40]);
    feeder.copies = 2;
    go(&mut feeder, &root.join("account/opening-and-closing.jsonl"), false);
    assert_eq!(feeder.broken, before + 1);
    feeder.copies = 1;

    // Kept by the journal in the EEPROM, which erases the tenant's area on the way, and read back from there at the end.
    go(&mut feeder, &root.join("account/opening-and-closing.jsonl"), true);
}

#[test]
fn what_cannot_be_done_is_said_and_nothing_is_done() {
    let Some(image) = image("replay.sh") else { return };
    let mut feeder = Feeder::new(Qemu::new(&image, "replay-faults"));
    let text = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../scenarios/lease.jsonl")).unwrap();
    let frames = compile(&text, Path::new(".")).unwrap();
    let mut frames = frames.split(|byte| *byte == 0).map(|frame| decode::<Answer>(frame).unwrap());
    let (Message::Start { name, device, policy, .. }, command) = (frames.next().unwrap(), frames.next().unwrap()) else {
        panic!("a start comes first")
    };
    let start = |engine, policy| Feed::Message(Message::Start { engine, name, device, policy, invalid: None, ticks: true });
    let mut ask = |feed| feeder.ask(feed).map(|said| said.len());
    let not = |fault: Fault| Err(format!("{fault:?}"));
    assert_eq!(ask(Feed::Message(command.clone())), not(Fault::NotBegun));
    assert_eq!(ask(start(0, Digest([1; 32]))), not(Fault::Policy));
    for engine in 0..ENGINES as u8 {
        assert_eq!(ask(start(engine, policy)), Ok(0));
    }
    assert_eq!(ask(start(0, policy)), not(Fault::Begun));
    assert_eq!(ask(start(9, policy)), not(Fault::NoPlace));
    let empty = ask(Feed::End(0));
    assert_eq!(ask(Feed::End(9)), not(Fault::NotBegun));
    assert_eq!(ask(Feed::Message(command)).map(|frames| frames > 0), Ok(true));
    assert_eq!(ask(Feed::Clear { kept: false }), Ok(0));
    assert_eq!(ask(Feed::End(0)), not(Fault::NotBegun));
    assert_eq!(empty, Ok(3));
}
