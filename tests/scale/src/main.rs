//! `strongroom-scale log FOLDER [RECORDS...]`, `engines [COUNT]`, `write RECORDS FOLDER`, `verify FOLDER [THREADS]`.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use strongroom_scale::log::Error;
use strongroom_scale::{engines, log};

const USAGE: &str = "usage: strongroom-scale COMMAND

  log FOLDER [RECORDS...]   makes a log of so many records (1000000 and 10000000) in FOLDER, verifies it on 1 to all cores, prints
                            a table, and removes it
  engines [COUNT]           feeds so many engines (10000) in one process on 1 to all cores, and prints a table
  write RECORDS FOLDER      writes a log of so many records into FOLDER, which stays; some 155 bytes a record
  verify FOLDER [THREADS]   verifies such a log, and prints its records, nanoseconds, and KiB of memory at the most";

/// Runs of which the one that was least disturbed counts.
const RUNS: u32 = 3;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match run(&arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => {
            eprintln!("{USAGE}");
            ExitCode::from(2)
        }
        Err(error) => {
            eprintln!("strongroom-scale: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Does what is asked; `false` where nobody can know what that is.
fn run(arguments: &[&str]) -> Result<bool, Error> {
    match arguments {
        ["log", folder, lengths @ ..] => {
            let lengths = lengths.iter().copied().map(number::<u32>).collect::<Result<Vec<_>, _>>()?;
            let lengths = if lengths.is_empty() { vec![1_000_000, 10_000_000] } else { lengths };
            log::run(&log::Plan { folder: PathBuf::from(folder), lengths, threads: doubling(), runs: RUNS })?;
        }
        ["engines", count @ ..] if count.len() < 2 => {
            let engines = count.first().map_or(Ok(10_000), |count| number(count))?;
            engines::run(&engines::Plan { engines, threads: doubling(), runs: RUNS })?;
        }
        ["write", records, folder] => log::make(Path::new(folder), number(records)?)?,
        ["verify", folder, threads @ ..] if threads.len() < 2 => {
            let threads = threads.first().map_or_else(|| Ok(cores()), |threads| number(threads))?;
            println!("{}", log::verify(Path::new(folder), threads)?.told());
        }
        _ => return Ok(false),
    }
    Ok(true)
}

fn number<T: std::str::FromStr>(text: &str) -> Result<T, Error> {
    text.parse().map_err(|_| format!("{text:?} is no number that fits here").into())
}

fn cores() -> NonZeroUsize {
    std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)
}

/// 1, 2, 4 … and all cores.
fn doubling() -> Vec<NonZeroUsize> {
    let all = cores();
    let mut threads: Vec<NonZeroUsize> = std::iter::successors(Some(NonZeroUsize::MIN), |last| last.checked_add(last.get()))
        .take_while(|threads| *threads < all)
        .collect();
    threads.push(all);
    threads
}
