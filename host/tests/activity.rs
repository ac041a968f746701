//! The activity log, against what every scenario's replies say of the very steps that its records tell.

mod common;

use common::Scenario;
use std::sync::LazyLock;
use strongroom_core::audit::record::{REPEATED, UNLOGGED};
use strongroom_core::{Record, Rule, Verb};
use strongroom_host::activity::meaning::{Detail, Region, meaning};
use strongroom_host::activity::{Event, Occurrence, Teller, Verdict};
use strongroom_host::replay::{Output, RecordLine, Told};
use strongroom_host::{Options, Replay, replay};

/// A step as the replay tells it, and the events that its records are.
struct Step<'a> {
    told: &'a Told,
    /// The last step of the same engine.
    before: Option<&'a Told>,
    events: Vec<Event>,
}

fn record(line: &RecordLine) -> Record {
    let digits = line.record.as_bytes().chunks(2);
    let bytes: Vec<u8> =
        digits.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).expect("text"), 16).expect("digits")).collect();
    Record::from_bytes(&bytes).expect("a record")
}

fn steps(replay: &Replay) -> Vec<Step<'_>> {
    let mut story = replay.story.iter();
    let mut steps: Vec<Step<'_>> = Vec::new();
    for line in &replay.output {
        match line {
            Output::Reply(_) => {
                let told = story.next().expect("a step for each reply");
                let before = steps.iter().rev().map(|step| step.told).find(|other| other.engine == told.engine);
                steps.push(Step { told, before, events: Vec::new() });
            }
            Output::Record(line) => {
                let event = Teller::new("").tell(&record(line));
                steps.last_mut().expect("a reply first").events.push(event);
            }
            Output::Head(_) | Output::End(_) => {}
        }
    }
    assert!(story.next().is_none());
    steps
}

/// Every scenario, run once for all tests.
static REPLAYS: LazyLock<Vec<(String, Replay)>> = LazyLock::new(|| {
    let run = |Scenario { name, folder, text, .. }: Scenario| {
        let replay = replay(&text, &folder, Options::default()).unwrap_or_else(|error| panic!("{name}: {error}"));
        (name, replay)
    };
    common::scenarios().into_iter().map(run).collect()
});

fn each_step(mut check: impl FnMut(&str, &Step<'_>)) {
    for (name, replay) in REPLAYS.iter() {
        for step in steps(replay) {
            check(&format!("{name}, line {}", step.told.line), &step);
        }
    }
}

fn is_own(event: &Event) -> bool {
    !matches!(event.record.kind, REPEATED | UNLOGGED)
}

#[test]
fn an_event_tells_of_its_step_what_the_reply_says() {
    let mut events = 0;
    each_step(|place, step| {
        for event in step.events.iter().filter(|event| is_own(event)) {
            let told = step.told;
            assert_eq!(event.occurrence, Occurrence::Step, "{place}");
            assert_eq!(event.verb.map(Verb::name), Some(told.verb), "{place}");
            assert_eq!(event.record.rule.name(), told.rule, "{place}");
            assert_eq!(event.verdict() == Verdict::Accepted, told.ok, "{place}");
            assert_eq!(event.record.by.role.name(), told.role, "{place}");
            assert_eq!(event.record.by.party(), told.party, "{place}");
            let number = event.request().or(event.exclusion());
            assert_eq!(number, told.request, "{place}");
            match &told.at {
                Some(at) if !event.is_at_last_good_time() => assert_eq!(event.time(), *at, "{place}"),
                _ => assert!(event.is_at_last_good_time(), "{place}"),
            }
            events += 1;
        }
    });
    assert!(events > 3000, "{events} events are too few to show anything");
}

#[test]
fn what_moved_is_what_the_reply_says_moved() {
    let mut seen = Vec::new();
    each_step(|place, step| {
        let told = step.told;
        for event in step.events.iter().filter(|event| is_own(event)) {
            let (from, to) = (event.from(), event.to());
            let (from, to) = (from.as_deref(), to.as_deref());
            if !told.ok {
                assert_eq!((event.region(), from, to, event.detail()), (Region::Nothing, None, None, None), "{place}");
                continue;
            }
            seen.push(event.region());
            match event.region() {
                Region::Nothing => {
                    assert_eq!(told.previous_state, told.state, "{place}: the device moved");
                    assert_eq!((from, to), (None, None), "{place}");
                }
                Region::State => assert_eq!((from, to), (Some(told.previous_state), Some(told.state)), "{place}"),
                Region::Status | Region::FirstStatus => {
                    assert_eq!(to, told.status, "{place}");
                    assert!(told.status.is_some(), "{place}");
                    assert_eq!(told.previous_state, told.state, "{place}: the device moved");
                }
                // A party that may not monitor is told nothing of it.
                Region::Health if told.health != "Unknown" => assert_eq!(to, Some(told.health), "{place}"),
                Region::Health | Region::Execution | Region::Membership => {
                    assert!(from.is_some() && to.is_some(), "{place}");
                    assert_eq!(told.previous_state, told.state, "{place}: the device moved");
                }
                Region::Log => {
                    assert_eq!((from, to), (told.arguments["log"].as_str(), told.arguments["log"].as_str()), "{place}")
                }
            }
        }
    });
    for region in [
        Region::Nothing,
        Region::State,
        Region::Status,
        Region::FirstStatus,
        Region::Health,
        Region::Execution,
        Region::Membership,
        Region::Log,
    ] {
        assert!(seen.contains(&region), "no scenario shows {region:?}");
    }
}

#[test]
fn where_a_request_stood_is_where_it_was_left() {
    let mut left: std::collections::BTreeMap<(String, String, u32), String> = std::collections::BTreeMap::new();
    let mut moves = 0;
    each_step(|place, step| {
        let told = step.told;
        let scenario = place.split(", line").next().expect("a name").to_owned();
        for event in step.events.iter().filter(|event| is_own(event) && told.ok) {
            if !matches!(event.region(), Region::Status | Region::FirstStatus) {
                continue;
            }
            let key = (scenario.clone(), told.engine.clone(), event.request().expect("a request"));
            match (left.get(&key), event.from()) {
                (Some(was), Some(from)) => {
                    // What ends all windows at once leaves no record for each of them.
                    let ended = matches!(from.as_ref(), "Ending" | "Cancelled");
                    assert!(*was == from || ended, "{place}: was {was}, told {from}");
                    moves += usize::from(*was == from);
                }
                (None, from) => assert_eq!(from, None, "{place}"),
                (Some(was), None) => panic!("{place}: was {was}, told none"),
            }
            left.insert(key, event.to().expect("a status").into_owned());
        }
    });
    assert!(moves > 300, "{moves} moves are too few to show anything");
}

#[test]
fn the_detail_is_what_the_command_says() {
    let mut seen: Vec<Detail> = Vec::new();
    each_step(|place, step| {
        let (told, arguments) = (step.told, &step.told.arguments);
        for event in step.events.iter().filter(|event| is_own(event) && told.ok) {
            let Some((of, says)) = event.detail() else { continue };
            let kind = meaning(event.verb.expect("a verb"), event.record.rule).detail;
            seen.push(kind);
            let argument = |name: &str| match &arguments[name] {
                serde_json::Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            let expected = match kind {
                Detail::TamperClass => argument("class"),
                Detail::FaultCode => argument("code"),
                Detail::Component => argument("component"),
                Detail::Succeeded => if arguments["succeeded"] == true { "yes" } else { "no" }.to_owned(),
                Detail::Issue => argument("issue"),
                // Only recording names the kind, reviewing remembers it.
                Detail::Exclusion if told.verb == "record_exclusion" => argument("kind"),
                Detail::Exclusion => says.to_string(),
                Detail::Console => {
                    let command: u16 = argument("command").parse().expect("a number");
                    strongroom_core::lunash::Name::of(command).expect("a command").to_string()
                }
                // What the host confirms by itself is named by its number.
                Detail::Effect if arguments["effect"].is_string() => argument("effect"),
                Detail::Cause | Detail::Effect | Detail::Records => says.to_string(),
                Detail::Nothing => unreachable!("has no text"),
            };
            assert_eq!(says, expected, "{place}: {of}");
        }
    });
    for kind in [
        Detail::Cause,
        Detail::TamperClass,
        Detail::FaultCode,
        Detail::Component,
        Detail::Succeeded,
        Detail::Effect,
        Detail::Console,
        Detail::Exclusion,
        Detail::Issue,
        Detail::Records,
    ] {
        assert!(seen.contains(&kind), "no scenario shows {kind:?}");
    }
}

#[test]
fn a_destruction_names_its_cause_and_nothing_else_does() {
    each_step(|place, step| {
        for event in step.events.iter().filter(|event| is_own(event) && step.told.ok) {
            let cause = event.detail().filter(|(of, _)| *of == "cause");
            let begins = event.to().as_deref() == Some("ZEROIZING") && event.from().as_deref() != Some("ZEROIZING");
            // A boot or a differing read-back takes an old destruction up again.
            let anew = !matches!(event.record.rule, Rule::T42 | Rule::T43);
            let by_tamper = event.verb == Some(Verb::Tamper);
            assert_eq!(cause.is_some(), begins && anew && !by_tamper, "{place}: {cause:?}");
        }
    });
}

#[test]
fn records_taken_are_counted() {
    each_step(|place, step| {
        for event in step.events.iter().filter(|event| is_own(event) && step.told.verb == "acknowledge" && step.told.ok) {
            let next: u64 = step.told.arguments["next"].as_u64().unwrap_or(u64::MAX);
            let (_, records) = event.detail().expect("a number of records");
            assert!(records.parse::<u64>().expect("a number") <= next, "{place}");
        }
    });
}

#[test]
fn repeated_refusals_name_the_verb_and_how_many() {
    let mut repeated = 0;
    each_step(|place, step| {
        for event in step.events.iter().filter(|event| event.record.kind == REPEATED) {
            assert_eq!((event.occurrence, event.verdict()), (Occurrence::Repeated, Verdict::Refused), "{place}");
            assert!(event.count().is_some_and(|count| count > 0), "{place}");
            let before = step.before.expect("the refusal");
            assert_eq!(event.verb.map(Verb::name), Some(before.verb), "{place}");
            assert_eq!(event.action(), before.verb, "{place}");
            assert_eq!(event.record.rule.name(), before.rule, "{place}");
            repeated += 1;
        }
    });
    assert!(repeated > 0);
}

#[test]
fn what_was_not_logged_is_counted_by_the_core() {
    let mut unlogged = 0;
    each_step(|place, step| {
        for event in step.events.iter().filter(|event| event.record.kind == UNLOGGED) {
            assert_eq!((event.occurrence, event.verb), (Occurrence::Unlogged, None), "{place}");
            assert_eq!(event.action(), "unlogged", "{place}");
            assert!(event.count().is_some_and(|count| count > 0), "{place}");
            unlogged += 1;
        }
    });
    assert!(unlogged > 0);
}

#[test]
fn every_verb_that_a_scenario_carries_out_is_told() {
    let mut told: Vec<Verb> = Vec::new();
    each_step(|_, step| {
        told.extend(step.events.iter().filter(|event| is_own(event) && step.told.ok).filter_map(|event| event.verb));
    });
    let untold: Vec<&str> = Verb::ALL.iter().filter(|verb| !told.contains(verb)).map(|verb| verb.name()).collect();
    assert!(untold.is_empty(), "no scenario shows {untold:?}");
}
