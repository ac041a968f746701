//! The two logs: what is in which, what happens when they are full, and what stays of a customer.

#![allow(clippy::expect_used, clippy::arithmetic_side_effects, clippy::indexing_slicing, reason = "a test fails by a panic")]

mod common;

use common::*;
use strongroom_core::audit::record;
use strongroom_core::*;

const LOGS: [LogName; 2] = [LogName::Tenant, LogName::Lifecycle];

fn sizes(bench: &Bench) -> [u32; 2] {
    LOGS.map(|log| bench.engine.log().size(log))
}

#[test]
fn a_step_that_moves_the_device_is_in_both_logs_every_other_in_the_tenants() {
    let mut bench = Bench::new().operational();
    let [tenant, lifecycle] = sizes(&bench);
    bench.act(person(Role::User, 1), Action::OpenTicket { ticket: label("T"), troubleshot: true });
    assert_eq!(sizes(&bench), [tenant + 1, lifecycle]);
    bench.act(Principal::device(Role::Sensor), Action::Tamper { class: reading::TamperClass::Fan });
    assert_eq!(sizes(&bench), [tenant + 2, lifecycle + 1]);
    let next = tenant + 2;
    bench.act(person(Role::Auditor, 9), Action::Acknowledge { log: LogName::Tenant, next });
    assert_eq!(sizes(&bench), [tenant + 2, lifecycle + 2]);
}

#[test]
fn what_the_lifecycle_log_holds_never_names_the_customer() {
    let mut bench = Bench::new();
    let mut seen = 0;
    let check = |bench: &Bench, seen: &mut u32| {
        for record in bench.engine.log().records(LogName::Lifecycle) {
            let bytes = record.to_bytes();
            assert!(!bytes.windows(4).any(|four| four == [0xc0; 4]), "{record:?}");
            *seen += 1;
        }
    };
    bench = bench.operational();
    check(&bench, &mut seen);
    bench.act(Principal::device(Role::Sensor), Action::Tamper { class: reading::TamperClass::Fan });
    bench.act(person(Role::Admin, 1), Action::Zeroize { nonce: Id([0xc0; 16]) });
    check(&bench, &mut seen);
    assert!(seen > 2);
}

#[test]
fn of_equal_refusals_the_first_is_recorded_and_the_others_are_counted() {
    let mut bench = Bench::new().operational();
    let [before, _] = sizes(&bench);
    for _ in 0..5 {
        bench.act(person(Role::Monitor, 1), Action::TamperClear {});
    }
    assert_eq!(sizes(&bench)[0], before + 1);
    bench.act(person(Role::User, 1), Action::OpenTicket { ticket: label("T"), troubleshot: true });
    let kinds: Vec<_> = bench.engine.log().records(LogName::Tenant).map(|record| (record.kind, record.detail)).collect();
    assert_eq!(kinds[1], (record::REPEATED, 4));
    assert_eq!(kinds[2].0, Verb::OpenTicket.code());
}

#[test]
fn a_full_log_blocks_what_opens_and_never_what_ends_or_destroys() {
    let mut bench = Bench::new().operational();
    let number = bench.asked(Subject::VmLinux);
    bench.drain();
    let mut tickets = 0;
    while bench.engine.log().records(LogName::Tenant).count() < 12 {
        let by = person(Role::Monitor, 100 + tickets);
        assert_eq!(bench.act(by, Action::TamperClear {}).verdict, Verdict::Refused);
        tickets += 1;
    }
    let approve = Action::Approve { request: number, duration: None, reason: Digest::NONE };
    assert_eq!(bench.act(person(Role::Approver, 3), approve).rule, Rule::LogHasRoom);
    assert_eq!(bench.status(number), Status::CustomerNotified);
    let deny = Action::Deny { request: number, reason: Digest([1; 32]) };
    assert_eq!(bench.act(person(Role::Approver, 3), deny).rule, Rule::AccessDenied);
    let restrict = Action::SetMonitoring { allowed: false };
    assert_eq!(bench.act(person(Role::Admin, 1), restrict).rule, Rule::MonitoringSwitched);
    // Past the last place tamper still destroys, and what could not be logged is counted.
    for _ in 0..8 {
        bench.act(Principal::device(Role::Sensor), Action::Tamper { class: reading::TamperClass::Fan });
    }
    let tamper = Action::Tamper { class: reading::TamperClass::Battery };
    assert_eq!(bench.act(Principal::device(Role::Sensor), tamper).main, Main::Zeroizing);
    let unlogged = bench.engine.state().base.tenant_log.unlogged;
    assert!(unlogged > 0);
    assert_eq!(bench.engine.log().records(LogName::Tenant).count(), 16);
    bench.drain();
    bench.act(person(Role::User, 1), Action::OpenTicket { ticket: label("T"), troubleshot: true });
    let first = bench.engine.log().records(LogName::Tenant).next().copied().expect("a record");
    assert_eq!((first.kind, u32::from(first.detail)), (record::UNLOGGED, unlogged));
}

#[test]
fn only_what_exists_and_is_not_acknowledged_can_be_acknowledged() {
    let mut bench = Bench::new().operational();
    bench.act(person(Role::User, 1), Action::OpenTicket { ticket: label("T"), troubleshot: true });
    let size = bench.engine.log().size(LogName::Tenant);
    let take = |next| Action::Acknowledge { log: LogName::Tenant, next };
    assert_eq!(bench.act(person(Role::Auditor, 9), take(size + 1)).rule, Rule::AcknowledgesExisting);
    assert_eq!(bench.act(person(Role::Admin, 1), take(size)).rule, Rule::RoleMayNot);
    let waiting = bench.engine.log().size(LogName::Tenant);
    assert_eq!(bench.act(person(Role::Auditor, 9), take(waiting)).rule, Rule::LogAcknowledged);
    assert_eq!(bench.act(person(Role::Auditor, 9), take(waiting)).rule, Rule::AcknowledgesExisting);
}

#[test]
fn nothing_of_the_customer_stays_after_the_return() {
    let mut bench = Bench::new().operational();
    let ended = bench.asked(Subject::VmLinux);
    bench.go(person(Role::Approver, 3), Action::Deny { request: ended, reason: Digest([1; 32]) });
    let nonce = bench.engine.challenge();
    bench.both(Command::new(person(Role::Admin, 1), Action::Zeroize { nonce }).with(person(Role::CryptoOfficer, 2)));
    bench.go(Principal::device(Role::Core), Action::EraseDone { areas: Policy::AZURE.lease.erase_list });
    bench.go(Principal::device(Role::Core), Action::VerifyOk { read_back: Policy::AZURE.lease.erased });
    bench.go(person(Role::Admin, 1), Action::Deprovision {});
    bench.go(person(Role::Pool, 1), Action::Detached { network_unmapped: true });
    let mut bytes = [0; 4096];
    let encoded = postcard::to_slice(bench.engine.state(), &mut bytes).expect("fits");
    assert!(!encoded.windows(4).any(|four| four == [0xc0; 4]));
    assert_eq!(bench.engine.state().base.account, Account::CLOSED);
    assert_eq!(bench.engine.log().size(LogName::Tenant), 0);
    assert!(bench.engine.state().requests.is_empty());
    assert_eq!(bench.engine.state().base.lease.main, Main::PoolConfig);
}

#[test]
fn a_state_has_one_digest_whatever_the_capacities() {
    fn walk<const Q: usize, const O: usize, const T: usize, const L: usize>(engine: Engine<Q, O, T, L>) -> Digest {
        let mut bench = Bench { engine, now: 1_000_000, heard: None }.operational();
        bench.asked(Subject::Device);
        bench.engine.digest()
    }
    let small = walk(Engine::<2, 6, 16, 8>::new(DEVICE, &Policy::AZURE));
    let large = walk(Engine::<9, 30, 16, 8>::new(DEVICE, &Policy::AZURE));
    assert_eq!(small, large);
}

#[test]
fn a_reader_that_disappears_in_the_middle_of_a_drain_loses_nothing() {
    let mut bench = Bench::new().operational();
    let begin = bench.engine.log().size(LogName::Tenant);
    let mut kept: Vec<u32> = Vec::new();
    for number in 0..40_u32 {
        bench.act(person(Role::User, 1), Action::OpenTicket { ticket: label(&format!("T-{number}")), troubleshot: true });
        let waiting: Vec<u32> = bench.engine.log().records(LogName::Tenant).map(|record| record.sequence).collect();
        // Every other reader is gone before it kept anything, and never acknowledges.
        if number % 2 == 0 {
            continue;
        }
        let next = begin + kept.len() as u32;
        kept.extend(waiting.iter().copied().filter(|sequence| *sequence >= next));
        // One of those that kept it all is gone after it acknowledged half.
        let half = waiting[waiting.len() / 2];
        let acknowledged = bench.engine.state().base.tenant_log.acknowledged;
        if number % 4 == 1 && half > acknowledged {
            let take = Action::Acknowledge { log: LogName::Tenant, next: half };
            assert_eq!(bench.act(person(Role::Auditor, 9), take).rule, Rule::LogAcknowledged);
            let first = bench.engine.log().records(LogName::Tenant).next().map(|record| record.sequence);
            assert_eq!(first, Some(half));
        }
        bench.drain_lifecycle();
    }
    assert_eq!(kept, (begin..begin + kept.len() as u32).collect::<Vec<_>>());
    assert_eq!(begin + kept.len() as u32, bench.engine.log().size(LogName::Tenant));
    assert!(kept.len() >= 40);
}

#[test]
fn readings_that_say_the_same_are_not_told_twice() {
    let mut bench = Bench::new().operational();
    let before = sizes(&bench);
    let parts = reading::Parts { worst: reading::Level::Critical, seen: 6, bad: 1 };
    let bad = Reading { fans: parts, ..Reading::default() };
    for _ in 0..20 {
        bench.now += 600;
        for action in bench.engine.sense(Some(Time::from_unix(bench.now)), &bad) {
            bench.act(person(Role::Monitor, 1), action);
        }
    }
    // What changed the device's health, and the alert that several bad polls make; nothing for the others.
    let rules: Vec<&str> = bench
        .engine
        .log()
        .records(LogName::Tenant)
        .skip_while(|record| record.sequence < before[0])
        .map(|record| record.rule.name())
        .collect();
    assert_eq!(rules, ["HealthNotice", "HealthAlert"]);
    assert_eq!(sizes(&bench)[1], before[1]);
}

/// Refusals of as many persons, until so many of the tenant log's places are taken.
fn filled(bench: &mut Bench, places: usize) {
    for number in 100.. {
        if bench.engine.log().records(LogName::Tenant).count() >= places {
            return;
        }
        bench.act(person(Role::Monitor, number), Action::TamperClear {});
    }
}

#[test]
fn what_is_owed_to_the_log_comes_before_an_ordinary_step() {
    let ticket = Action::OpenTicket { ticket: label("T"), troubleshot: true };
    let mut bench = Bench::new().operational();
    // Sixteen places, of which four are reserved.
    filled(&mut bench, 10);
    bench.act(person(Role::Monitor, 1), Action::TamperClear {});
    assert_eq!(bench.clone().act(person(Role::User, 1), ticket).rule, Rule::TicketOpened);
    // The same once more is counted, and the count needs the last place.
    bench.act(person(Role::Monitor, 1), Action::TamperClear {});
    assert_eq!(bench.act(person(Role::User, 1), ticket).rule, Rule::LogHasRoom);
    bench.drain();
    assert_eq!(bench.act(person(Role::User, 1), ticket).rule, Rule::TicketOpened);
}

#[test]
fn the_count_of_what_found_no_place_comes_before_an_ordinary_step() {
    let ticket = Action::OpenTicket { ticket: label("T"), troubleshot: true };
    let mut bench = Bench::new().operational();
    filled(&mut bench, 12);
    bench.act(person(Role::Monitor, 1), Action::TamperClear {});
    assert_eq!(bench.engine.state().base.tenant_log.unlogged, 1);
    for (places, rule) in [(1, Rule::LogHasRoom), (2, Rule::TicketOpened)] {
        let mut bench = bench.clone();
        let next = bench.engine.log().size(LogName::Tenant) - 12 + places;
        bench.act(person(Role::Auditor, 9), Action::Acknowledge { log: LogName::Tenant, next });
        assert_eq!(bench.act(person(Role::User, 1), ticket).rule, rule, "{places}");
    }
}

#[test]
fn only_what_moves_the_device_needs_a_place_in_the_lifecycle_log_too() {
    let ticket = |number: u32| Action::OpenTicket { ticket: label(&format!("T-{number}")), troubleshot: true };
    let clear = Action::TamperClear {};
    let mut bench = Bench::new().operational();
    let sensor = Principal::device(Role::Sensor);
    bench.go(sensor, Action::Tamper { class: reading::TamperClass::Fan });
    bench.go(sensor, Action::TamperCauseGone { class: reading::TamperClass::Fan });
    bench.drain();
    bench.drain_lifecycle();
    // Eight places, of which four are reserved; to take the tenant's records is on the lifecycle's record.
    for _ in 0..4 {
        bench.act(person(Role::Monitor, 1), Action::ReadHealth { reading: Reading::default() });
        bench.act(person(Role::Monitor, 2), Action::Unbound {});
        let next = bench.engine.log().size(LogName::Tenant);
        bench.act(person(Role::Auditor, 9), Action::Acknowledge { log: LogName::Tenant, next });
    }
    assert_eq!(bench.engine.log().records(LogName::Lifecycle).count(), 4);
    assert_eq!(bench.act(person(Role::Admin, 1), clear).rule, Rule::LogHasRoom);
    // A request goes from one status to the next, and the device stays where it is.
    let opened = bench.act(person(Role::User, 1), ticket(1));
    assert_eq!(opened.rule, Rule::TicketOpened);
    let request = opened.request.expect("a ticket has a request");
    assert_eq!(bench.act(person(Role::Engineer, 1), Action::Triage { request }).verdict, Verdict::Accepted);
    bench.drain_lifecycle();
    let cleared = bench.act(person(Role::Admin, 1), clear);
    assert_eq!((cleared.verdict, cleared.main), (Verdict::Accepted, Main::Operational), "{}", cleared.rule.name());
}

#[test]
fn a_count_of_repeated_refusals_names_who_and_what_was_refused() {
    let mut bench = Bench::new().operational();
    let nonce = Id([9; 16]);
    let refused = Command::new(person(Role::Admin, 1), Action::Zeroize { nonce }).with(person(Role::CryptoOfficer, 2));
    for _ in 0..3 {
        assert_eq!(bench.command(refused).rule, Rule::NonceFresh);
    }
    bench.act(person(Role::User, 1), Action::OpenTicket { ticket: label("T"), troubleshot: true });
    let records = bench.engine.log().records(LogName::Tenant);
    let count = records.copied().find(|record| record.kind == record::REPEATED).expect("it is told");
    assert_eq!((count.by, count.second, count.detail), (refused.by, person(Role::CryptoOfficer, 2).id, 2));
    assert_eq!((count.from, count.rule, count.is_refused()), (Verb::Zeroize.code(), Rule::NonceFresh, true));
}

#[test]
fn a_log_in_that_ends_no_count_leaves_no_record() {
    let mut bench = Bench::new().operational();
    let core = Principal::device(Role::Core);
    bench.act(core, Action::LoginFailed {});
    let before = sizes(&bench)[0];
    for _ in 0..3 {
        assert_eq!(bench.act(core, Action::LoginSucceeded {}).rule, Rule::LoginSucceeded);
    }
    assert_eq!(sizes(&bench)[0], before + 1);
}

#[test]
fn the_end_of_an_alert_is_told_even_where_the_device_is_no_better() {
    let mut bench = Bench::new().operational();
    let fans =
        |bad| reading::Parts { worst: if bad == 0 { reading::Level::Good } else { reading::Level::Critical }, seen: 6, bad };
    let mut poll = |bad| {
        bench.now += 600;
        let reading = Reading { fans: fans(bad), ..Reading::default() };
        let reply = bench.act(person(Role::Monitor, 1), Action::ReadHealth { reading });
        bench.drain();
        (reply.rule, reply.health)
    };
    let policy = &Policy::AZURE.health;
    let alerted: Vec<_> = (0..policy.alert).map(|_| poll(1)).collect();
    assert_eq!(alerted.last(), Some(&(Rule::HealthAlert, Health::Trouble)));
    // Good ones, until of the polls that are looked at only the oldest was bad; then one that is bad again.
    for _ in 1..policy.window {
        assert_eq!(poll(0).1, Health::Trouble);
    }
    assert_eq!(poll(1), (Rule::HealthNotice, Health::Trouble));
}
