//! What a technician is told: every rule that decides a line of theirs has its words.

#![allow(clippy::expect_used, clippy::arithmetic_side_effects, reason = "a test fails by a panic")]

mod common;

use common::*;
use strongroom_core::reading::TamperClass;
use strongroom_core::*;

/// Every rule that was consulted must have its words, but for those that hold wherever a board asks: it commits what it has just
/// decided, and its seat has two persons of the pool, or is shut.
struct InWords;

impl Trace for InWords {
    fn consulted(&mut self, rule: Rule, held: bool) {
        if held && matches!(rule, Rule::SecondIsAnother | Rule::StepIsCurrent | Rule::RowExists) {
            return;
        }
        assert_eq!(console::why(rule), Some(rule.text()), "{}", rule.name());
    }
}

/// Tries everything that a technician's keys can come to, whatever time it is; says how many lines pass.
fn try_all(engine: &Engine, now: u64) -> usize {
    let nobody = Principal { id: Id::NOBODY, ..person(Role::Monitor, 1) };
    let stranger = Principal { organisation: CUSTOMER, ..person(Role::Engineer, 1) };
    let pool = person(Role::Pool, 1);
    let alone = [person(Role::Monitor, 1), person(Role::Engineer, 1), nobody, stranger, pool].map(|by| (by, None));
    let people = alone.into_iter().chain([(pool, Some(person(Role::Pool, 2)))]);
    let kinds = [lunash::Arguments::None, lunash::Arguments::Plain, lunash::Arguments::NotPlain];
    let lines = people.flat_map(|(by, second)| {
        (0..=lunash::COMMANDS).flat_map(move |command| {
            kinds.map(|arguments| (by, second, Action::ConsoleLine { command, line: Digest([1; 32]), arguments }))
        })
    });
    let seen = (Principal::device(Role::Sensor), None, Action::RecoverLogin { succeeded: false });
    let mut passed = 0;
    for (by, second, action) in lines.chain([seen]) {
        for time in [None, Some(now - 1000), Some(now)] {
            let step = engine.explain(time.map(Time::from_unix), &Command { second, ..Command::new(by, action) }, &mut InWords);
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

    let mut prepared: Bench = Bench::new().pooled();
    let pooled = try_all(&prepared.engine, prepared.now);
    prepared.go(person(Role::Pool, 1), Action::Recheck {});
    assert!(try_all(&prepared.engine, prepared.now) > pooled, "two persons of the pool may run anything");
}

#[test]
fn the_pool_is_told_what_stops_its_two_persons() {
    let leased: Bench = Bench::new().operational();
    let prepared: Bench = Bench::new().pooled();
    let mut preparing: Bench = Bench::new().pooled();
    preparing.go(person(Role::Pool, 1), Action::Recheck {});
    for (bench, second, rule, words) in [
        (&leased, Some(2), Rule::NoTenant, "no tenant is bound"),
        (&prepared, Some(2), Rule::BeingPrepared, "the device is being prepared for the pool"),
        (&preparing, None, Rule::TwoPersons, "two persons of one organisation act together"),
    ] {
        let line = Action::ConsoleLine { command: 0, line: Digest([1; 32]), arguments: lunash::Arguments::None };
        let second = second.map(|number| person(Role::Pool, number));
        let command = Command { second, ..Command::new(person(Role::Pool, 1), line) };
        let step = bench.engine.decide(Some(Time::from_unix(bench.now)), &command);
        assert!(!step.is_accepted());
        assert_eq!((step.rule(), console::why(step.rule())), (rule, Some(words)));
    }
}

#[test]
fn other_rules_have_none() {
    assert_eq!(console::why(Rule::T01), None);
}
