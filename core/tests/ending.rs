//! How a lease ends: what stays asked for, what stands in the evidence, what waits and is dropped, and when an account may be closed.

#![allow(clippy::expect_used, clippy::arithmetic_side_effects, clippy::indexing_slicing, reason = "a test fails by a panic")]

mod common;

use common::*;
use strongroom_core::command::Statement;
use strongroom_core::outbox::Kind;
use strongroom_core::reading::TamperClass;
use strongroom_core::*;

const CORE: Principal = Principal::device(Role::Core);
const SENSOR: Principal = Principal::device(Role::Sensor);

fn zeroize(nonce: Id) -> Command {
    Command::new(person(Role::Admin, 1), Action::Zeroize { nonce }).with(person(Role::CryptoOfficer, 2))
}

fn erased(bench: &mut Bench) {
    bench.act(CORE, Action::EraseDone { areas: Policy::AZURE.lease.erase_list });
    assert_eq!(bench.act(CORE, Action::VerifyOk { read_back: Policy::AZURE.lease.erased }).main, Main::Zeroized);
}

fn asked(bench: &Bench) -> Vec<Kind> {
    bench.engine.pending().iter().map(|entry| entry.kind).collect()
}

#[test]
fn a_tamper_while_it_is_erased_takes_no_order_to_erase_away() {
    let mut bench = Bench::new().operational();
    let nonce = bench.engine.challenge();
    bench.command(zeroize(nonce));
    assert!(asked(&bench).contains(&Kind::Erase));
    for class in [TamperClass::Fan, TamperClass::Battery] {
        assert_eq!(bench.act(SENSOR, Action::Tamper { class }).main, Main::Zeroizing);
        assert!(asked(&bench).contains(&Kind::Erase));
    }
    erased(&mut bench);
    assert!(!asked(&bench).contains(&Kind::Erase));
}

#[test]
fn evidence_names_a_nonce_only_where_it_was_the_challenge() {
    for fresh in [true, false] {
        let mut bench = Bench::new().operational();
        bench.go(SENSOR, Action::Tamper { class: TamperClass::Fan });
        // What is latched is zeroized without a challenge, too; then whatever was sent proves nothing.
        let challenge = bench.engine.challenge();
        let nonce = if fresh { challenge } else { Id([7; 16]) };
        assert_eq!(bench.both(zeroize(nonce)).rule, Rule::T34);
        erased(&mut bench);
        let evidence = bench.engine.state().base.lease.evidence.expect("proved");
        assert_eq!(evidence.nonce, if fresh { challenge } else { Id::NOBODY });
    }
}

#[test]
fn a_device_that_serves_again_is_replaced_no_more() {
    let mut bench = Bench::new().operational();
    let nonce = bench.engine.challenge();
    bench.both(zeroize(nonce));
    erased(&mut bench);
    let peer = Statement { serial: label("700023"), organisation: CUSTOMER, state: Main::Operational };
    bench.go(person(Role::Pool, 1), Action::ReplacementOut { peer });
    assert_eq!(bench.engine.state().base.lease.replaced_by, peer.serial);
    bench.go(person(Role::Admin, 1), Action::Reinit {});
    assert!(bench.engine.state().base.lease.replaced_by.is_empty());
}

/// A device whose customer never claimed it, back in the pool, with records of theirs that nobody has taken.
fn lapsed() -> Bench {
    let mut bench = Bench::under(&Policy::DUAL_CONTROL).pooled();
    let (pia, ada) = (person(Role::Pool, 1), person(Role::Admin, 1));
    let (region, network) = (label("japaneast"), label("vnet"));
    bench.go(pia, Action::Register { organisation: CUSTOMER, approved: true });
    bench.go(pia, Action::SetPlan { plan: Plan::Developer });
    bench.go(ada, Action::SetPlace { region, network });
    bench.go(ada, Action::RequestAllocation {});
    bench.go(pia, Action::Allocate { organisation: CUSTOMER, region, network, replaces: None });
    bench.go(person(Role::Net, 1), Action::Mapped { network, ssh_test_passed: true });
    bench.drain();
    while bench.engine.state().base.lease.main == Main::TenantUnclaimed {
        bench.now = bench.engine.next_deadline().expect("a claim is in time").as_unix();
        bench.command(Command::tick());
    }
    erased(&mut bench);
    bench.drain_lifecycle();
    let unbound = bench.act(CORE, Action::Unbound {});
    assert_eq!((unbound.main, unbound.rule), (Main::PoolConfig, Rule::T46));
    while let Some(effect) = bench.engine.pending().first().map(|entry| entry.id) {
        bench.drain_lifecycle();
        bench.act(Principal::device(Role::Enforcer), Action::Confirm { effect });
    }
    assert!(!bench.engine.state().base.tenant_log.is_acknowledged());
    bench
}

#[test]
fn whoever_let_the_claim_lapse_has_their_time_to_take_the_log() {
    let close = Action::Register { organisation: Organisation::NONE, approved: false };
    let pia = person(Role::Pool, 1);
    let mut bench = lapsed();
    bench.drain_lifecycle();
    let late = bench.engine.state().base.lease.entered.after(Policy::AZURE.lease.log_acknowledge_within).as_unix();
    bench.now = late - 2;
    assert_eq!(bench.act(pia, close).rule, Rule::AccountFree);
    assert_eq!(bench.act(pia, close).rule, Rule::AccountWritten);
    assert!(!bench.engine.state().base.account.is_open());
    // Whoever has taken it need not wait.
    let mut bench = lapsed();
    bench.drain();
    assert_eq!(bench.act(pia, close).rule, Rule::AccountWritten);
}

#[test]
fn time_alone_closes_no_account_where_no_claim_has_lapsed() {
    let close = Action::Register { organisation: Organisation::NONE, approved: false };
    let pia = person(Role::Pool, 1);
    // In the pool, and nothing lapsed: an account that was opened and not used.
    let mut bench = Bench::new().pooled();
    bench.go(pia, Action::Register { organisation: CUSTOMER, approved: true });
    bench.go(pia, Action::Recheck {});
    assert_eq!(bench.engine.state().base.lease.main, Main::PoolConfig);
    bench.now += u64::from(Policy::AZURE.lease.log_acknowledge_within.0);
    bench.drain_lifecycle();
    assert_eq!(bench.act(pia, close).rule, Rule::AccountFree);
}

#[test]
fn a_quarantine_takes_back_what_a_former_customer_was_to_be_told() {
    let mut bench = Bench::new();
    bench.engine.begin_invalid(DEVICE, &Policy::AZURE, CUSTOMER);
    bench.act(SENSOR, Action::Tamper { class: TamperClass::Fan });
    assert_eq!(asked(&bench), [Kind::Halt, Kind::NotifyCustomer]);
    let quarantine = Command::new(person(Role::Pool, 1), Action::Quarantine {}).with(person(Role::Pool, 2));
    assert_eq!(bench.command(quarantine).rule, Rule::T65);
    assert_eq!(asked(&bench), [Kind::Halt, Kind::EraseTenantArea]);
}
