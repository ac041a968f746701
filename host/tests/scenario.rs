//! Scenarios: the checked-in ones, their schema, and lines that are not well formed.

mod common;

use common::{Scenario, folder as scenarios};
use strongroom_core::{Record, Time, Verdict};
use strongroom_host::replay::Output;
use strongroom_host::{Options, merkle, replay};

const HEADER: &str = r#"{"strongroom": 1, "organisations": {"north": "b0000000-0000-4000-8000-000000000001"}, "people": {"hana": {"party": "provider", "role": "Hands", "organisation": "north", "id": "b0000000-0000-4000-8000-0000000000b1"}}, "engines": {"hsm": {"serial": "700022", "provider": "@north", "vendor": "@north", "deployment": "firmware"}}}"#;

fn error_of(line: &str) -> String {
    let text = format!("{HEADER}\n\n{line}\n");
    let error = replay(&text, &scenarios(), Options::default()).expect_err("the line is wrong");
    assert_eq!(error.line, 3, "{error}");
    error.to_string()
}

#[test]
fn the_checked_in_results_are_what_comes_out() {
    let all = common::scenarios();
    assert!(all.len() >= 2);
    for Scenario { name, folder, text, expected } in all {
        let replay = replay(&text, &folder, Options::default()).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(replay.jsonl() == expected, "{name} comes out differently; if that is meant: make expected");
        replay.verify().unwrap_or_else(|error| panic!("{name}: {error}"));
    }
}

#[test]
fn the_schema_is_the_one_that_the_core_makes() {
    let checked_in = std::fs::read_to_string(scenarios().join("scenario.schema.json")).expect("a file");
    let made = format!("{:#}\n", strongroom_host::scenario::schema());
    assert!(checked_in == made, "the schema differs; run: make expected");
}

#[test]
fn the_story_walks_the_chart_as_it_should() {
    let text = std::fs::read_to_string(scenarios().join("lease.jsonl")).expect("a text");
    let replay = replay(&text, &scenarios(), Options::default()).expect("well formed");
    let rows: Vec<&str> = replay
        .output
        .iter()
        .filter_map(|line| match line {
            Output::Reply(reply) if reply.ok && reply.rule.starts_with('T') && reply.rule[1..].parse::<u8>().is_ok() => {
                Some(reply.rule)
            }
            _ => None,
        })
        .collect();
    let walk = "T01 T02 T09 T38 T41 T46 T05 T10 T14 T18 T23 T27 T33 T30 T38 T41 T45 T49 T05";
    assert_eq!(rows.join(" "), walk);
}

#[test]
fn a_record_that_was_changed_cut_or_moved_does_not_verify() {
    let text = std::fs::read_to_string(scenarios().join("lease.jsonl")).expect("a text");
    let replay = replay(&text, &scenarios(), Options::default()).expect("well formed");
    let bytes = |digits: &str| -> Vec<u8> {
        (0..digits.len() / 2).map(|byte| u8::from_str_radix(&digits[2 * byte..2 * byte + 2], 16).expect("digits")).collect()
    };
    let mut records = Vec::new();
    let mut root = [0; 32];
    for line in &replay.output {
        match line {
            Output::Record(record) if record.log == "lifecycle" => {
                records.push(Record::from_bytes(&bytes(&record.record)).expect("a record"));
            }
            Output::Head(head) if head.log == "lifecycle" => root = bytes(&head.root).try_into().expect("a root"),
            _ => {}
        }
    }
    assert_eq!(merkle::verify(&records, root), Ok(()));
    let mut changed = records.clone();
    changed[7].detail ^= 1;
    assert!(matches!(merkle::verify(&changed, root), Err(merkle::Problem::Root { .. })));
    let cut = [&records[..5], &records[6..]].concat();
    assert_eq!(merkle::verify(&cut, root), Err(merkle::Problem::Sequence { place: 5, found: 6 }));
    let mut older = records.clone();
    older[9].at = Time::EPOCH;
    assert_eq!(merkle::verify(&older, root), Err(merkle::Problem::Time { sequence: 9 }));
    assert!(merkle::verify(&records[..records.len() - 1], root).is_err());
}

#[test]
fn a_wrong_line_is_named_with_the_remedy() {
    let cases = [
        (
            r#"{"at": "2026-01-01T00:00:00Z", "by": "hana", "do": "arive", "serial": "1"}"#,
            r#"line 3: unknown action "arive"; did you mean "arrive"?"#,
        ),
        (
            r#"{"at": "2026-01-01T00:00:00Z", "by": "hanna", "do": "arrive", "serial": "1"}"#,
            r#"line 3: unknown person "hanna"; did you mean "hana"?"#,
        ),
        (
            r#"{"at": "2026-01-01T00:00:00Z", "by": {"party": "provider", "role": "Hnds", "organisation": "north", "id": "@hana"}, "do": "arrive", "serial": "1"}"#,
            r#"line 3: unknown role "Hnds"; did you mean "Hands"?"#,
        ),
        (
            r#"{"at": "2026-01-01T00:00:00Z", "by": {"party": "customer", "role": "Hands", "organisation": "north", "id": "b0000000-0000-4000-8000-0000000000b1"}, "do": "arrive", "serial": "1"}"#,
            r#"line 3: role "Hands" is the provider's, not the customer's"#,
        ),
        (
            r#"{"at": "2026-01-01T00:00:00Z", "by": "hana", "do": "arrive", "seral": "1"}"#,
            r#"line 3: unknown argument of "arrive" "seral"; did you mean "serial"?"#,
        ),
        (r#"{"at": "2026-01-01T00:00:00Z", "by": "hana", "do": "arrive"}"#, r#"line 3: "arrive": missing field `serial`"#),
        (r#"{"at": "yesterday", "by": "hana", "do": "boot"}"#, "line 3: \"yesterday\" is not a time"),
        (r#"{"at": "2026-01-01T00:00:00.5Z", "by": "hana", "do": "boot"}"#, "times are whole seconds"),
        (r#"{"at": "1969-01-01T00:00:00Z", "by": "hana", "do": "boot"}"#, "times begin in 1970"),
        (r#"{"by": "hana", "do": "boot"}"#, r#"line 3: "at" is missing"#),
        (r#"{"at": null, "by": "hana", "do": "boot", "engine": "hms"}"#, r#"line 3: unknown engine "hms"; did you mean "hsm"?"#),
        (r#"{"at": null, "by": "hana", "do": "arrive", "serial": "12345678901234567"}"#, "at most 16 printable ASCII characters"),
        (
            r#"{"at": null, "by": "hana", "do": "confirm", "effect": "hat"}"#,
            r#"line 3: unknown effect "hat"; did you mean "halt"?"#,
        ),
        (
            r#"{"at": null, "by": "hana", "do": "confirm", "effect": "halt"}"#,
            r#"line 3: unknown pending effect "halt"; there is none here"#,
        ),
        (
            r#"{"at": null, "by": "hana", "do": "read", "transcript": "none.txt"}"#,
            "line 3: transcript \"none.txt\": No such file",
        ),
        (r#"{"at": null, "by": "hana", "do": "boot""#, "line 3: not a JSON object"),
        ("[1, 2]", "line 3: a command must be an object"),
        (r#"{"strongroom": 1}"#, "line 3:"),
    ];
    for (line, expected) in cases {
        let found = error_of(line);
        assert!(found.contains(expected), "{line}\n  says {found}\n  not  {expected}");
    }
}

#[test]
fn a_wrong_header_is_named() {
    let cases = [
        ("", "the scenario is empty"),
        (r#"{"at": null}"#, "line 1: the first line is a header"),
        (r#"{"strongroom": 2}"#, "line 1: scenario format 2 is not known"),
        (r#"{"strongroom": 1, "engines": {}}"#, "names no engine"),
        (r#"{"strongroom": 1, "polcy": "azure"}"#, r#"unknown part of the header "polcy"; did you mean "policy"?"#),
        (r#"{"strongroom": 1, "policy": "azur"}"#, r#"unknown policy "azur"; did you mean "azure"?"#),
        (
            r#"{"strongroom": 1, "engines": {"a": {"serial": "1", "provider": "b0000000-0000-4000-8000-000000000001", "vendor": "b0000000-0000-4000-8000-000000000001", "deployment": "board"}}, "host": {"confirm": ["hat"]}}"#,
            r#"unknown effect in host.confirm "hat"; did you mean "halt"?"#,
        ),
        ("\u{0}\u{1}\u{2}", "line 1: the header is not JSON"),
    ];
    for (text, expected) in cases {
        let found = replay(text, &scenarios(), Options::default()).expect_err("wrong").to_string();
        assert!(found.contains(expected), "{text} says {found}");
    }
}

#[test]
fn a_transcript_that_is_cut_or_noise_is_named_with_its_line() {
    let folder = std::env::temp_dir().join(format!("strongroom-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let whole = std::fs::read(scenarios().join("../console/luna-7.2/status_sensors.1.txt")).expect("a transcript");
    std::fs::write(folder.join("cut.txt"), &whole[..2000]).expect("written");
    let noise: Vec<u8> = (0..4000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    std::fs::write(folder.join("noise.txt"), noise).expect("written");
    for (file, expected) in [("cut.txt", "before 'Command Result'"), ("noise.txt", "says anything about the device")] {
        let text = format!("{HEADER}\n{{\"at\": null, \"by\": \"hana\", \"do\": \"read\", \"transcript\": {file:?}}}");
        let found = replay(&text, &folder, Options::default()).expect_err("unreadable").to_string();
        assert!(found.starts_with("line 2:") && found.contains(expected), "{found}");
    }
    std::fs::remove_dir_all(&folder).expect("removed");
}

#[test]
fn a_refusal_is_no_error_and_leaves_state_and_log_whole() {
    let line = r#"{"at": "2026-01-01T00:00:00Z", "by": "hana", "do": "arrive", "serial": "wrong"}"#;
    let replay = replay(&format!("{HEADER}\n{line}"), &scenarios(), Options::default()).expect("well formed");
    let Some(Output::Reply(reply)) = replay.output.first() else { panic!("a reply") };
    assert_eq!((reply.ok, reply.rule, reply.state), (false, "SerialMatches", "IN_TRANSIT"));
    assert_eq!(replay.verify().expect("verifies")[0].records, 1);
    let again = replay.engines[0].1.clone().apply(None, &strongroom_core::Command::tick());
    assert_eq!(again.verdict, Verdict::Refused);
}
