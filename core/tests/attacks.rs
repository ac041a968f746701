//! Ways round the rules that were tried once, each with the rule that stops it now.

#![allow(clippy::expect_used, clippy::arithmetic_side_effects, clippy::indexing_slicing, reason = "a test fails by a panic")]

mod common;

use common::*;
use strongroom_core::outbox::Kind;
use strongroom_core::reading::{Level, Parts, TamperClass};
use strongroom_core::*;

fn at(seconds: u64) -> Option<Time> {
    Some(Time::from_unix(seconds))
}

fn kinds(bench: &Bench) -> Vec<Kind> {
    bench.engine.pending().iter().map(|entry| entry.kind).collect()
}

fn zeroized() -> Bench {
    let mut bench = Bench::new().operational();
    let nonce = bench.engine.challenge();
    bench.both(Command::new(person(Role::Admin, 1), Action::Zeroize { nonce }).with(person(Role::CryptoOfficer, 2)));
    bench.go(Principal::device(Role::Core), Action::EraseDone { areas: Policy::AZURE.lease.erase_list });
    bench.go(Principal::device(Role::Core), Action::VerifyOk { read_back: Policy::AZURE.lease.erased });
    bench
}

#[test]
fn a_refused_attempt_to_set_the_time_does_not_turn_it_back() {
    let mut bench = Bench::new().operational();
    let number = bench.asked(Subject::VmLinux);
    bench.approve(number);
    let approved = bench.now;
    let engineer = person(Role::Engineer, 1);
    let mut apply = |now, action| bench.engine.apply(at(now), &Command::new(engineer, action)).rule;
    assert_eq!(apply(approved + 30_000, Action::UseAccess { request: number }), Rule::WindowOpen);
    assert_eq!(apply(approved + 100, Action::SetTime {}), Rule::RoleMayNot);
    assert_eq!(apply(approved + 101, Action::UseAccess { request: number }), Rule::TimeForward);
}

#[test]
fn a_clock_set_back_voids_what_was_proved_by_the_old_time() {
    let mut bench = zeroized();
    bench.go(person(Role::Admin, 1), Action::Deprovision {});
    bench.go(person(Role::Pool, 1), Action::Detached { network_unmapped: true });
    bench.now += 400 * 86_400;
    bench.drain();
    assert_eq!(bench.act(person(Role::Pool, 1), baseline()).rule, Rule::ProofFresh);
    let back = bench.now - 400 * 86_400;
    let set = Command::new(person(Role::Pool, 1), Action::SetTime {}).with(person(Role::Pool, 2));
    assert_eq!(bench.engine.apply(at(back), &set).rule, Rule::TimeSet);
    assert_eq!(bench.engine.apply(at(back + 1), &Command::new(person(Role::Pool, 1), baseline())).rule, Rule::ProofPresent);
}

#[test]
fn a_clock_set_back_does_not_put_a_closing_to_sleep() {
    let mut bench = Bench::new().operational();
    let number = bench.asked(Subject::VmLinux);
    bench.approve(number);
    bench.act(person(Role::Engineer, 1), Action::EndAccess { request: number });
    let back = bench.now - 900_000;
    bench.engine.apply(at(back), &Command::new(person(Role::Auditor, 9), Action::SetTime {}));
    assert_eq!(bench.engine.next_deadline(), at(back + 60));
}

#[test]
fn a_step_is_committed_only_where_it_was_decided() {
    let arrive = Command::new(person(Role::Hands, 1), Action::Arrive { serial: DEVICE.serial });
    let here: Engine = Engine::new(DEVICE, &Policy::AZURE);
    let mut there: Engine = Engine::new(Device { serial: label("999"), ..DEVICE }, &Policy::AZURE);
    assert_eq!(there.commit(&here.decide(at(5), &arrive)).rule, Rule::StepIsCurrent);

    let mut denied = Bench::new().operational();
    let number = denied.asked(Subject::VmLinux);
    denied.drain();
    let mut other = denied.clone();
    denied.act(person(Role::Approver, 3), Action::Deny { request: number, reason: Digest([1; 32]) });
    other.act(person(Role::Admin, 1), Action::SetTamperBit { destroys: false });
    let approve = Action::Approve { request: number, duration: None, reason: Digest::NONE };
    let step = other.engine.decide(at(other.now + 1), &Command::new(person(Role::Approver, 3), approve));
    assert!(step.is_accepted());
    assert_eq!(denied.engine.commit(&step).rule, Rule::StepIsCurrent);
    assert_eq!(denied.status(number), Status::Denied);
}

#[test]
fn a_full_tenant_log_does_not_keep_a_device_from_its_return() {
    let mut bench = zeroized();
    bench.act(person(Role::Admin, 1), Action::Deprovision {});
    for number in 0..40 {
        bench.act(person(Role::Monitor, 100 + number), Action::TamperClear {});
    }
    bench.now += 31 * 86_400;
    let next = bench.engine.log().size(LogName::Lifecycle);
    bench.act(person(Role::Pool, 9), Action::Acknowledge { log: LogName::Lifecycle, next });
    assert_eq!(bench.act(person(Role::Pool, 1), Action::Detached { network_unmapped: true }).rule, Rule::T49);
}

#[test]
fn nobody_is_told_to_erase_a_device_that_lives_again() {
    let mut bench = Bench::new().operational();
    let nonce = bench.engine.challenge();
    let core = Principal::device(Role::Core);
    bench.command(Command::new(person(Role::Admin, 1), Action::Zeroize { nonce }).with(person(Role::CryptoOfficer, 2)));
    assert!(kinds(&bench).contains(&Kind::Erase) && kinds(&bench).contains(&Kind::Halt));
    bench.act(core, Action::EraseDone { areas: Policy::AZURE.lease.erase_list });
    assert!(!kinds(&bench).contains(&Kind::Erase));
    bench.act(core, Action::VerifyOk { read_back: Policy::AZURE.lease.erased });
    assert!(!kinds(&bench).contains(&Kind::Halt));
}

#[test]
fn a_monitor_that_fills_the_log_cannot_keep_a_tamper_latched() {
    let mut bench = Bench::new().operational();
    for number in 0..60_u8 {
        let worst = if number % 2 == 0 { Level::Good } else { Level::Critical };
        let reading = Reading { fans: Parts { worst, seen: 6, bad: number % 2 }, ..Reading::default() };
        bench.act(person(Role::Monitor, 1), Action::ReadHealth { reading });
    }
    let sensor = Principal::device(Role::Sensor);
    bench.act(sensor, Action::Tamper { class: TamperClass::Fan });
    assert!(bench.engine.state().base.lease.tamper_on_record);
    bench.drain();
    bench.act(sensor, Action::TamperCauseGone { class: TamperClass::Fan });
    assert_eq!(bench.act(person(Role::Admin, 1), Action::TamperClear {}).rule, Rule::T33);
}

#[test]
fn a_further_fault_does_not_make_a_hard_one_soft() {
    let mut bench = Bench::new().operational();
    let sensor = Principal::device(Role::Sensor);
    bench.go(sensor, Action::FaultHard { code: 1, soft: false });
    bench.go(sensor, Action::FaultHard { code: 2, soft: true });
    bench.drain();
    assert_eq!(bench.act(person(Role::Admin, 1), Action::SoftRecover { self_tests_passed: true }).rule, Rule::FaultWasSoft);
}

#[test]
fn a_good_log_in_sets_the_count_back() {
    let mut bench = Bench::new().operational();
    let core = Principal::device(Role::Core);
    for _ in 0..3 {
        bench.go(core, Action::LoginFailed {});
        bench.go(core, Action::LoginFailed {});
        bench.go(core, Action::LoginSucceeded {});
    }
    assert_eq!(bench.engine.state().base.lease.main, Main::Operational);
}

#[test]
fn what_is_overdue_cannot_be_cancelled_or_ended_as_if_it_were_not() {
    let mut bench = Bench::new().operational();
    let number = bench.asked(Subject::VmLinux);
    bench.now += 345_600;
    assert_eq!(bench.act(person(Role::Engineer, 1), Action::Cancel { request: number }).rule, Rule::InTime);
}

#[test]
fn a_late_tick_does_not_ask_to_open_what_is_over() {
    let mut bench = Bench::new().operational();
    let number = bench.asked(Subject::VmLinux);
    bench.approve(number);
    assert_eq!(kinds(&bench), [Kind::OpenAccess]);
    bench.now += 40_000;
    assert_eq!(bench.command(Command::tick()).rule, Rule::WindowOver);
    assert_eq!(kinds(&bench), [Kind::CloseAccess]);
}

#[test]
fn polling_a_tampered_device_tells_each_tamper_once() {
    let mut bench = Bench::new().operational();
    let fans = Parts { worst: Level::Good, seen: 6, bad: 0 };
    let reading = Reading { tampered: Some(true), tamper: Some(TamperClass::Fan), fans, ..Reading::default() };
    let mut told = Vec::new();
    for _ in 0..4 {
        for action in bench.engine.sense(Some(Time::from_unix(bench.now)), &reading) {
            told.push(
                bench
                    .act(
                        Principal::device(if matches!(action, Action::ReadHealth { .. }) { Role::Core } else { Role::Sensor }),
                        action,
                    )
                    .rule,
            );
        }
    }
    let tampers = told.iter().filter(|rule| matches!(rule, Rule::T27 | Rule::TamperRecorded)).count();
    assert_eq!(tampers, 1, "{told:?}");
}

#[test]
fn a_former_customer_is_not_remembered_by_a_refusal() {
    let mut bench = zeroized();
    bench.go(person(Role::Admin, 1), Action::Deprovision {});
    bench.go(person(Role::Pool, 1), Action::Detached { network_unmapped: true });
    bench.act(person(Role::Admin, 1), Action::Reinit {});
    let disguised = Principal { role: Role::Pool, ..person(Role::Admin, 1) };
    bench.act(disguised, Action::Recheck {});
    bench.act(person(Role::Pool, 1), Action::Recheck {});
    let mut bytes = [0; 4096];
    let state = postcard::to_slice(bench.engine.state(), &mut bytes).expect("fits");
    assert!(!state.windows(4).any(|four| four == [0xc0; 4]));
    for record in bench.engine.log().records(LogName::Lifecycle) {
        assert!(!record.to_bytes().windows(4).any(|four| four == [0xc0; 4]), "{record:?}");
    }
}

#[test]
fn who_may_not_monitor_learns_no_health_from_a_refusal() {
    let mut bench = Bench::new().operational();
    bench.go(person(Role::Admin, 1), Action::SetMonitoring { allowed: false });
    let fans = Parts { worst: Level::Critical, seen: 6, bad: 1 };
    let reading = Reading { fans, ..Reading::default() };
    let own = bench.act(Principal::device(Role::Core), Action::ReadHealth { reading });
    assert_eq!((own.rule, own.health), (Rule::MonitoringAllowed, Health::Unknown), "nor is anything read meanwhile");
    let refused = bench.act(person(Role::Monitor, 1), Action::ReadHealth { reading });
    assert_eq!((refused.rule, refused.health), (Rule::MonitoringAllowed, Health::Unknown));
}

#[test]
fn an_account_without_a_lease_can_be_closed_once_its_log_is_taken() {
    let mut bench = Bench::new().pooled();
    let pia = person(Role::Pool, 1);
    let register = |organisation| Action::Register { organisation, approved: true };
    bench.go(pia, register(CUSTOMER));
    assert_eq!(bench.act(pia, register(Organisation([0x77; 16]))).rule, Rule::AccountFree);
    assert_eq!(bench.act(pia, register(Organisation::NONE)).rule, Rule::AccountFree);
    bench.drain(); // which records that the refusal was repeated
    bench.drain();
    assert_eq!(bench.act(pia, register(Organisation::NONE)).rule, Rule::AccountWritten);
    // Not before the stored area is erased.
    assert_eq!(bench.act(pia, register(Organisation([0x77; 16]))).rule, Rule::AccountFree);
    let area = bench.engine.pending().iter().find(|entry| entry.kind == Kind::EraseTenantArea).expect("asked").id;
    bench.act(Principal::device(Role::Enforcer), Action::Confirm { effect: area });
    bench.drain();
    assert_eq!(bench.act(pia, register(PROVIDER)).rule, Rule::AccountFree);
    assert_eq!(bench.act(pia, register(Organisation([0x77; 16]))).rule, Rule::AccountWritten);
}

#[test]
fn a_banner_is_not_the_output_of_a_command() {
    let mut parser = console::Parser::new();
    parser.feed(b"Manually Zeroized: Yes\r\nWARNING - Tamper(s) Detected:\r\n  Battery removed\r\n");
    parser.feed(b"lunash:>status sysstat show\r\n  System Status:       ISO\r\n\r\nCommand Result : 0 (Success)\r\n");
    parser.feed(b"HSM Tamper State: Tamper(s) detected\r\n");
    let (reading, _) = parser.finish();
    assert_eq!((reading.zeroized, reading.tampered, reading.tamper), (None, None, None));
    assert_eq!(reading.service, Some(reading::Service::InService));
}

#[test]
fn the_provider_does_not_close_an_account_over_a_log_that_nobody_took() {
    let mut bench = Bench::new();
    let pia = person(Role::Pool, 1);
    bench.go(pia, Action::Register { organisation: CUSTOMER, approved: true });
    let exclusion =
        Action::RecordExclusion { kind: Exclusion::BreakGlass, subject: Subject::VmLinux, justification: Digest([1; 32]) };
    let number = bench.act(person(Role::Engineer, 1), exclusion).request.expect("a number");
    let close = Action::Register { organisation: Organisation::NONE, approved: false };
    bench.now += 400 * 86_400;
    assert_eq!(bench.act(pia, close).rule, Rule::AccountFree, "not over an access nobody reviewed");
    bench.go(person(Role::InternalApprover, 2), Action::ReviewExclusion { exclusion: number, finding: Digest([2; 32]) });
    bench.now += 400 * 86_400;
    assert_eq!(bench.act(pia, close).rule, Rule::AccountFree, "however long nobody took the log");
    bench.drain();
    assert_eq!(bench.act(pia, close).rule, Rule::AccountWritten);
}

#[test]
fn a_forbidden_line_does_not_hide_behind_another() {
    let mut bench = Bench::new().operational();
    bench.drain();
    let before = bench.engine.log().size(LogName::Tenant);
    for command in [44, 45, 46] {
        let line = Action::ConsoleLine { command, arguments: lunash::Arguments::None, line: Digest([9; 32]) };
        assert_eq!(bench.act(person(Role::Monitor, 1), line).verdict, Verdict::Refused);
    }
    assert_eq!(bench.engine.log().size(LogName::Tenant), before + 3, "each has its own record");
}

#[test]
fn attempts_at_the_recovery_account_do_not_take_the_places_of_tampers() {
    let mut bench = Bench::new().operational();
    bench.drain();
    for _ in 0..40 {
        bench.act(Principal::device(Role::Sensor), Action::RecoverLogin { succeeded: false });
    }
    bench.act(Principal::device(Role::Sensor), Action::Tamper { class: TamperClass::Fan });
    assert!(bench.engine.state().base.lease.tamper_on_record);
}

#[test]
fn a_full_log_does_not_hold_up_a_review() {
    let mut bench = Bench::new().operational();
    let exclusion =
        Action::RecordExclusion { kind: Exclusion::LegalDemand, subject: Subject::Device, justification: Digest([1; 32]) };
    let number = bench.go(person(Role::Engineer, 1), exclusion).request.expect("a number");
    for number in 0..40 {
        bench.act(person(Role::User, number), Action::SetTamperBit { destroys: true });
    }
    let review = Action::ReviewExclusion { exclusion: number, finding: Digest([2; 32]) };
    assert_eq!(bench.act(person(Role::InternalApprover, 2), review).rule, Rule::ExclusionReviewed);
}

#[test]
fn a_zeroization_ends_what_went_before_it_and_not_what_still_stands() {
    let mut bench = Bench::new().operational();
    let (ada, core) = (person(Role::Admin, 1), Principal::device(Role::Core));
    bench.act(Principal::device(Role::Sensor), Action::Tamper { class: TamperClass::Chassis });
    bench.go(ada, Action::Zeroize { nonce: Id::NOBODY });
    bench.act(core, Action::ErrorSoft {});
    bench.drain();
    bench.act(core, Action::EraseDone { areas: Policy::AZURE.lease.erase_list });
    bench.act(core, Action::VerifyOk { read_back: Policy::AZURE.lease.erased });
    let lease = &bench.engine.state().base.lease;
    assert_eq!((lease.main, lease.latched), (Main::Zeroized, false));
    assert!(lease.causes.contains(TamperClass::Chassis), "the chassis is open as it was");
    assert!(bench.engine.pending().iter().any(|entry| entry.kind == outbox::Kind::Halt), "and the error holds");
}
