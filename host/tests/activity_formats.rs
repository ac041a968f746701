//! How events are picked, put in order and written.

mod common;

use serde_json::Value;
use std::convert::Infallible;
use strongroom_core::audit::record::REFUSED;
use strongroom_core::{Digest, Id, LogName, Organisation, Principal, Record, Role, Rule, Time, Verb};
use strongroom_host::activity::azure::Operation;
use strongroom_host::activity::{COLUMNS, Event, Filter, Format, Teller, merge};
use strongroom_host::moment::moment;
use strongroom_host::replay::Output;
use strongroom_host::{Options, replay};

const CONTOSO: &str = "c0000000-0000-4000-8000-000000000001";
const BEA: &str = "c0000000-0000-4000-8000-0000000000a4";

/// The events of a scenario's log.
fn events(scenario: &str, log: LogName) -> Vec<Event> {
    let path = common::folder().join(scenario);
    let text = std::fs::read_to_string(&path).expect("a text");
    let replay = replay(&text, path.parent().expect("a folder"), Options::default()).expect("well formed");
    let mut teller = Teller::new("example");
    let records = replay.output.iter().filter_map(|line| match line {
        Output::Record(line) if line.log == log.name() => {
            let digits = line.record.as_bytes().chunks(2);
            let bytes: Vec<u8> =
                digits.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).expect("text"), 16).expect("digits")).collect();
            Some(Record::from_bytes(&bytes).expect("a record"))
        }
        _ => None,
    });
    records.map(|record| teller.tell(&record)).collect()
}

fn lockbox() -> Vec<Event> {
    events("lockbox/activity-log.jsonl", LogName::Tenant)
}

fn written(events: &[Event], format: Format) -> (String, usize) {
    let mut lines = String::new();
    format.heading(&mut lines);
    let told = events.iter().filter(|event| format.write(event, &mut lines)).count();
    (lines, told)
}

const AZURE: Format = Format::Azure { subscription: None };

/// The rows of a text in RFC 4180, read without the code that writes it.
fn rows(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut field, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        match (sign, quoted) {
            ('"', true) if signs.peek() == Some(&'"') => field.push(signs.next().expect("peeked")),
            ('"', _) => quoted = !quoted,
            (',', false) => row.push(std::mem::take(&mut field)),
            ('\r', false) => {
                assert_eq!(signs.next(), Some('\n'), "a line ends with CR LF");
                row.push(std::mem::take(&mut field));
                rows.push(std::mem::take(&mut row));
            }
            _ => field.push(sign),
        }
    }
    assert!(field.is_empty() && row.is_empty(), "the last line ends");
    rows
}

#[test]
fn both_tables_say_the_same_of_every_event() {
    for scenario in ["lease.jsonl", "lockbox/activity-log.jsonl", "decisions/d-17-a-full-log.jsonl"] {
        let events = events(scenario, LogName::Tenant);
        let (jsonl, _) = written(&events, Format::Jsonl);
        let mut rows = rows(&written(&events, Format::Csv).0).into_iter();
        assert_eq!(rows.next().expect("a heading"), COLUMNS);
        assert_eq!(jsonl.lines().count(), events.len());
        for line in jsonl.lines() {
            let object: Value = serde_json::from_str(line).expect("JSON");
            assert_eq!(object.as_object().map(serde_json::Map::len), Some(COLUMNS.len()));
            let row = rows.next().expect("a row");
            for (name, field) in COLUMNS.iter().zip(row) {
                let told = match &object[name] {
                    Value::Null => String::new(),
                    Value::String(text) => text.clone(),
                    other => other.to_string(),
                };
                assert_eq!(told, field, "{name}");
            }
        }
        assert!(rows.next().is_none());
    }
}

#[test]
fn the_activity_log_gets_what_it_has_a_name_for() {
    let events = lockbox();
    let (lines, told) = written(&events, AZURE);
    assert_eq!(told, 15);
    assert_eq!(told, events.iter().filter(|event| event.operation().is_some()).count());
    let outcome = |operation: Operation| -> Vec<(String, String)> {
        let lines = lines.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
        lines
            .filter(|line| line["operationName"] == operation.path())
            .map(|line| {
                let part = |name: &str| line[name].as_str().expect("a text").to_owned();
                (part("resultType"), part("resultSignature"))
            })
            .collect()
    };
    let is = |found: Vec<(String, String)>, expected: &[(&str, &str)]| {
        let found: Vec<(&str, &str)> = found.iter().map(|(one, other)| (one.as_str(), other.as_str())).collect();
        assert_eq!(found, expected);
    };
    let asked = ("Success", "Succeeded.CustomerAsked");
    is(outcome(Operation::Create), &[("Failure", "Failed.StatusAllows"), asked, asked, asked, asked]);
    let again = ("Failure", "Failed.ApprovesOnce");
    is(
        outcome(Operation::Approve),
        &[
            ("Accept", "Accepted.ApprovalCounted"),
            again,
            again,
            again,
            ("Success", "Succeeded.AccessApproved"),
            ("Failure", "Failed.StatusAllows"),
        ],
    );
    is(outcome(Operation::Deny), &[("Failure", "Failed.ReasonGiven"), ("Success", "Succeeded.AccessDenied")]);
    is(outcome(Operation::Expire), &[("Success", "Succeeded.RequestExpired")]);
    // Request 4 was cancelled before the customer was asked: there was no lockbox request yet.
    is(outcome(Operation::Cancel), &[("Success", "Succeeded.RequestCancelled")]);
}

#[test]
fn an_azure_event_has_the_fields_of_the_exported_schema() {
    for line in written(&lockbox(), AZURE).0.lines() {
        let event: Value = serde_json::from_str(line).expect("JSON");
        let resource = event["resourceId"].as_str().expect("a text");
        assert!(resource.starts_with(&format!("/subscriptions/{CONTOSO}/providers/Microsoft.CustomerLockbox/requests/")));
        assert!(resource.ends_with(event["correlationId"].as_str().expect("a text")));
        assert_eq!(event["category"], "Administrative");
        let operation = &event["operationName"];
        assert!(Operation::ALL.iter().any(|known| operation == known.path()), "{operation}");
        assert!(matches!(event["resultType"].as_str(), Some("Success" | "Failure" | "Accept")));
        assert!(matches!(event["level"].as_str(), Some("Information" | "Warning")));
        assert_eq!(event["level"] == "Warning", event["resultType"] == "Failure");
        assert_eq!(event["durationMs"], 0);
        let time = event["time"].as_str().expect("a text");
        assert_eq!((time.len(), &time[19..]), (28, ".0000000Z"));
        let (identity, properties) = (&event["identity"], &event["properties"]);
        assert_eq!(identity["authorization"]["action"], *operation);
        assert_eq!(identity["authorization"]["scope"], *resource);
        assert_eq!((&properties["entity"], &properties["message"]), (&event["resourceId"], operation));
        assert_eq!(properties["eventCategory"], "Administrative");
        let texts = properties["eventProperties"].as_object().expect("a dictionary");
        assert!(texts.values().all(Value::is_string), "a dictionary of texts");
    }
}

#[test]
fn events_of_one_request_share_a_correlation_and_no_two_an_id() {
    let events = lockbox();
    for one in &events {
        for other in &events {
            assert_eq!(one.id == other.id, one.record == other.record);
            if let (Some(mine), Some(theirs)) = (one.correlation, other.correlation) {
                assert_eq!(mine == theirs, one.record.request == other.record.request);
            }
        }
    }
    assert_eq!(events, lockbox(), "told again, it is the same");
    let mut elsewhere = Teller::new("another log");
    assert!(events.iter().all(|event| elsewhere.tell(&event.record).id != event.id));
}

#[test]
fn a_subscription_can_be_given() {
    let subscription = Some(Id([7; 16]));
    let (lines, _) = written(&lockbox(), Format::Azure { subscription });
    assert!(lines.lines().all(|line| line.contains("/subscriptions/07070707-0707-0707-0707-070707070707/providers/")));
}

#[test]
fn a_stranger_who_is_refused_is_not_taken_for_the_customer() {
    let mut teller = Teller::new("example");
    let own = &lockbox()[2].record;
    assert_eq!(own.by.role, Role::User);
    let stranger = Principal { organisation: Organisation([0xee; 16]), ..own.by };
    let refused = Record { by: stranger, flags: REFUSED, rule: Rule::OrganisationMatches, ..*own };
    assert_eq!(teller.tell(&refused).customer, Organisation::NONE);
    assert_eq!(teller.tell(own).customer, own.by.organisation);
    assert_eq!(teller.tell(&refused).customer, own.by.organisation);
}

fn filter(set: impl FnOnce(&mut Filter)) -> Filter {
    let mut filter = Filter::default();
    set(&mut filter);
    filter
}

fn action(names: &[&str]) -> Filter {
    filter(|filter| names.iter().for_each(|name| filter.action(name).expect("known")))
}

fn actor(names: &[&str]) -> Filter {
    filter(|filter| names.iter().for_each(|name| filter.actor(name).expect("known")))
}

/// How many of the lockbox's events each filter picks, counted by something else.
#[test]
fn each_part_of_a_filter_picks_what_it_says() {
    let events = lockbox();
    let check = |filter: &Filter, is: &dyn Fn(&Record) -> bool| {
        let picked: Vec<u32> = events.iter().filter(|event| filter.picks(event)).map(|event| event.record.sequence).collect();
        let expected: Vec<u32> = events.iter().map(|event| event.record).filter(is).map(|record| record.sequence).collect();
        assert_eq!(picked, expected, "{filter:?}");
        assert!(!expected.is_empty() && expected.len() < events.len(), "{filter:?} shows nothing");
    };
    let accepted = |record: &Record| record.flags & REFUSED == 0;
    let verb = |verb: Verb| move |record: &Record| record.kind == verb.code() || record.kind == 250 && record.from == verb.code();
    check(&action(&["Create Lockbox Request"]), &|record| record.rule == Rule::CustomerAsked);
    check(&action(&["approve lockbox REQUEST"]), &|record| record.rule == Rule::AccessApproved);
    check(&action(&["Deny Lockbox Request"]), &|record| record.rule == Rule::AccessDenied);
    check(&action(&["Lockbox Request Expiry"]), &|record| record.rule == Rule::RequestExpired && record.request == 3);
    check(&action(&["approve"]), &|record| verb(Verb::Approve)(record));
    check(&action(&["ApproveLockboxRequest"]), &|record| verb(Verb::Approve)(record));
    check(&action(&[Operation::Deny.path()]), &|record| verb(Verb::Deny)(record));
    check(&action(&["CancelLockboxRequest"]), &|record| record.rule == Rule::RequestCancelled && record.request == 5);
    check(&action(&["deny", "triage"]), &|record| verb(Verb::Deny)(record) || verb(Verb::Triage)(record));
    check(&actor(&["Approver"]), &|record| record.by.role == Role::Approver);
    check(&actor(&["provider"]), &|record| record.by.role.party().name() == "provider");
    check(&actor(&[BEA]), &|record| record.by.id.to_string() == BEA);
    check(&actor(&[CONTOSO]), &|record| record.by.organisation.to_string() == CONTOSO);
    check(&actor(&["clock", BEA]), &|record| record.by.role == Role::Clock || record.by.id.to_string() == BEA);
    check(&filter(|filter| filter.request = Some(2)), &|record| record.request == 2);
    check(&filter(|filter| filter.refused = true), &|record| !accepted(record));
    let (start, end) = (moment("2026-07-14T09:41:00Z").expect("a time"), moment("2026-07-14T10:01:00Z").expect("a time"));
    check(&filter(|filter| filter.since = Some(start)), &|record| record.at >= start);
    check(&filter(|filter| filter.until = Some(end)), &|record| record.at < end);
    let both = filter(|filter| {
        filter.action("deny").expect("known");
        filter.refused = true;
        filter.request = Some(2);
    });
    check(&both, &|record| verb(Verb::Deny)(record) && !accepted(record));
}

#[test]
fn the_second_person_is_somebody_too() {
    let events = events("lease.jsonl", LogName::Lifecycle);
    let two = events.iter().find(|event| event.record.second.is_somebody()).expect("two persons");
    let filter = actor(&[&two.record.second.to_string()]);
    assert!(filter.picks(two));
    assert!(!actor(&["00000000-0000-0000-0000-000000000000"]).picks(two));
}

#[test]
fn only_one_of_the_logs_is_told_where_that_is_asked() {
    let lifecycle = filter(|filter| filter.log = Some(LogName::Lifecycle));
    assert!(events("lease.jsonl", LogName::Lifecycle).iter().all(|event| lifecycle.picks(event)));
    assert!(!lockbox().iter().any(|event| lifecycle.picks(event)));
}

#[test]
fn a_name_that_nothing_has_is_told_with_the_nearest() {
    let mut filter = Filter::default();
    let cases = [
        (
            filter.action("Aprove Lockbox Request"),
            "unknown action \"Aprove Lockbox Request\"; did you mean \"Approve Lockbox Request\"?",
        ),
        (filter.action("zeroise"), "unknown action \"zeroise\"; did you mean \"zeroize\"?"),
        (filter.action("DenyLockboxRequests"), "unknown action \"DenyLockboxRequests\"; did you mean \"DenyLockboxRequest\"?"),
        (filter.actor("Aprover"), "unknown actor \"Aprover\"; did you mean \"Approver\"? (people"),
        (filter.actor("c0000000-0000-4000"), "(people and organisations go by their UUID)"),
        (filter.actor(""), "unknown actor \"\""),
    ];
    for (found, expected) in cases {
        let found = found.expect_err("unknown");
        assert!(found.contains(expected), "{found}");
    }
    assert!(moment("yesterday").expect_err("no time").contains("write it as RFC 3339, such as"));
    assert!(moment("1969-12-31T23:59:59Z").expect_err("no time").contains("times begin in 1970"));
    assert_eq!(moment("1970-01-01T01:00:10+01:00"), Ok(Time::from_unix(10)));
}

fn dated(log: LogName, sequence: u32, time_epoch: u16, at: u64) -> Event {
    let by = Principal::device(Role::Core);
    let record = Record {
        log,
        sequence,
        epoch: 1,
        boot: 0,
        at: Time::from_unix(at),
        time_epoch,
        flags: 0,
        by,
        second: Id::NOBODY,
        kind: Verb::Boot.code(),
        rule: Rule::BootRecorded,
        from: 0,
        to: 0,
        request: 0,
        detail: 0,
        command: Digest::NONE,
    };
    Teller::new("").tell(&record)
}

#[test]
fn logs_are_put_in_the_order_of_what_happened() {
    use LogName::{Lifecycle, Tenant};
    // The clock is set back between the two time epochs.
    let lifecycle = [(0, 0, 100), (1, 0, 300), (2, 1, 50), (3, 1, 250)];
    let tenant = [(0, 0, 200), (1, 0, 300), (2, 1, 60)];
    let events = |log, numbers: &[(u32, u16, u64)]| -> Vec<Result<Event, Infallible>> {
        numbers.iter().map(|(sequence, epoch, at)| Ok(dated(log, *sequence, *epoch, *at))).collect()
    };
    let logs = vec![events(Lifecycle, &lifecycle).into_iter(), events(Tenant, &tenant).into_iter()];
    let merged: Vec<(LogName, u32)> =
        merge(logs).map(|event| event.map(|event| (event.record.log, event.record.sequence)).expect("whole")).collect();
    let expected = [(Lifecycle, 0), (Tenant, 0), (Tenant, 1), (Lifecycle, 1), (Lifecycle, 2), (Tenant, 2), (Lifecycle, 3)];
    assert_eq!(merged, expected);
}

#[test]
fn a_log_that_cannot_be_read_further_is_told_and_the_others_go_on() {
    let broken = vec![Ok(dated(LogName::Lifecycle, 0, 0, 10)), Err("torn"), Ok(dated(LogName::Lifecycle, 2, 0, 30))];
    let whole = vec![Ok(dated(LogName::Tenant, 0, 0, 20)), Ok(dated(LogName::Tenant, 1, 0, 40))];
    let merged: Vec<Result<u64, &str>> =
        merge(vec![broken.into_iter(), whole.into_iter()]).map(|event| event.map(|event| event.record.at.as_unix())).collect();
    assert_eq!(merged, [Ok(10), Err("torn"), Ok(20), Ok(40)]);
}
