//! Every scenario over the serial line of the replay image on QEMU's board: what it says is what is checked in, to the byte.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;
use strongroom_board::feeder::Feeder;
use strongroom_board::image::{folder, image};
use strongroom_board::qemu::Qemu;
use strongroom_host::compile;
use strongroom_replay::{ENGINES, Feed, Said};
use strongroom_simulator::Device;

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
    let folder = folder("replay");
    let mut feeder = Feeder::new(Qemu::new(&image, &folder, Device::new(&[])));
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../scenarios"));
    let mut all = Vec::new();
    scenarios(root, &mut all);
    all.sort();
    assert!(all.len() >= 165, "{} scenarios", all.len());
    let start = Instant::now();
    for scenario in &all {
        if let Err(error) = run(&mut feeder, scenario, false) {
            panic!("{}: {error}", scenario.display());
        }
    }
    println!("the board: {} of {} scenarios, {} commands, as in every other language", all.len(), all.len(), feeder.commands);
    println!("{:?}, {} frames asked for again", start.elapsed(), feeder.broken);

    // The story of a lease once more, kept by the journal in the EEPROM and read back from it.
    run(&mut feeder, &root.join("lease.jsonl"), true).unwrap();
    println!("{:?} with the journal", start.elapsed());
    fs::remove_dir_all(&folder).unwrap();
}
