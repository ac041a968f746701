//! Runs one search, and says what it saw.

use crate::world::{Coverage, World};
use stateright::{Checker, HasDiscoveries, Model};
use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::time::{Duration, Instant};

/// How far a search goes.
#[derive(Debug, Clone, Copy)]
pub struct Bound {
    /// Steps from the start, at most.
    pub depth: usize,
    /// Transitions, at most, about.
    pub transitions: usize,
    /// How long, at most.
    pub time: Duration,
}

/// What a search came to.
#[derive(Debug)]
pub struct Outcome {
    /// What was broken, each with the way there; nothing where all held.
    pub broken: Vec<String>,
    /// Whether no state was left out: the bound was not met.
    pub complete: bool,
    /// Different states.
    pub unique: usize,
    /// What was met.
    pub coverage: Arc<Coverage>,
}

/// Between two lines that say how far the search has come.
const TELL_EVERY: Duration = Duration::from_secs(5);

/// Searches `world` within `bound`, on `threads`, and prints what it saw.
#[must_use]
pub fn search(world: World, bound: Bound, threads: usize) -> Outcome {
    let (name, coverage) = (world.name, Arc::clone(&world.coverage));
    let (begun, mut told) = (Instant::now(), Instant::now());
    let builder = world.checker().threads(threads).target_max_depth(bound.depth).timeout(bound.time);
    let builder = builder.target_state_count(bound.transitions).finish_when(HasDiscoveries::AnyFailures);
    let mut checker = builder.spawn_bfs();
    let handles = checker.handles();
    while handles.iter().any(|handle| !handle.is_finished()) {
        std::thread::sleep(Duration::from_millis(20));
        if told.elapsed() >= TELL_EVERY {
            told = Instant::now();
            let (unique, depth) = (checker.unique_state_count(), checker.max_depth());
            println!("  … {name}: {unique} states, depth {depth}, {:.0?}, {} MiB", begun.elapsed(), resident());
        }
    }
    let failed = handles.into_iter().map(std::thread::JoinHandle::join).filter(Result::is_err).count();
    let (unique, depth, transitions) = (checker.unique_state_count(), checker.max_depth(), checker.state_count());
    let mut broken: Vec<String> = checker.discoveries().into_iter().map(|(what, path)| way(what, path.into_vec())).collect();
    if failed > 0 {
        broken.push(format!("{failed} threads of the search panicked"));
    }
    let complete = broken.is_empty() && depth < bound.depth && transitions < bound.transitions && begun.elapsed() < bound.time;
    println!(
        "{name}: {unique} states ({}), {transitions} transitions followed, {} steps judged, {} carried out, depth {depth}, {:.1?}, {} MiB",
        if complete { "all there are" } else { "within the bound" },
        coverage.judged.load(Relaxed),
        coverage.carried_out.load(Relaxed),
        begun.elapsed(),
        resident(),
    );
    Outcome { broken, complete, unique, coverage }
}

/// The steps to where a property is broken, one a line.
fn way(what: &str, path: Vec<(crate::world::Node, Option<(crate::world::At, strongroom_core::Command)>)>) -> String {
    let mut text = format!("broken: {what}");
    for (node, step) in path {
        let _ = write!(text, "\n  {node:?}");
        if let Some((at, command)) = step {
            let second =
                command.second.map_or_else(String::new, |second| format!(" with {:?} {:02x}", second.role, second.id.0[0]));
            let _ = write!(text, "\n    {at:?}, {:?} {:02x}{second}: {:?}", command.by.role, command.by.id.0[0], command.action);
        }
    }
    text
}

/// Memory of this process in MiB, where the system says.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or_default() / 1024
}
