//! The lockbox, at the edges of its windows and of its roster.

#![allow(clippy::expect_used, clippy::arithmetic_side_effects, clippy::indexing_slicing, reason = "a test fails by a panic")]

mod common;

use common::*;
use strongroom_core::*;

const DAYS_4: u64 = 345_600;
const HOURS_8: u64 = 28_800;

fn approve_at(mut bench: Bench, number: RequestNumber, now: u64) -> Reply {
    let approver = person(Role::Approver, 3);
    let action = Action::Approve { request: number, duration: None, reason: Digest::NONE };
    bench.engine.apply(Some(Time::from_unix(now)), &Command::new(approver, action))
}

#[test]
fn the_window_to_decide_is_four_days_and_half_open() {
    let mut bench = Bench::new().operational();
    let number = bench.asked(Subject::VmLinux);
    let notified = bench.engine.state().request(number).expect("there").since.as_unix();
    assert_eq!(approve_at(bench.clone(), number, notified + DAYS_4 - 1).rule, Rule::AccessApproved);
    // Nobody called tick: the verdict compares with the time all the same (D-26).
    assert_eq!(approve_at(bench, number, notified + DAYS_4).rule, Rule::InTime);
}

#[test]
fn access_is_eight_hours_from_the_approval_and_half_open() {
    let mut bench = Bench::new().operational();
    let number = bench.asked(Subject::VmLinux);
    bench.now += 3 * 86_400;
    assert_eq!(bench.approve(number).rule, Rule::AccessApproved);
    let approved = bench.now;
    let engineer = person(Role::Engineer, 1);
    let mut use_at =
        |now| bench.engine.apply(Some(Time::from_unix(now)), &Command::new(engineer, Action::UseAccess { request: number }));
    assert_eq!(use_at(approved + HOURS_8 - 1).rule, Rule::AccessUsed);
    assert_eq!(use_at(approved + HOURS_8).rule, Rule::WindowOpen);
}

#[test]
fn a_grant_that_ended_stays_visible_until_it_is_confirmed_closed() {
    let mut bench = Bench::new().operational();
    let number = bench.asked(Subject::VmLinux);
    bench.approve(number);
    bench.now += HOURS_8;
    let effects = |bench: &Bench| bench.engine.pending().iter().map(|entry| entry.kind).collect::<Vec<_>>();
    // The opening was never confirmed; the closing takes its place.
    while bench.engine.is_due(Time::from_unix(bench.now)) {
        bench.command(Command::tick());
    }
    assert_eq!((bench.status(number), effects(&bench)), (Status::Ending, vec![outbox::Kind::CloseAccess]));
    // Five retries a minute apart, then the alarm stays.
    for _ in 0..6 {
        bench.now += 60;
        bench.command(Command::tick());
    }
    let alarm = bench.engine.pending()[0].clone();
    assert!(alarm.is_alarm());
    assert_eq!(bench.engine.next_deadline(), None);
    bench.act(Principal::device(Role::Enforcer), Action::Confirm { effect: alarm.id });
    assert_eq!((bench.status(number), effects(&bench)), (Status::Ended, vec![]));
}

#[test]
fn the_roster_is_the_one_of_the_submission() {
    let mut bench = Bench::new().operational();
    let number = bench.asked(Subject::VmLinux);
    let late = person(Role::Approver, 8);
    bench.go(person(Role::Admin, 1), Action::SetRoster { approvers: Roster::new(&[late.id]).expect("fits") });
    let by_late = Action::Approve { request: number, duration: None, reason: Digest::NONE };
    assert_eq!(bench.act(late, by_late).rule, Rule::OnFrozenRoster);
    assert_eq!(bench.approve(number).rule, Rule::AccessApproved);
    // Revoking asks for who is an approver now (D-04).
    let revoke = Action::Revoke { request: number, reason: Digest([9; 32]) };
    assert_eq!(bench.act(person(Role::Approver, 3), revoke).rule, Rule::ApproverNow);
    assert_eq!(bench.act(late, revoke).rule, Rule::AccessRevoked);
    assert_eq!(bench.status(number), Status::Revoking);
}

#[test]
fn nobody_approves_a_request_of_their_own_whatever_their_role() {
    let mut bench = Bench::new().operational();
    let engineer = person(Role::Engineer, 1);
    let guest = Principal { role: Role::Approver, organisation: CUSTOMER, id: engineer.id };
    let approvers = Roster::new(&[guest.id, person(Role::Approver, 3).id]).expect("two fit");
    bench.go(person(Role::Admin, 1), Action::SetRoster { approvers });
    let number = bench.asked(Subject::VmLinux);
    let approve = Action::Approve { request: number, duration: None, reason: Digest::NONE };
    assert_eq!(bench.act(guest, approve).rule, Rule::NotOneself);
}

#[test]
fn a_roster_without_anybody_eligible_refuses_the_request_at_once() {
    let mut bench = Bench::new().operational();
    bench
        .go(person(Role::Admin, 1), Action::SetRoster { approvers: Roster::new(&[person(Role::Engineer, 1).id]).expect("fits") });
    let ticket = label("T-9");
    let number = bench.go(person(Role::User, 1), Action::OpenTicket { ticket, troubleshot: true }).request.expect("made");
    bench.go(person(Role::Engineer, 1), Action::Triage { request: number });
    let ask = Action::RequestAccess { ticket, follows: None, terms: terms(Subject::VmLinux) };
    assert_eq!(bench.act(person(Role::Engineer, 1), ask).rule, Rule::SomebodyEligible);
}

#[test]
fn neither_isolated_identity_nor_multi_factor_is_rejected() {
    let mut bench = Bench::new().operational();
    for (isolated_identity, multi_factor, rule) in
        [(true, false, Rule::JitPasses), (false, true, Rule::JitPasses), (false, false, Rule::JitRejectsIdentity)]
    {
        let ticket = label("T-9");
        let number = bench.go(person(Role::User, 1), Action::OpenTicket { ticket, troubleshot: true }).request.expect("made");
        bench.go(person(Role::Engineer, 1), Action::Triage { request: number });
        let terms = AccessTerms { isolated_identity, multi_factor, ..terms(Subject::VmLinux) };
        bench.go(person(Role::Engineer, 1), Action::RequestAccess { ticket, follows: None, terms });
        assert_eq!(bench.go(person(Role::JitService, 1), Action::Evaluate { request: number }).rule, rule);
        if rule == Rule::JitPasses {
            bench.go(person(Role::Engineer, 1), Action::Cancel { request: number });
        }
    }
}

#[test]
fn the_catalogue_and_the_plan_decide_what_can_be_asked_for() {
    let mut bench = Bench::new().operational();
    let ticket = label("T-9");
    let number = bench.go(person(Role::User, 1), Action::OpenTicket { ticket, troubleshot: true }).request.expect("made");
    bench.go(person(Role::Engineer, 1), Action::Triage { request: number });
    let ask = |bench: &mut Bench, subject| {
        bench.act(person(Role::Engineer, 1), Action::RequestAccess { ticket, follows: None, terms: terms(subject) }).rule
    };
    assert_eq!(ask(&mut bench, Subject::VmClassic), Rule::ClassicMigrates);
    assert_eq!(ask(&mut bench, Subject::Storage), Rule::PreviewOptedIn);
    bench.go(person(Role::Pool, 1), Action::SetPlan { plan: Plan::Basic });
    assert_eq!(ask(&mut bench, Subject::VmLinux), Rule::PlanEligible);
    bench.go(person(Role::Pool, 1), Action::SetPlan { plan: Plan::Developer });
    let previews = Subjects::of(&[Subject::Storage]);
    bench.go(person(Role::Admin, 1), Action::SetOptIns { lockbox: false, previews });
    assert_eq!(ask(&mut bench, Subject::Storage), Rule::AccessRequested);
}

#[test]
fn a_full_queue_is_an_answer_and_a_settled_request_makes_room() {
    let mut bench = Bench::new().operational();
    let numbers: Vec<_> = (0..4).map(|_| bench.asked(Subject::VmLinux)).collect();
    let open = Action::OpenTicket { ticket: label("T-full"), troubleshot: true };
    let before = bench.engine.state().requests.clone();
    assert_eq!(bench.act(person(Role::User, 1), open).rule, Rule::RequestsHaveRoom);
    assert_eq!(bench.engine.state().requests, before);
    bench.go(person(Role::Approver, 3), Action::Deny { request: numbers[1], reason: Digest([1; 32]) });
    assert_eq!(bench.go(person(Role::User, 1), open).rule, Rule::TicketOpened);
    assert!(bench.engine.state().request(numbers[1]).is_none());
}

#[test]
fn the_approver_may_shorten_and_never_lengthen() {
    let mut bench = Bench::new().operational();
    let number = bench.asked(Subject::VmLinux);
    let approve = |duration| Action::Approve { request: number, duration: Some(duration), reason: Digest::NONE };
    let approver = person(Role::Approver, 3);
    assert_eq!(bench.act(approver, approve(Seconds(28_801))).rule, Rule::NotLengthened);
    assert_eq!(bench.act(approver, approve(Seconds(600))).rule, Rule::ShortenedByApprover);
    let request = bench.engine.state().request(number).expect("there");
    assert!(request.grants_at(Time::from_unix(bench.now + 599)) && !request.grants_at(Time::from_unix(bench.now + 600)));
}

#[test]
fn the_end_of_the_lease_ends_what_is_about_the_device_and_nothing_else() {
    let mut bench = Bench::new().operational();
    let (about_device, about_service) = (bench.asked(Subject::Device), bench.asked(Subject::VmLinux));
    bench.approve(about_device);
    bench.approve(about_service);
    bench.act(Principal::device(Role::Sensor), Action::Tamper { class: reading::TamperClass::Battery });
    assert_eq!((bench.status(about_device), bench.status(about_service)), (Status::Ending, Status::Approved));
}

#[test]
fn a_boot_without_trusted_time_ends_every_window() {
    let mut bench = Bench::new().operational();
    let (granted, asked) = (bench.asked(Subject::VmLinux), bench.asked(Subject::VmLinux));
    bench.approve(granted);
    let mut trusted = bench.clone();
    trusted.act(Principal::device(Role::Core), Action::Boot { self_test_passed: true });
    assert_eq!((trusted.status(granted), trusted.status(asked)), (Status::Approved, Status::CustomerNotified));
    bench.engine.apply(None, &Command::new(Principal::device(Role::Core), Action::Boot { self_test_passed: true }));
    assert_eq!((bench.status(granted), bench.status(asked)), (Status::Ending, Status::Cancelled));
}

#[test]
fn a_request_without_customer_data_is_settled_once_it_passed_and_makes_place() {
    for customer_data in [false, true] {
        let mut bench = Bench::new().operational();
        let open = |bench: &mut Bench, number: u8| {
            bench.drain();
            let ticket = label(&format!("T-{number}"));
            (ticket, bench.act(person(Role::User, 1), Action::OpenTicket { ticket, troubleshot: true }))
        };
        // There is place for four.
        for number in 0..4 {
            let (ticket, opened) = open(&mut bench, number);
            let request = opened.request.expect("made");
            let (engineer, terms) = (person(Role::Engineer, 1), AccessTerms { customer_data, ..terms(Subject::VmLinux) });
            bench.go(engineer, Action::Triage { request });
            bench.go(engineer, Action::RequestAccess { ticket, follows: None, terms });
            bench.go(person(Role::JitService, 1), Action::Evaluate { request });
            assert_eq!(bench.status(request), Status::JitPassed);
        }
        let (_, fifth) = open(&mut bench, 5);
        assert_eq!(fifth.verdict == Verdict::Accepted, !customer_data, "{}", fifth.rule.name());
    }
}
