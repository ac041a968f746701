//! Random sequences of commands, judged by both.

mod common;

use common::menu::Throw;
use common::*;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use std::cell::RefCell;
use strongroom_core::*;

/// Sequences; `STRONGROOM_MODEL_CASES` asks for more.
const CASES: u32 = 300;

fn throw() -> impl Strategy<Value = Throw> {
    (any::<u8>(), any::<u16>(), any::<u16>(), any::<u8>(), any::<u8>()).prop_map(|(how, what, which, who, when)| Throw {
        how,
        what,
        which,
        who,
        when,
    })
}

/// Plays a sequence from `start` on.
fn play(start: &Pair, throws: &[Throw], met: &mut Coverage) -> Result<(), String> {
    let mut pair = start.clone();
    for throw in throws {
        let now = throw.time(&pair);
        if let Some(now) = now.filter(|_| throw.ticks()) {
            pair.tick(now, met)?;
        }
        let command = throw.command(&pair);
        let health = pair.model.health();
        let reply = pair.step(now, &command, met)?;
        pair.now = pair.model.last_good;
        if command.action.verb() == Verb::Tick {
            // Which of several effects due at one moment went first is not the model's matter.
            pair.tick(pair.now, met)?;
        }
        pair.compare_duties().map_err(|why| {
            let to = (pair.model.main.name(), reply.rule.name(), health, pair.model.health());
            format!("{to:?} {command:?} at {now:?}: {why}")
        })?;
    }
    Ok(())
}

#[test]
fn random_sequences_come_to_the_same_in_core_and_model() {
    let starts = [
        Main::InTransit,
        Main::PoolFree,
        Main::OwnedUninit,
        Main::Operational,
        Main::Operational,
        Main::Failed,
        Main::Zeroized,
        Main::PoolConfig,
        Main::TenantUnclaimed,
        Main::TamperLatched,
        Main::Invalid,
    ];
    let mut ready = Vec::new();
    for deployment in [Deployment::Firmware, Deployment::Board] {
        for policy in Policy::PRESETS {
            ready.extend(starts.map(|state| Pair::led_to(deployment, policy, state)));
            let mut granted = Pair::led_to(deployment, policy, Main::Operational);
            granted.approved(ways::terms(Subject::Device));
            ready.push(granted);
        }
    }
    let cases = std::env::var("STRONGROOM_MODEL_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(CASES);
    let seed = std::env::var("STRONGROOM_MODEL_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(0_u8);
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 20_000, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]));
    let met = RefCell::new(Coverage::default());
    let strategy = (0..ready.len(), proptest::collection::vec(throw(), 20..120));
    let result = runner.run(&strategy, |(start, throws)| {
        let mut here = Coverage::default();
        let played = play(&ready[start], &throws, &mut here);
        met.borrow_mut().add(&here);
        played.map_err(TestCaseError::fail)
    });
    if let Err(TestError::Fail(why, (start, throws))) = result {
        panic!("{} steps from {} under {}\n{why}", throws.len(), ready[start].model.main.name(), ready[start].model.policy.name);
    }
    let met = met.into_inner();
    println!("{} commands compared; rules not met: {}", met.compared, met.unmet().join(" "));
    assert_eq!(met.mains.len(), Main::ALL.len());
    assert_eq!(met.statuses.len(), Status::ALL.len());
}
