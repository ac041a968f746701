//! The checked-in scenarios.
#![allow(dead_code, unreachable_pub, reason = "each test file uses a part of it")]

use std::path::{Path, PathBuf};

/// A scenario with its expected result.
pub struct Scenario {
    /// Its path below the folder of scenarios, without its ending.
    pub name: String,
    /// Where it lies; its transcripts are looked up from there.
    pub folder: PathBuf,
    pub text: String,
    pub expected: String,
}

pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/scenarios")
}

/// Every scenario in the folder and those below it, by name.
pub fn scenarios() -> Vec<Scenario> {
    let mut found = Vec::new();
    let mut folders = vec![folder()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let file = path.file_name().expect("a name").to_string_lossy();
            if path.is_dir() {
                folders.push(path);
            } else if file.ends_with(".jsonl") && !file.ends_with(".expected.jsonl") {
                let below = path.strip_prefix(self::folder()).expect("below it").with_extension("");
                let expected = path.with_extension("expected.jsonl");
                found.push(Scenario {
                    name: below.to_string_lossy().into_owned(),
                    folder: folder.clone(),
                    text: std::fs::read_to_string(&path).expect("a text"),
                    expected: std::fs::read_to_string(&expected)
                        .unwrap_or_else(|_| panic!("{} is missing; run: make expected", expected.display())),
                });
            }
        }
    }
    found.sort_by(|one, other| one.name.cmp(&other.name));
    found
}
