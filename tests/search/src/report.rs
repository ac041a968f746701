//! All searches in turn, and what they met together.

use crate::run::{Bound, search};
use crate::world::{Coverage, World};
use std::time::Duration;
use strongroom_core::rule::Kind;

/// Searches all of them, as far as each says itself where no bound is given; says whether everything held and everything was
/// met that can be.
#[must_use]
pub fn all(worlds: Vec<World>, bound: Option<Bound>, threads: usize) -> bool {
    let together = Coverage::default();
    let mut held = true;
    for world in worlds {
        let quick = Bound { depth: world.quick, transitions: usize::MAX, time: Duration::from_secs(600) };
        let bound = bound.unwrap_or(quick);
        let outcome = search(world, bound, threads);
        together.add(&outcome.coverage);
        for broken in outcome.broken {
            held = false;
            println!("{broken}");
        }
    }
    let states = together.missing_states();
    let rules = together.missing_rules(Kind::Refuses);
    println!("states not reached: {}", list(&states));
    println!("refusing rules not met: {}", list(&rules));
    println!("granting rules not met: {}", list(&together.missing_rules(Kind::Grants)));
    held && states.is_empty() && rules.is_empty()
}

fn list(names: &[&str]) -> String {
    if names.is_empty() { "none".to_owned() } else { names.join(" ") }
}
