//! Strongroom beside its peers: `make bench`.
//!
//! Prints a line of JSON for each row; what goes on is on standard error. `--smoke` does very little. Groups may be named, else
//! all of them run. Before anything of a group is timed, its contestants give the same answers, or it ends there.

mod callgrind;
mod chart;
mod decision;
mod engine;
mod log;
mod measure;
mod random;
mod record;

use callgrind::COUNT;
use measure::{Contestant, Kind, Outcome, Scale, Times};
use serde::Serialize;
use std::process::ExitCode;

/// Makes the contestants of a group, once they agree.
type Contest = fn(Scale) -> Outcome<Vec<Contestant<'static>>>;

const GROUPS: [(&str, Contest); 4] =
    [("decision", decision::contest), ("chart", chart::contest), ("record", record::contest), ("log", log::contest)];

/// A line of what is printed.
#[derive(Serialize)]
struct Row<'a> {
    group: &'a str,
    row: &'a str,
    kind: Kind,
    #[serde(skip_serializing_if = "Option::is_none")]
    beside: Option<&'a str>,
    unit: &'a str,
    median: f64,
    min: f64,
    max: f64,
    repetitions: usize,
    instructions: Option<f64>,
    /// Of those, outside SHA-256's compression.
    #[serde(skip_serializing_if = "Option::is_none")]
    instructions_beside_hashing: Option<f64>,
    note: &'a str,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let told = match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [COUNT, group, row] => counted(group, row),
        ["--smoke", groups @ ..] => run(groups, Scale::Smoke),
        groups => run(groups, Scale::Full),
    };
    match told {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(names: &[&str], scale: Scale) -> Outcome<()> {
    if let Some(unknown) = names.iter().find(|name| !GROUPS.iter().any(|(group, _)| group == *name)) {
        let known = GROUPS.map(|(group, _)| group).join(", ");
        return Err(format!("there is no group {unknown:?}; there are {known}").into());
    }
    let counts = scale == Scale::Full && callgrind::is_there();
    for (group, contest) in GROUPS.iter().filter(|(group, _)| names.is_empty() || names.contains(group)) {
        eprintln!("{group}: the same answers first");
        let mut contestants = contest(scale)?;
        let repetitions = scale.repetitions();
        let times = measure::time(&mut contestants, repetitions, &mut |repetition| {
            if scale == Scale::Full {
                eprint!("\r{group}: repetition {} of {repetitions}", repetition + 1);
            }
        })?;
        if scale == Scale::Full {
            eprintln!();
        }
        for (place, (contestant, times)) in contestants.iter().zip(&times).enumerate() {
            let instructions = if counts { Some(callgrind::count(group, place)?) } else { None };
            print(group, contestant, *times, repetitions, instructions)?;
        }
    }
    Ok(())
}

fn print(
    group: &str,
    contestant: &Contestant<'_>,
    times: Times,
    repetitions: usize,
    instructions: Option<(f64, f64)>,
) -> Outcome<()> {
    let Times { median, min, max } = times;
    let (instructions, beside_hashing) = instructions.unzip();
    let row = Row {
        group,
        row: contestant.name,
        kind: contestant.kind,
        beside: contestant.beside,
        unit: "ns",
        median,
        min,
        max,
        repetitions,
        instructions,
        instructions_beside_hashing: beside_hashing.filter(|beside| Some(*beside) != instructions),
        note: &contestant.note,
    };
    println!("{}", serde_json::to_string(&row)?);
    Ok(())
}

/// Does one row's work, where callgrind counts; says over how many operations.
fn counted(group: &str, row: &str) -> Outcome<()> {
    let (_, contest) = GROUPS.iter().find(|(name, _)| *name == group).ok_or("there is no such group")?;
    let mut contestants = contest(Scale::Count)?;
    let contestant = contestants.get_mut(row.parse::<usize>()?).ok_or("there is no such row")?;
    let operations = contestant.share;
    callgrind::strongroom_counted(&mut contestant.run, 0..operations);
    println!("{operations}");
    Ok(())
}
