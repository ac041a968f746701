//! What holds after any commands at any times, by anybody.

#![allow(clippy::expect_used, clippy::arithmetic_side_effects, clippy::indexing_slicing, reason = "a test fails by a panic")]

mod common;

use common::*;
use proptest::prelude::*;
use strongroom_core::reading::TamperClass;
use strongroom_core::*;

/// Commands that know nothing of the state.
fn anything() -> impl Strategy<Value = (Option<u64>, Command)> {
    let request = 0..6_u32;
    let action = prop_oneof![
        Just(Action::Arrive { serial: DEVICE.serial }),
        any::<bool>().prop_map(|destroys| Action::SetTamperBit { destroys }),
        any::<bool>().prop_map(|allowed| Action::SetMonitoring { allowed }),
        prop_oneof![Just(TamperClass::Fan), Just(TamperClass::Battery)].prop_map(|class| Action::Tamper { class }),
        Just(Action::TamperClear {}),
        Just(Action::TamperCauseGone { class: TamperClass::Fan }),
        any::<bool>().prop_map(|soft| Action::FaultHard { code: 1, soft }),
        Just(Action::SoftRecover { self_tests_passed: true }),
        Just(Action::LoginFailed {}),
        Just(Action::Boot { self_test_passed: true }),
        Just(Action::EraseDone { areas: Policy::AZURE.lease.erase_list }),
        Just(Action::EraseFail {}),
        Just(Action::VerifyOk { read_back: Policy::AZURE.lease.erased }),
        Just(Action::VerifyFail {}),
        Just(Action::Reinit {}),
        Just(Action::Init { cloning_domain: Digest([1; 32]) }),
        Just(Action::Deprovision {}),
        Just(Action::Detached { network_unmapped: true }),
        Just(baseline()),
        Just(Action::ZeroizedSeen {}),
        (0..3_u8).prop_map(|ticket| Action::OpenTicket { ticket: label(&format!("T-{ticket}")), troubleshot: true }),
        request.clone().prop_map(|request| Action::Triage { request }),
        ((0..3_u8), any::<bool>()).prop_map(|(ticket, device)| {
            let subject = if device { Subject::Device } else { Subject::VmLinux };
            Action::RequestAccess { ticket: label(&format!("T-{ticket}")), follows: None, terms: terms(subject) }
        }),
        request.clone().prop_map(|request| Action::Evaluate { request }),
        request.clone().prop_map(|request| Action::AskCustomer { request }),
        request.clone().prop_map(|request| Action::Approve { request, duration: None, reason: Digest::NONE }),
        request.clone().prop_map(|request| Action::Deny { request, reason: Digest([1; 32]) }),
        request.clone().prop_map(|request| Action::UseAccess { request }),
        request.clone().prop_map(|request| Action::Revoke { request, reason: Digest([1; 32]) }),
        request.prop_map(|request| Action::EndAccess { request }),
        (any::<bool>(), 0..400_u32).prop_map(|(tenant, next)| {
            Action::Acknowledge { log: if tenant { LogName::Tenant } else { LogName::Lifecycle }, next }
        }),
        (0..60_u32).prop_map(|effect| Action::Confirm { effect }),
        Just(Action::Tick {}),
        Just(Action::SetTime {}),
    ];
    let who = (prop::sample::select(Role::ALL), 1..5_u8).prop_map(|(role, number)| person(role, number));
    let rightly = any::<prop::sample::Index>();
    let span = prop_oneof![Just(0_u64), 1..100_u64, Just(28_800), Just(345_600)];
    let time = prop_oneof![9 => span.prop_map(Some), 1 => Just(None)];
    (time, who, rightly, action).prop_map(|(time, who, pick, action)| {
        // Mostly somebody who may, so that sequences come far.
        let usual = usual(&action);
        let by = if pick.index(10) == 0 || usual.is_empty() { who } else { usual[pick.index(usual.len())] };
        (time, Command::new(by, action))
    })
}

fn usual(action: &Action) -> Vec<Principal> {
    let role = match action.verb() {
        Verb::OpenTicket => Role::User,
        Verb::Triage | Verb::RequestAccess | Verb::AskCustomer | Verb::UseAccess | Verb::EndAccess => Role::Engineer,
        Verb::Evaluate => Role::JitService,
        Verb::Approve | Verb::Deny => return vec![person(Role::Approver, 3), person(Role::Approver, 4)],
        Verb::Tamper | Verb::TamperCauseGone | Verb::FaultHard | Verb::ZeroizedSeen => Role::Sensor,
        Verb::Boot | Verb::EraseDone | Verb::EraseFail | Verb::VerifyOk | Verb::VerifyFail | Verb::LoginFailed => Role::Core,
        Verb::Confirm => Role::Enforcer,
        Verb::Tick => Role::Clock,
        Verb::Acknowledge => return vec![person(Role::Auditor, 1), person(Role::Pool, 1)],
        Verb::Detached | Verb::BaselineOk => Role::Pool,
        _ => Role::Admin,
    };
    vec![person(role, 1)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn the_invariants_hold_after_every_step(commands in prop::collection::vec(anything(), 1..80)) {
        let mut bench = Bench::new().operational();
        for (span, command) in commands {
            let now = span.map(|span| { bench.now += span; Time::from_unix(bench.now) });
            invariants::step(&mut bench.engine, now, &command);
        }
        let years = Seconds::days(4000);
        invariants::tick(&mut bench.engine, Time::from_unix(bench.now).after(years));
    }

    #[test]
    fn a_frame_of_random_bytes_is_an_error_and_never_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(wire::decode::<wire::Answer>(&bytes).is_err());
        let mut receiver = wire::Receiver::new();
        for byte in &bytes {
            prop_assert!(!matches!(receiver.feed::<wire::Answer>(*byte), Some(Ok(_))));
        }
    }

    #[test]
    fn every_command_survives_the_wire((span, command) in anything()) {
        let message: wire::Message = wire::Message::Command { engine: 3, line: 9, at: span.map(Time::from_unix), command };
        let mut frame = [0; wire::MAX_FRAME];
        let length = wire::encode(&message, &mut frame).expect("fits");
        prop_assert_eq!(wire::decode(&frame[..length]), Ok(message));
    }
}
