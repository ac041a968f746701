//! Deciding and committing: time, persons, nonces, stale steps, explanations.

#![allow(clippy::expect_used, clippy::arithmetic_side_effects, clippy::indexing_slicing, reason = "a test fails by a panic")]

mod common;

use common::*;
use strongroom_core::reading::TamperClass;
use strongroom_core::*;

#[test]
fn deciding_changes_nothing_and_committing_does() {
    let mut engine: Engine = Engine::new(DEVICE, &Policy::AZURE);
    let before = engine.clone();
    let command = Command::new(person(Role::Hands, 1), Action::Arrive { serial: DEVICE.serial });
    let step = engine.decide(Some(Time::from_unix(5)), &command);
    assert!(step.is_accepted() && engine == before);
    assert_eq!(engine.commit(&step).main, Main::Received);
}

#[test]
fn a_step_decided_on_another_state_changes_nothing() {
    let mut engine: Engine = Engine::new(DEVICE, &Policy::AZURE);
    let command = Command::new(person(Role::Hands, 1), Action::Arrive { serial: DEVICE.serial });
    let step = engine.decide(Some(Time::from_unix(5)), &command);
    engine.commit(&step);
    let after = engine.clone();
    let reply = engine.commit(&step);
    assert_eq!((reply.verdict, reply.rule), (Verdict::Refused, Rule::StepIsCurrent));
    assert!(engine == after);
}

#[test]
fn a_vacant_engine_refuses_everything() {
    let mut engine: Engine = Engine::vacant();
    let reply =
        engine.apply(Some(Time::from_unix(5)), &Command::new(person(Role::Hands, 1), Action::Arrive { serial: DEVICE.serial }));
    assert_eq!((reply.verdict, reply.rule), (Verdict::Refused, Rule::PolicyIsCurrent));
}

#[test]
fn time_that_goes_back_or_is_unknown_refuses_all_but_what_ends_or_destroys() {
    let mut bench = Bench::new().operational();
    let admin = person(Role::Admin, 1);
    let early = Some(Time::from_unix(bench.now - 10));
    let switch = Command::new(admin, Action::SetTamperBit { destroys: true });
    assert_eq!(bench.engine.apply(early, &switch).rule, Rule::TimeForward);
    assert_eq!(bench.engine.apply(None, &switch).rule, Rule::TimeKnown);
    let tamper = Command::new(Principal::device(Role::Sensor), Action::Tamper { class: TamperClass::Fan });
    assert_eq!(bench.engine.decide(early, &tamper).at().as_unix(), bench.now, "at the last time that was good");
    assert_eq!(bench.engine.apply(early, &tamper).rule, Rule::T27);
    let record = *bench.engine.log().records(LogName::Tenant).last().expect("a record");
    assert_eq!(record.flags & audit::record::LAST_GOOD_TIME, audit::record::LAST_GOOD_TIME);
    assert_eq!(record.at.as_unix(), bench.now);
}

#[test]
fn an_organisation_that_is_not_served_is_refused() {
    let mut bench = Bench::new().operational();
    let stranger = Principal { organisation: Organisation([0x11; 16]), ..person(Role::Admin, 1) };
    assert_eq!(bench.act(stranger, Action::SetTamperBit { destroys: true }).rule, Rule::OrganisationMatches);
    let rival = Principal { organisation: Organisation([0x11; 16]), ..person(Role::Pool, 1) };
    assert_eq!(bench.act(rival, Action::SetPlan { plan: Plan::Basic }).rule, Rule::OrganisationMatches);
}

#[test]
fn the_second_person_is_another_one_of_the_same_organisation() {
    let mut bench = Bench::new().operational();
    let nonce = bench.engine.challenge();
    let admin = person(Role::Admin, 1);
    let zeroize = Command::new(admin, Action::Zeroize { nonce });
    assert_eq!(bench.command(zeroize).rule, Rule::TwoPersons);
    let twice = Principal { role: Role::CryptoOfficer, ..admin };
    assert_eq!(bench.command(zeroize.with(twice)).rule, Rule::SecondIsAnother);
    assert_eq!(bench.command(zeroize.with(person(Role::Pool, 2))).rule, Rule::SecondIsAnother);
    assert_eq!(bench.command(zeroize.with(person(Role::CryptoOfficer, 2))).rule, Rule::T30);
}

#[test]
fn a_challenge_works_once() {
    let mut bench = Bench::new().operational();
    let nonce = bench.engine.challenge();
    let zeroize = Command::new(person(Role::Admin, 1), Action::Zeroize { nonce }).with(person(Role::CryptoOfficer, 2));
    bench.both(zeroize);
    bench.go(Principal::device(Role::Core), Action::EraseDone { areas: Policy::AZURE.lease.erase_list });
    bench.go(Principal::device(Role::Core), Action::VerifyOk { read_back: Policy::AZURE.lease.erased });
    let evidence = bench.engine.state().base.lease.evidence.expect("proved");
    assert_eq!((evidence.class, evidence.nonce), (lease::evidence::Class::Verified, nonce));
    bench.go(person(Role::Admin, 1), Action::Reinit {});
    bench.drain();
    assert_eq!(bench.command(zeroize).rule, Rule::NonceFresh);
}

#[test]
fn a_proof_goes_stale() {
    let mut bench = Bench::new().pooled();
    bench.go(person(Role::Pool, 1), Action::Recheck {});
    bench.drain();
    assert_eq!(bench.act(person(Role::Pool, 1), baseline()).rule, Rule::ProofPresent);
    let mut bench = Bench::new().operational();
    let nonce = bench.engine.challenge();
    bench.both(Command::new(person(Role::Admin, 1), Action::Zeroize { nonce }).with(person(Role::CryptoOfficer, 2)));
    bench.go(Principal::device(Role::Core), Action::EraseDone { areas: Policy::AZURE.lease.erase_list });
    bench.go(Principal::device(Role::Core), Action::VerifyOk { read_back: Policy::AZURE.lease.erased });
    bench.go(person(Role::Admin, 1), Action::Deprovision {});
    bench.go(person(Role::Pool, 1), Action::Detached { network_unmapped: true });
    bench.now += 86_400;
    bench.drain();
    assert_eq!(bench.act(person(Role::Pool, 1), baseline()).rule, Rule::ProofFresh);
}

#[test]
fn the_customers_tamper_bit_decides_in_service_and_the_battery_always() {
    let classes =
        [(false, TamperClass::Fan, Rule::T27), (true, TamperClass::Fan, Rule::T28), (false, TamperClass::Battery, Rule::T28)];
    for (destroys, class, rule) in classes {
        let mut bench = Bench::new().operational();
        bench.go(person(Role::Admin, 1), Action::SetTamperBit { destroys });
        assert_eq!(bench.act(Principal::device(Role::Sensor), Action::Tamper { class }).rule, rule);
    }
}

#[test]
fn a_failure_in_service_keeps_the_tamper_bits_word() {
    let mut bench = Bench::new().operational();
    let sensor = Principal::device(Role::Sensor);
    bench.go(sensor, Action::FaultHard { code: 30, soft: true });
    let tampered = bench.go(sensor, Action::Tamper { class: TamperClass::Chassis });
    assert_eq!((tampered.rule, tampered.main), (Rule::T56, Main::Failed));
    let recovered = bench.go(person(Role::Admin, 1), Action::SoftRecover { self_tests_passed: true });
    assert_eq!((recovered.rule, recovered.main), (Rule::T57, Main::TamperLatched));
}

#[test]
fn three_wrong_log_ins_destroy() {
    let mut bench = Bench::new().operational();
    let core = Principal::device(Role::Core);
    let rules: Vec<Rule> = (0..3).map(|_| bench.go(core, Action::LoginFailed {}).rule).collect();
    assert_eq!(rules, [Rule::LoginFailureCounted, Rule::LoginFailureCounted, Rule::T29]);
}

#[test]
fn an_erasure_that_keeps_failing_leads_to_quarantine() {
    let mut bench = Bench::new().operational();
    bench.go(Principal::device(Role::Sensor), Action::Tamper { class: TamperClass::Battery });
    let core = Principal::device(Role::Core);
    let rules: Vec<Rule> = (0..3).map(|_| bench.go(core, Action::EraseFail {}).rule).collect();
    assert_eq!(rules, [Rule::EraseRetried, Rule::EraseRetried, Rule::T40]);
    assert_eq!(bench.engine.state().base.lease.main, Main::Quarantined);
}

#[test]
fn a_confirmation_never_removes_what_was_asked_for_later() {
    let mut bench = Bench::new().operational();
    let sensor = Principal::device(Role::Sensor);
    bench.act(sensor, Action::Tamper { class: TamperClass::Fan });
    let first = bench.engine.pending().iter().find(|entry| entry.kind == outbox::Kind::NotifyCustomer).expect("told").id;
    bench.act(sensor, Action::FaultHard { code: 30, soft: false });
    let enforcer = Principal::device(Role::Enforcer);
    assert_eq!(bench.act(enforcer, Action::Confirm { effect: first }).rule, Rule::EffectPending);
    let merged = bench.engine.pending().iter().find(|entry| entry.kind == outbox::Kind::NotifyCustomer).expect("still there");
    assert_eq!(merged.about, outbox::Notice::TAMPER | outbox::Notice::LEASE | outbox::Notice::FAILURE);
}

#[test]
fn explaining_lists_the_rules_in_order_and_decides_the_same() {
    struct Heard(Vec<(Rule, bool)>);
    impl Trace for Heard {
        fn consulted(&mut self, rule: Rule, held: bool) {
            self.0.push((rule, held));
        }
    }
    let bench = Bench::new().operational();
    let command = Command::new(person(Role::Admin, 1), Action::TamperClear {});
    let now = Some(Time::from_unix(bench.now + 1));
    let mut heard = Heard(Vec::new());
    let explained = bench.engine.explain(now, &command, &mut heard);
    assert_eq!(explained, bench.engine.decide(now, &command));
    assert_eq!(heard.0.last(), Some(&(Rule::NotInChart, false)));
    assert!(heard.0.iter().rev().skip(1).all(|(_, held)| *held));
}

#[test]
fn setting_the_time_ends_every_window_and_begins_an_epoch() {
    let mut bench = Bench::new().operational();
    let number = bench.asked(Subject::VmLinux);
    let auditor = person(Role::Auditor, 9);
    let back = Some(Time::from_unix(bench.now - 5_000));
    assert_eq!(bench.engine.apply(back, &Command::new(person(Role::Admin, 1), Action::SetTime {})).rule, Rule::RoleMayNot);
    assert_eq!(bench.engine.apply(back, &Command::new(auditor, Action::SetTime {})).rule, Rule::TimeSet);
    assert_eq!((bench.status(number), bench.engine.state().base.clock.epoch), (Status::Cancelled, 1));
}

#[test]
fn whoever_is_not_served_or_kept_from_monitoring_is_not_told_the_health() {
    let mut bench = Bench::new().operational();
    let bad = reading::Parts { worst: reading::Level::Critical, seen: 6, bad: 1 };
    let reading = Reading { fans: bad, ..Reading::default() };
    for action in bench.engine.sense(Some(Time::from_unix(bench.now)), &reading) {
        bench.go(person(Role::Monitor, 1), action);
    }
    let poke = Action::TamperClear {};
    assert_eq!(bench.act(person(Role::Monitor, 1), poke).health, Health::Trouble);
    let stranger = Principal { organisation: Organisation([0x11; 16]), ..person(Role::Admin, 1) };
    assert_eq!(bench.act(stranger, poke).health, Health::Unknown);
    bench.go(person(Role::Admin, 1), Action::SetMonitoring { allowed: false });
    for action in bench.engine.sense(Some(Time::from_unix(bench.now)), &reading) {
        bench.act(Principal::device(Role::Sensor), action);
    }
    assert_eq!(bench.act(person(Role::Monitor, 1), poke).health, Health::Unknown);
}

#[test]
fn a_clock_that_is_set_to_the_time_it_has_voids_no_proof() {
    let mut bench = Bench::new().operational();
    let nonce = bench.engine.challenge();
    bench.both(Command::new(person(Role::Admin, 1), Action::Zeroize { nonce }).with(person(Role::CryptoOfficer, 2)));
    bench.go(Principal::device(Role::Core), Action::EraseDone { areas: Policy::AZURE.lease.erase_list });
    bench.go(Principal::device(Role::Core), Action::VerifyOk { read_back: Policy::AZURE.lease.erased });
    let mut set_to = |now| {
        let now = Some(Time::from_unix(now));
        assert_eq!(bench.engine.apply(now, &Command::new(person(Role::Auditor, 9), Action::SetTime {})).rule, Rule::TimeSet);
        bench.engine.state().base.lease.evidence.is_some()
    };
    let last = bench.now;
    assert!(set_to(last) && !set_to(last - 1));
}

#[test]
fn a_notice_to_the_customer_says_nothing_of_what_waits_beside_it() {
    let mut bench = Bench::new().operational();
    bench.submitted(Subject::VmLinux);
    let number = bench.asked(Subject::VmLinux);
    bench.approve(number);
    // Its number, taken for bits, would say something else than what is told.
    assert_eq!(number & (outbox::Notice::TAMPER | outbox::Notice::LEASE), 0);
    bench.act(Principal::device(Role::Sensor), Action::Tamper { class: TamperClass::Fan });
    let waiting = |kind| bench.engine.pending().iter().find(|entry| entry.kind == kind).map(|entry| entry.about);
    assert_eq!(waiting(outbox::Kind::NotifyCustomer), Some(outbox::Notice::TAMPER | outbox::Notice::LEASE));
    assert_eq!(waiting(outbox::Kind::CloseAccess).or(waiting(outbox::Kind::OpenAccess)), Some(number));
}

#[test]
fn an_effect_is_no_alarm_before_its_retries_are_used_up() {
    let mut bench = Bench::new().operational();
    bench.act(Principal::device(Role::Sensor), Action::Tamper { class: TamperClass::Fan });
    assert!(!bench.engine.pending().is_empty());
    assert!(bench.engine.pending().iter().all(|entry| !entry.is_alarm()));
}

#[test]
fn a_device_is_redundant_in_sync_running_and_with_enough_others() {
    use lease::execution::Execution;
    use lease::membership::Membership;
    let mut lease = Bench::new().operational().engine.state().base.lease.clone();
    (lease.membership, lease.execution, lease.peers) = (Membership::InSync, Execution::Running, 1);
    assert!(lease.is_redundant(2) && lease.is_redundant(1) && !lease.is_redundant(3));
    assert!(!lease::Lease { execution: Execution::ErrorSoft, ..lease.clone() }.is_redundant(2));
    assert!(!lease::Lease { membership: Membership::NeedsSync, ..lease }.is_redundant(2));
}

#[test]
fn where_the_clock_is_set_back_reviews_have_their_time_from_then() {
    let mut bench = Bench::new().operational();
    let access =
        Action::RecordExclusion { kind: Exclusion::BreakGlass, subject: Subject::VmLinux, justification: Digest([1; 32]) };
    bench.go(person(Role::Engineer, 1), access);
    let back = Time::from_unix(bench.now - 5_000);
    let set = Command::new(person(Role::Auditor, 9), Action::SetTime {});
    assert_eq!(bench.engine.apply(Some(back), &set).rule, Rule::TimeSet);
    let due = bench.engine.state().exclusions[0].due;
    assert_eq!(due, Some(back.after(Policy::AZURE.lockbox.review_within)));
}

#[test]
fn a_number_that_is_no_console_command_is_not_one_whoever_sends_it() {
    use strongroom_core::lunash::COMMANDS;
    let mut bench = Bench::new().operational();
    for role in [Role::Monitor, Role::Pool] {
        let line = |command| Action::ConsoleLine { command, arguments: lunash::Arguments::None, line: Digest::NONE };
        assert_eq!(bench.act(person(role, 1), line(COMMANDS)).rule, Rule::CommandKnown);
        assert_ne!(bench.act(person(role, 1), line(COMMANDS - 1)).rule, Rule::CommandKnown);
    }
}
