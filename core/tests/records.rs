//! Records by themselves: which may follow which, what they are called, and which bytes are one.

#![allow(clippy::expect_used, clippy::arithmetic_side_effects, clippy::indexing_slicing, reason = "a test fails by a panic")]

mod common;

use common::*;
use strongroom_core::audit::Disorder;
use strongroom_core::*;

fn record() -> Record {
    let mut bench = Bench::new().operational();
    bench.act(person(Role::User, 1), Action::OpenTicket { ticket: label("T"), troubleshot: true });
    let record = *bench.engine.log().records(LogName::Tenant).last().expect("a record");
    Record { epoch: 5, boot: 5, time_epoch: 5, sequence: 5, ..record }
}

#[test]
fn a_record_follows_one_of_the_same_log_no_later_epoch_boot_or_time_and_the_number_before() {
    let before = record();
    let after = Record { sequence: 6, ..before };
    assert_eq!(after.disorder_after(&before), None);
    let allowed = [
        Record { epoch: 6, ..after },
        Record { boot: 6, ..after },
        Record { at: before.at.after(Seconds::minutes(1)), ..after },
        Record { time_epoch: 6, ..after },
        // After the clock was set the time may be an earlier one.
        Record { time_epoch: 6, at: Time::from_unix(1), ..after },
    ];
    assert_eq!(allowed.map(|record| record.disorder_after(&before)), [None; 5]);
    let forbidden = [
        (Record { log: LogName::Lifecycle, ..after }, Disorder::Log),
        (Record { epoch: 4, ..after }, Disorder::Epoch),
        (Record { boot: 4, ..after }, Disorder::Boot),
        (Record { time_epoch: 4, ..after }, Disorder::TimeEpoch),
        (Record { at: Time::from_unix(before.at.as_unix() - 1), ..after }, Disorder::Time),
        (Record { sequence: 5, ..after }, Disorder::Sequence),
        (Record { sequence: 7, ..after }, Disorder::Sequence),
    ];
    for (record, disorder) in forbidden {
        assert_eq!(record.disorder_after(&before), Some(disorder));
    }
}

#[test]
fn the_lockboxs_actions_have_the_names_that_the_source_gives_them() {
    let names = [
        (Rule::CustomerAsked, Some("Create Lockbox Request")),
        (Rule::AccessApproved, Some("Approve Lockbox Request")),
        (Rule::ShortenedByApprover, Some("Approve Lockbox Request")),
        (Rule::ShortenedByPolicy, Some("Approve Lockbox Request")),
        (Rule::AccessDenied, Some("Deny Lockbox Request")),
        (Rule::RequestExpired, Some("Lockbox Request Expiry")),
        (Rule::T01, None),
    ];
    for (rule, name) in names {
        assert_eq!(Record { rule, ..record() }.activity(), name, "{}", rule.name());
    }
}

#[test]
fn a_refusal_is_one_by_its_own_flag() {
    let mut bench = Bench::new().operational();
    bench.act(person(Role::Monitor, 1), Action::TamperClear {});
    let refused = *bench.engine.log().records(LogName::Tenant).last().expect("a record");
    assert!(refused.is_refused() && !record().is_refused());
    assert!(!Record { flags: audit::record::LAST_GOOD_TIME, ..refused }.is_refused());
}

#[test]
fn bytes_of_another_version_or_with_a_party_that_is_not_the_roles_are_no_record() {
    let bytes = record().to_bytes();
    assert_eq!(Record::from_bytes(&bytes), Some(record()));
    let mut other_version = bytes;
    other_version[0] ^= 3;
    assert_eq!(Record::from_bytes(&other_version), None);
    let mut other_party = bytes;
    // Version, log, four numbers, a time, a number, the flags: then the party.
    assert_eq!(other_party[25], record().by.party() as u8);
    other_party[25] ^= 1;
    assert_eq!(Record::from_bytes(&other_party), None);
    assert_eq!(Record::from_bytes(&[&bytes[..], &[0]].concat()), None);
}
