//! What a technician is told: every rule that decides a line of theirs has its words.

#![allow(clippy::expect_used, clippy::arithmetic_side_effects, reason = "a test fails by a panic")]

mod common;

use common::*;
use strongroom_core::reading::TamperClass;
use strongroom_core::*;

/// Every rule that was consulted must have its words.
struct InWords;

impl Trace for InWords {
    fn consulted(&mut self, rule: Rule, _: bool) {
        assert_eq!(console::why(rule), Some(rule.text()), "{}", rule.name());
    }
}

/// Tries everything that a technician's keys can come to, whatever time it is; says how many lines pass.
fn try_all(engine: &Engine, now: u64) -> usize {
    let nobody = Principal { id: Id::NOBODY, ..person(Role::Monitor, 1) };
    let stranger = Principal { organisation: CUSTOMER, ..person(Role::Engineer, 1) };
    let people = [person(Role::Monitor, 1), person(Role::Engineer, 1), nobody, stranger];
    let kinds = [lunash::Arguments::None, lunash::Arguments::Plain, lunash::Arguments::NotPlain];
    let lines = people.into_iter().flat_map(|by| {
        (0..=lunash::COMMANDS).flat_map(move |command| {
            kinds.map(|arguments| (by, Action::ConsoleLine { command, line: Digest([1; 32]), arguments }))
        })
    });
    let seen = (Principal::device(Role::Sensor), Action::RecoverLogin { succeeded: false });
    let mut passed = 0;
    for (by, action) in lines.chain([seen]) {
        for time in [None, Some(now - 1000), Some(now)] {
            let step = engine.explain(time.map(Time::from_unix), &Command::new(by, action), &mut InWords);
            passed += usize::from(step.is_accepted());
            assert!(step.is_accepted() || console::why(step.rule()).is_some(), "{}", step.rule().name());
        }
    }
    assert!(console::why(Rule::RecoverLoginSeen).is_some());
    passed
}

#[test]
fn every_rule_that_decides_a_technicians_line_has_its_words() {
    try_all(&Engine::vacant(), 1_000_000);
    let mut invalid: Engine = Engine::new(DEVICE, &Policy::AZURE);
    invalid.begin_invalid(DEVICE, &Policy::AZURE, CUSTOMER);
    try_all(&invalid, 1_000_000);

    let mut bench: Bench = Bench::new().operational();
    let monitored = try_all(&bench.engine, bench.now);
    let number = bench.asked(Subject::Device);
    assert_eq!(bench.approve(number).verdict, Verdict::Accepted);
    assert!(try_all(&bench.engine, bench.now) > monitored, "a grant lets more pass");
    let tamper = Action::Tamper { class: TamperClass::Fan };
    assert_eq!(bench.act(Principal::device(Role::Sensor), tamper).verdict, Verdict::Accepted);
    try_all(&bench.engine, bench.now);

    let mut silent: Bench = Bench::new().operational();
    silent.go(person(Role::Admin, 1), Action::SetMonitoring { allowed: false });
    assert!(try_all(&silent.engine, silent.now) < monitored, "monitoring is switched off");
}

#[test]
fn other_rules_have_none() {
    assert_eq!(console::why(Rule::T01), None);
}
