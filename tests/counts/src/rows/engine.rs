//! Decisions, and what they change.

use crate::common::{Bench, person};
use crate::row;
use std::hint::black_box;
use strongroom_core::lockbox::jit;
use strongroom_core::{AccessTerms, Action, Command, Digest, Engine, Permission, Policy, Principal, Role, Scope, Subject, Time};

/// Engines that are asked once each, so that all of them stand where they stood.
const ENGINES: usize = 100;

/// Questions that change nothing.
const QUESTIONS: usize = 4096;

pub(crate) fn all() {
    jit_decision();

    let mut bench = Bench::new().operational();
    let number = bench.asked(Subject::VmLinux);
    bench.drain();
    let now = Some(Time::from_unix(bench.now + 1));
    let approve =
        Command::new(person(Role::Approver, 3), Action::Approve { request: number, duration: None, reason: Digest::NONE });
    decide_and_commit("decide and commit, approve", &bench.engine, now, &approve);

    bench.approve(number);
    bench.drain();
    let now = Some(Time::from_unix(bench.now + 1));
    let uses = |by: Principal| Command::new(by, Action::UseAccess { request: number });
    let (erik, eva) = (person(Role::Engineer, 1), person(Role::Engineer, 2));
    decide("decide, accepted", &bench.engine, now, &uses(erik), true);
    decide("decide, refused", &bench.engine, now, &uses(eva), false);
    decide_and_commit("decide and commit, use_access", &bench.engine, now, &uses(erik));

    let (state, at) = (bench.engine.state(), Time::from_unix(bench.now + 1));
    assert!(state.access(at, erik.id, Subject::VmLinux).is_some(), "there is a grant");
    row("access", QUESTIONS, || {
        for _ in 0..QUESTIONS {
            black_box(black_box(state).access(black_box(at), black_box(erik.id), black_box(Subject::VmLinux)));
        }
    });
}

/// Every request that the rule tells apart, as often as every other.
fn jit_decision() {
    let terms: Vec<AccessTerms> = (0..QUESTIONS)
        .map(|number| AccessTerms {
            subject: Subject::Device,
            scope: Scope::ALL[number % 4],
            permission: Permission::ALL[number / 4 % 4],
            isolated_identity: number / 16 % 2 == 1,
            multi_factor: number / 32 % 2 == 1,
            standard_tools_failed: true,
            customer_data: true,
            duration: None,
            justification: Digest::NONE,
        })
        .collect();
    row("JIT decision", QUESTIONS, || {
        for terms in &terms {
            black_box(jit::evaluate(black_box(&Policy::AZURE.jit), black_box(terms)));
        }
    });
}

fn decide(name: &str, engine: &Engine, now: Option<Time>, command: &Command, accepted: bool) {
    assert_eq!(engine.decide(now, command).is_accepted(), accepted, "{name}");
    row(name, QUESTIONS, || {
        for _ in 0..QUESTIONS {
            black_box(black_box(engine).decide(black_box(now), black_box(command)));
        }
    });
}

fn decide_and_commit(name: &str, engine: &Engine, now: Option<Time>, command: &Command) {
    let mut engines = vec![engine.clone(); ENGINES];
    row(name, ENGINES, || {
        for engine in &mut engines {
            let step = engine.decide(black_box(now), black_box(command));
            black_box(engine.commit(&step));
        }
    });
    assert!(engines.iter().all(|after| after.log() != engine.log()), "{name} is recorded");
}
