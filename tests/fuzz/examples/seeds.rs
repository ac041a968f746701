//! Writes the inputs that fuzzing begins with: `seeds FOLDER` makes a folder in it for each target.

use std::path::Path;
use std::{env, fs, io};
use strongroom_fuzz::{Seeds, commands, console, guard, journal, log, record, wire};

type Target = (&'static str, fn() -> Seeds);

const TARGETS: [Target; 7] = [
    ("commands", commands::seeds),
    ("console", console::seeds),
    ("guard", guard::seeds),
    ("journal", journal::seeds),
    ("log", log::seeds),
    ("record", record::seeds),
    ("wire", wire::seeds),
];

fn main() -> io::Result<()> {
    let folder = env::args_os().nth(1).ok_or_else(|| io::Error::other("usage: seeds FOLDER"))?;
    for (target, seeds) in TARGETS {
        let folder = Path::new(&folder).join(target);
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
        for (number, seed) in seeds().into_iter().enumerate() {
            fs::write(folder.join(format!("{number:03}")), seed)?;
        }
    }
    Ok(())
}
