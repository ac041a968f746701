//! The whole: a fleet fed on one thread and on more, its ends compared, and a table.

use super::{Fleet, stories};
use crate::log::Error;
use crate::memory;
use crate::number::{grouped, mebibytes};
use std::num::NonZeroUsize;
use strongroom_core::Engine;

/// What is to be done.
#[derive(Debug, Clone)]
pub struct Plan {
    /// How many engines.
    pub engines: usize,
    /// The numbers of threads that they are fed on.
    pub threads: Vec<NonZeroUsize>,
    /// How often; the run that was least disturbed counts.
    pub runs: u32,
}

/// Feeds the engines and prints a table.
///
/// # Errors
///
/// A scenario cannot be read, or an engine ended otherwise than alone.
pub fn run(plan: &Plan) -> Result<(), Error> {
    let stories = stories()?;
    let before = memory::resident();
    let mut fleet = Fleet::new(plan.engines, &stories)?;
    let grown = memory::resident().zip(before).map(|(now, before)| now.saturating_sub(before));
    let mut best: Vec<Option<super::fed::Round>> = vec![None; plan.threads.len()];
    for _ in 0..plan.runs.max(1) {
        for (best, threads) in best.iter_mut().zip(&plan.threads) {
            let round = fleet.feed(*threads);
            if let Some(number) = fleet.differing(&stories)? {
                return Err(format!("engine {number} did not end on {threads} threads as it does alone").into());
            }
            *best = Some(best.filter(|best| best.time <= round.time).unwrap_or(round));
        }
    }
    let count = plan.engines as u64;
    let each = grown.map_or_else(|| "–".to_owned(), |kibibytes| format!("{} bytes", grouped(kibibytes * 1024 / count.max(1))));
    println!("| {} engines | |", grouped(count));
    println!("|---|--:|");
    println!("| size of an engine | {} bytes |", grouped(size_of::<Engine>() as u64));
    println!("| memory that each takes, with its device and its place in its story | {each} |");
    println!("| all of them | {} |", mebibytes(grown));
    let rounds: Vec<_> = best.into_iter().flatten().zip(&plan.threads).collect();
    let first = rounds.first().map(|(round, _)| round.time);
    for (round, threads) in &rounds {
        let seconds = round.time.as_secs_f64();
        let rate = grouped((round.commands as f64 / seconds) as u64);
        let ratio = first.map_or(1.0, |first| first.as_secs_f64() / seconds);
        let threads = if threads.get() == 1 { "1 thread".to_owned() } else { format!("{threads} threads") };
        println!("| commands a second, in turns, on {threads} | {rate} (×{ratio:.2}) |");
    }
    if let Some((round, _)) = rounds.first() {
        println!("| commands fed in a round | {}, {} of them accepted |", grouped(round.commands), grouped(round.accepted));
        println!("| engines that ended otherwise than alone | 0 of {} |", grouped(count));
    }
    Ok(())
}
