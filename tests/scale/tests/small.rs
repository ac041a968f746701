//! What `make scale` does in minutes, with so little that a test has time for it.

use std::num::NonZeroUsize;
use std::process::Command;
use strongroom_scale::engines::{Fleet, alone, stories};

const PROGRAM: &str = env!("CARGO_BIN_EXE_strongroom-scale");

fn said(arguments: &[&str]) -> (bool, String) {
    let output = Command::new(PROGRAM).args(arguments).output().expect("it runs");
    (output.status.success(), String::from_utf8(output.stdout).expect("text") + &String::from_utf8_lossy(&output.stderr))
}

#[test]
fn a_log_is_made_verified_told_of_and_removed() {
    let folder = std::env::temp_dir().join(format!("strongroom-scale-test-{}", std::process::id()));
    let (done, text) = said(&["log", folder.to_str().expect("text"), "20000"]);
    assert!(done, "{text}");
    assert!(text.contains("| 20 000 records | its 39 999 leaf and node messages with sha2, one after another |"), "{text}");
    assert!(text.contains("| 20 000 records | verified on 1 thread |"), "{text}");
    assert_eq!(std::fs::read_dir(&folder).expect("the folder").count(), 0, "the log is gone");
    std::fs::remove_dir(&folder).expect("it is empty");
}

#[test]
fn a_log_that_was_written_verifies_and_one_that_was_changed_does_not() {
    let folder = std::env::temp_dir().join(format!("strongroom-scale-kept-{}", std::process::id()));
    let path = folder.to_str().expect("text");
    assert_eq!(said(&["write", "9000", path]), (true, String::new()));
    let (done, text) = said(&["write", "9000", path]);
    assert!(!done && text.contains("is not empty"), "{text}");
    let (done, text) = said(&["verify", path, "3"]);
    assert!(done && text.starts_with("9000 "), "{text}");
    let file = folder.join("tile/entries/020");
    let mut bytes = std::fs::read(&file).expect("a bundle");
    bytes[1000] ^= 1;
    std::fs::write(&file, bytes).expect("it is written");
    let (done, text) = said(&["verify", path, "3"]);
    assert!(!done && text.contains("record 5128 is not the one that was written"), "{text}");
    std::fs::remove_dir_all(folder).expect("it is removed");
}

#[test]
fn engines_that_are_fed_in_turns_end_as_they_do_alone() {
    let stories = stories().expect("the scenarios");
    let mut fleet = Fleet::new(200, &stories).expect("stories");
    let one = fleet.feed(NonZeroUsize::MIN);
    assert_eq!(fleet.differing(&stories).expect("stories"), None);
    assert!(one.commands > 200 * 30 && one.accepted > one.commands / 3, "{one:?}");
    let three = fleet.feed(NonZeroUsize::new(3).expect("three"));
    assert_eq!((three.commands, three.accepted), (one.commands, one.accepted));
    assert_eq!(fleet.differing(&stories).expect("stories"), None);
    // And not because all end alike.
    let mut ends: Vec<_> = (0..200).map(|number| alone(number, &stories).expect("stories")).collect();
    ends.sort_unstable();
    ends.dedup();
    assert_eq!(ends.len(), 200);
}

#[test]
fn what_nobody_can_do_is_told() {
    for (arguments, why) in [
        (&["log"][..], "usage"),
        (&["engines", "1", "2"], "usage"),
        (&["write", "99999999", "nowhere"], "at most 16777215 records"),
        (&["verify", "nowhere", "0"], "is no number that fits here"),
        (&["verify", "nowhere", "2"], "nowhere"),
    ] {
        let (done, text) = said(arguments);
        assert!(!done && text.contains(why), "{arguments:?}: {text}");
    }
}
