//! What a reading of the console comes to: tamper that is news, causes that are gone, a fault that is confirmed.

#![allow(clippy::expect_used, clippy::arithmetic_side_effects, clippy::indexing_slicing, reason = "a test fails by a panic")]

mod common;

use common::*;
use strongroom_core::reading::{Level, Parts, Service, TamperClass};
use strongroom_core::*;

/// What the engine would do about a reading, but for noting it.
fn called_for(bench: &Bench, reading: &Reading) -> Vec<Action> {
    let mut actions = bench.engine.sense(Some(Time::from_unix(bench.now)), reading).into_iter();
    assert_eq!(actions.next(), Some(Action::ReadHealth { reading: *reading }));
    actions.collect()
}

fn tampered(class: TamperClass) -> Bench {
    let mut bench = Bench::new().operational();
    bench.go(Principal::device(Role::Sensor), Action::Tamper { class });
    bench
}

#[test]
fn a_tamper_without_a_name_is_news_only_where_none_is_known() {
    let unnamed = Reading { tampered: Some(true), ..Reading::default() };
    let told = [Action::Tamper { class: TamperClass::Unspecified }];
    assert_eq!(called_for(&Bench::new().operational(), &unnamed), told);
    assert_eq!(called_for(&tampered(TamperClass::Fan), &unnamed), []);
}

#[test]
fn a_tamper_with_a_name_is_news_beside_another() {
    let named = Reading { tampered: Some(true), tamper: Some(TamperClass::Chassis), ..Reading::default() };
    let told = [Action::Tamper { class: TamperClass::Chassis }];
    assert_eq!(called_for(&tampered(TamperClass::Fan), &named), told);
    assert_eq!(called_for(&tampered(TamperClass::Chassis), &named), []);
}

#[test]
fn the_cause_of_a_tamper_is_gone_where_its_own_sensor_was_seen_and_is_good() {
    let fans = |seen, bad| Reading { fans: Parts { worst: Level::Good, seen, bad }, ..Reading::default() };
    let bench = tampered(TamperClass::Fan);
    let gone = [Action::TamperCauseGone { class: TamperClass::Fan }];
    assert_eq!(called_for(&bench, &fans(6, 0)), gone);
    for reading in [fans(0, 0), fans(6, 1), Reading { tampered: Some(false), ..Reading::default() }] {
        assert_eq!(called_for(&bench, &reading), []);
    }
}

#[test]
fn a_fault_is_told_once_several_polls_found_the_device_out_of_service() {
    let out = |code| Reading { service: Some(Service::OutOfService), codes: [code, 0, 0, 0, 0, 0, 0, 0], ..Reading::default() };
    let mut bench = Bench::new().operational();
    let mut told = Vec::new();
    for _ in 0..Policy::AZURE.health.alert {
        bench.now += 600;
        told.push(called_for(&bench, &out(17)));
        bench.act(person(Role::Monitor, 1), Action::ReadHealth { reading: out(17) });
    }
    let fault = told.pop().expect("polls were made");
    assert!(told.iter().all(Vec::is_empty), "{told:?}");
    assert_eq!(fault, [Action::FaultHard { code: 17, soft: true }]);
    assert_eq!(called_for(&bench, &out(30)), [Action::FaultHard { code: 30, soft: false }]);
    assert_eq!(called_for(&bench, &Reading { service: Some(Service::InService), ..Reading::default() }), []);
    // Where a fault leads nowhere, as in a device that failed already, nothing is told again.
    bench.go(Principal::device(Role::Sensor), Action::FaultHard { code: 17, soft: true });
    assert_eq!(called_for(&bench, &out(17)), []);
}
