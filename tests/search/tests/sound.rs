//! Engines with equal projections decide alike, and stay equal.

#![allow(clippy::expect_used, reason = "a test fails by a panic")]

use stateright::Model;
use std::collections::{HashMap, HashSet};
use strongroom_core::{Step, Time, Verb};
use strongroom_search::Core;
use strongroom_search::menu::menu;
use strongroom_search::projection::Projection;
use strongroom_search::world::{At, Node, World};
use strongroom_search::worlds;

/// Steps of each random walk.
const STEPS: usize = 60;
/// Pairs that are compared in each world.
const PAIRS: usize = 40;

/// A small generator of its own, so that every run is the same.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(limit.max(1)).expect("fits")).expect("fits")
    }
}

/// Where a random step leads; most steps go on, and some let time pass.
fn next(world: &World, node: &Node, dice: &mut Dice) -> Node {
    let mut actions = Vec::new();
    world.actions(node, &mut actions);
    for _ in 0..200 {
        let action = if dice.below(20) == 0 { actions[0] } else { actions[dice.below(actions.len())] };
        if let Some(next) = world.next_state(node, action) {
            return next;
        }
    }
    world.next_state(node, actions[0]).expect("time passes")
}

/// What everybody would be answered, at each time, and where it would lead.
fn answers(core: &Core) -> Vec<(bool, u16, Projection)> {
    let now = core.state().base.clock.last_good;
    let times = [Some(now), Some(now.after(strongroom_core::Seconds(1))), None];
    let commands = menu(core, Verb::ALL);
    let judged = times.iter().flat_map(|at: &Option<Time>| commands.iter().map(|command| (*at, *command)));
    judged
        .map(|(at, command)| {
            let step: Step = core.decide(at, &command);
            let mut after = core.clone();
            after.commit(&step);
            (step.is_accepted(), step.rule().code(), Projection::of(&after))
        })
        .collect()
}

#[test]
fn engines_with_equal_projections_decide_alike_and_stay_equal() {
    let mut pairs = 0;
    for world in worlds::all() {
        let mut dice = Dice(0x5eed_0000_0000_0001);
        let mut known: HashMap<Projection, Box<Core>> = HashMap::new();
        let mut done = HashSet::new();
        let mut compared = 0;
        for walk in 0..400 {
            let starts = world.init_states();
            let mut node = starts[walk % starts.len()].clone();
            for _ in 0..STEPS {
                node = next(&world, &node, &mut dice);
                let projection = Projection::of(&node.core);
                match known.get(&projection) {
                    Some(other) if **other != *node.core && done.insert(projection.clone()) => {
                        let (mine, theirs) = (answers(&node.core), answers(other));
                        assert_eq!(mine.len(), theirs.len(), "{}", world.name);
                        for (number, (mine, theirs)) in mine.iter().zip(&theirs).enumerate() {
                            assert_eq!(mine, theirs, "{}, answer {number}", world.name);
                        }
                        compared += 1;
                    }
                    Some(_) => {}
                    None => {
                        known.insert(projection, node.core.clone());
                    }
                }
                if compared >= PAIRS {
                    break;
                }
            }
            if compared >= PAIRS {
                break;
            }
        }
        println!("{}: {compared} pairs, {} projections", world.name, known.len());
        pairs += compared;
        assert!(compared > 0, "{}: no pair was found", world.name);
    }
    println!("{pairs} pairs compared");
}

#[test]
fn an_engine_that_may_decide_otherwise_has_another_projection() {
    let world = worlds::all().remove(2);
    let start = world.init_states().remove(2);
    let later = |node: &Node| {
        let mut actions = Vec::new();
        world.actions(node, &mut actions);
        assert_eq!(actions[0].0, At::Next);
        world.next_state(node, actions[0]).expect("time passes")
    };
    let mut nodes = vec![start];
    for _ in 0..3 {
        nodes.push(later(nodes.last().expect("one")));
    }
    // A grant of two seconds: two left, one left, over.
    let views: Vec<_> = nodes.iter().map(|node| Projection::of(&node.core)).collect();
    assert_ne!(views[0], views[1]);
    assert_ne!(views[1], views[2]);
}
