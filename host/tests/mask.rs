//! Would anybody notice if a rule were missing? Each refusing rule is forced open in turn, and at least one
//! scenario must come out differently. Prints rule and scenario: `cargo test -p strongroom-host --test mask -- --nocapture`.

mod common;

use common::Scenario;
use std::panic::{AssertUnwindSafe, catch_unwind};
use strongroom_core::Rule;
use strongroom_core::rule::{Kind, mask};
use strongroom_host::{Options, replay};

/// Whether the scenario comes out otherwise than it should.
fn notices(scenario: &Scenario) -> bool {
    let run = || replay(&scenario.text, &scenario.folder, Options::default()).map(|replay| replay.jsonl());
    !matches!(catch_unwind(AssertUnwindSafe(run)), Ok(Ok(output)) if output == scenario.expected)
}

#[test]
fn a_missing_rule_is_noticed_by_a_scenario() {
    let mut scenarios = common::scenarios();
    // Short ones first: the rule's own scenario is then the one that is named.
    scenarios.sort_by_key(|scenario| scenario.text.len());
    for scenario in &scenarios {
        assert!(
            !notices(scenario),
            "{} comes out differently with every rule in force; if that is meant: make expected",
            scenario.name
        );
    }
    let mut unnoticed = Vec::new();
    for rule in Rule::ALL.iter().copied().filter(|rule| rule.kind() == Kind::Refuses) {
        mask::open(Some(rule));
        let found = scenarios.iter().find(|scenario| notices(scenario));
        println!("{:>4} {:<24} {}", rule.code(), rule.name(), found.map_or("UNNOTICED", |scenario| &scenario.name));
        if found.is_none() {
            unnoticed.push(rule.name());
        }
    }
    mask::open(None);
    for rule in Rule::ALL.iter().filter(|rule| rule.kind() == Kind::Logic) {
        println!("{:>4} {:<24} logic: {}", rule.code(), rule.name(), rule.text());
    }
    assert!(unnoticed.is_empty(), "forced open, and no scenario comes out differently: {unnoticed:?}");
}
