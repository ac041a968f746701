//! Writes the mutants of a list into the sources, each behind `crate::mutant::on(number)`, so that they are built once.
//!
//! `strongroom-mutants ROOT LIST CONSTANT < drop`: ROOT is a copy of the workspace, which is changed; LIST has a line
//! `number file genre line column replacement` each, with tabs; CONSTANT names functions that stay `const`, a line each,
//! as `function` or `Type::function`. On standard output, with tabs: `in number file begin end`, bytes of the new file; `out number why`.

mod edits;
mod places;
mod weave;

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::Path;
use std::{env, fs};

/// A mutant of the list.
#[derive(Clone, Debug)]
pub struct Mutant {
    /// Its number, by which a run switches it on.
    pub number: u32,
    /// What stands there instead.
    pub replacement: String,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().collect();
    let [_, root, list, constant] = arguments.as_slice() else {
        return Err("usage: strongroom-mutants ROOT LIST CONSTANT".into());
    };
    let constant: BTreeSet<String> = fs::read_to_string(constant)?.lines().map(str::to_owned).collect();
    let mut files: BTreeMap<String, places::Wanted> = BTreeMap::new();
    for line in fs::read_to_string(list)?.lines() {
        let [number, file, genre, row, column, replacement] = line.splitn(6, '\t').collect::<Vec<_>>()[..] else {
            return Err(format!("{list}: not six columns: {line}").into());
        };
        let place = (genre.to_owned(), row.parse()?, column.parse()?);
        let mutant = Mutant { number: number.parse()?, replacement: replacement.to_owned() };
        files.entry(file.to_owned()).or_default().entry(place).or_default().push(mutant);
    }
    for (file, wanted) in files {
        let path = Path::new(root).join(&file);
        let source = fs::read_to_string(&path)?;
        let woven = weave::weave(&source, wanted, &constant)?;
        fs::write(&path, woven.text)?;
        for (number, range) in woven.regions {
            println!("in\t{number}\t{file}\t{}\t{}", range.start, range.end);
        }
        for (number, why) in woven.left_out {
            println!("out\t{number}\t{why}");
        }
    }
    Ok(())
}
