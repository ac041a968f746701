//! Searches every part of the space in turn: `strongroom-search quick`, or `strongroom-search TRANSITIONS` for as many in each.

use std::process::ExitCode;
use std::time::Duration;
use strongroom_search::run::Bound;
use strongroom_search::{report, worlds};

/// Of each part, so that no run is forgotten for days.
const LONGEST: Duration = Duration::from_secs(4 * 3_600);

fn main() -> ExitCode {
    let word = std::env::args().nth(1).unwrap_or_default();
    let bound = match word.parse() {
        Ok(transitions) => Some(Bound { depth: usize::MAX, transitions, time: LONGEST }),
        Err(_) if word == "quick" => None,
        Err(_) => {
            eprintln!("strongroom-search: \"{word}\" is neither \"quick\" nor a number of transitions; say one of them");
            return ExitCode::from(2);
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    if report::all(worlds::all(), bound, threads) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
