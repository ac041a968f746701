//! Searches every world in turn: `strongroom-search [quick]`.

use std::process::ExitCode;
use std::time::Duration;
use strongroom_search::run::Bound;
use strongroom_search::{report, worlds};

/// Of each part; the memory that it takes is about 5 KiB for each state that waits.
const FULL: Bound = Bound { depth: usize::MAX, transitions: 4_000_000, time: Duration::from_secs(3_600) };

fn main() -> ExitCode {
    let quick = std::env::args().nth(1).is_some_and(|word| word == "quick");
    let bound = (!quick).then_some(FULL);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    if report::all(worlds::all(), bound, threads) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
