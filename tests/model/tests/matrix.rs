//! Every state with every event and every role, and every status with every action and every role.

mod common;

use common::situations::*;
use common::ways::*;
use common::*;
use strongroom_core::reading::{Level, Service, TamperClass};
use strongroom_core::*;

/// Every event of the chart and of the regions beside it, with arguments that fit.
fn lease_actions(pair: &Pair) -> Vec<Action> {
    let string = Digest([7; 32]);
    let nonce = pair.core.challenge();
    let mut actions = vec![
        Action::Arrive { serial: label("700022") },
        Action::StmOk { expected: string, shown: string, seals_whole: true },
        Action::StmMismatch { expected: string, shown: Digest([8; 32]), seals_whole: true },
        baseline(),
        Action::EnterMaintenance { ticket: label("K-1") },
        Action::ExitMaintenance { covers_closed: true },
        Action::ZeroizeLocal {},
        Action::Allocate { organisation: CUSTOMER, region: label(REGION), network: label(NETWORK), replaces: None },
        Action::Recheck {},
        Action::Mapped { network: label(NETWORK), ssh_test_passed: true },
        Action::AllocFail {},
        Action::Claim { credential_replaced: true, owner_key: Digest([1; 32]), proof: None },
        Action::Abandon {},
        Action::Init { cloning_domain: DOMAIN },
        Action::Zeroize { nonce },
        Action::FactoryReset { nonce },
        Action::LoginFailed {},
        Action::FaultHard { code: 30, soft: false },
        Action::TamperClear {},
        Action::EraseDone { areas: Policy::AZURE.lease.erase_list },
        Action::EraseFail {},
        Action::VerifyOk { read_back: Policy::AZURE.lease.erased },
        Action::VerifyFail {},
        Action::Reinit {},
        Action::Deprovision {},
        Action::Unbound {},
        Action::Detached { network_unmapped: true },
        Action::SoftRecover { self_tests_passed: true },
        Action::GiveUp { cannot_zeroize: true },
        Action::GiveUpLocal {},
        Action::PartsOut { parts: parts(), camera: label("C-1") },
        Action::Shred { parts: parts(), method: label("shredder"), place: label("hall 3") },
        Action::ChassisOut {},
        Action::Quarantine {},
        Action::ZeroizedSeen {},
        Action::Boot { self_test_passed: true },
        Action::ReadHealth { reading: reading(Level::Good, Service::InService) },
        Action::LoginSucceeded {},
        Action::SetInventory { parts: parts() },
        Action::PollUnanswered {},
        Action::ErrorSoft {},
        Action::ErrorRecovered { self_test_passed: true },
        Action::ReplacementOut { peer: statement(Main::Operational) },
        Action::HaJoin { cloning_domain: DOMAIN, peers: 2 },
        Action::HaSyncStart { accepted: true },
        Action::HaSyncOk { expected: DOMAIN, found: DOMAIN, peers: 2 },
        Action::HaSyncFail {},
        Action::HaPeerChange { peers: 1 },
        Action::HaRecover {},
        Action::HaLeave {},
        Action::RecoverLogin { succeeded: true },
    ];
    for class in TamperClass::ALL {
        actions.push(Action::Tamper { class: *class });
        actions.push(Action::TamperCauseGone { class: *class });
    }
    actions.extend(Component::ALL.iter().map(|component| Action::PlanSwap { component: *component }));
    actions
}

/// The action by the role, alone and with a second person.
fn cells(pair: &Pair, action: Action, roles: &[Role], met: &mut Coverage, differing: &mut Vec<String>) {
    for role in roles {
        let by = person(*role, 11);
        let second = Principal { id: Id([77; 16]), ..by };
        let pool = person(Role::Pool, 78);
        let alone = Command::new(by, action);
        let mut commands = vec![alone];
        // A second person matters where there is a step at all.
        let judged = pair.model.clone().apply(Some(pair.now + 1), &alone, None);
        if ![Rule::NotInChart, Rule::StateReadable].iter().any(|rule| judged.rules.contains(rule)) {
            commands.push(alone.with(second));
        }
        if action == (Action::Quarantine {}) {
            commands.push(alone.with(pool));
        }
        for command in commands {
            let mut tried = pair.clone();
            let now = Some(pair.now + 1);
            if let Err(why) = tried.last_step(now, &command, met).and_then(|_| tried.compare_duties()) {
                differing.push(format!("{} {command:?}: {why}", pair.model.main.name()));
            }
        }
    }
}

#[test]
fn every_state_with_every_event_and_role_is_as_in_the_model() {
    let mut met = Coverage::default();
    let mut differing = Vec::new();
    let mut events = 0;
    for deployment in [Deployment::Firmware, Deployment::Board] {
        for state in Main::ALL {
            let pair = Pair::led_to(deployment, &Policy::AZURE, *state);
            assert_eq!(pair.model.main, *state);
            let actions = lease_actions(&pair);
            events = actions.len();
            for action in actions {
                cells(&pair, action, Role::ALL, &mut met, &mut differing);
            }
        }
    }
    println!("{} cells compared; not met: {}", met.compared, met.unmet().join(" "));
    assert!(differing.is_empty(), "{} differ:\n{}", differing.len(), differing.join("\n"));
    let product = 2 * Main::ALL.len() * events * Role::ALL.len();
    assert!(met.compared >= u64::try_from(product).expect("fits"));
}

/// Arguments that do not fit, by which every guard is met.
fn wrong_actions(pair: &Pair) -> Vec<Action> {
    let (string, other) = (Digest([7; 32]), Digest([8; 32]));
    let (region, network) = (label(REGION), label(NETWORK));
    let allocate = |replaces| Action::Allocate { organisation: CUSTOMER, region, network, replaces };
    let mut actions = vec![
        Action::Arrive { serial: label("1") },
        Action::StmOk { expected: string, shown: other, seals_whole: true },
        Action::StmOk { expected: string, shown: string, seals_whole: false },
        Action::StmOk { expected: Digest::NONE, shown: Digest::NONE, seals_whole: true },
        Action::StmMismatch { expected: string, shown: string, seals_whole: true },
        Action::StmMismatch { expected: string, shown: string, seals_whole: false },
        Action::StmMismatch { expected: Digest::NONE, shown: Digest::NONE, seals_whole: true },
        Action::EnterMaintenance { ticket: Label::default() },
        Action::ExitMaintenance { covers_closed: false },
        Action::Allocate { organisation: OTHER_CUSTOMER, region, network, replaces: None },
        Action::Allocate { organisation: CUSTOMER, region: network, network, replaces: None },
        Action::Allocate { organisation: CUSTOMER, region, network: region, replaces: None },
        allocate(Some(Statement { serial: label("700022"), ..statement(Main::Failed) })),
        allocate(Some(Statement { serial: Label::default(), ..statement(Main::Failed) })),
        allocate(Some(Statement { organisation: OTHER_CUSTOMER, ..statement(Main::Failed) })),
        Action::Mapped { network: region, ssh_test_passed: true },
        Action::Mapped { network, ssh_test_passed: false },
        Action::Claim { credential_replaced: false, owner_key: string, proof: None },
        Action::Claim { credential_replaced: true, owner_key: string, proof: Some(Time::from_unix(5)) },
        Action::Init { cloning_domain: Digest::NONE },
        Action::Zeroize { nonce: Id([9; 16]) },
        Action::FactoryReset { nonce: Id([9; 16]) },
        Action::Zeroize { nonce: Id::NOBODY },
        Action::FaultHard { code: 1, soft: true },
        Action::EraseDone { areas: 0 },
        Action::EraseDone { areas: 0b111_1110 },
        Action::EraseDone { areas: u16::MAX },
        Action::VerifyOk { read_back: string },
        Action::Detached { network_unmapped: false },
        Action::SoftRecover { self_tests_passed: false },
        Action::GiveUp { cannot_zeroize: false },
        Action::PartsOut { parts: Inventory::EMPTY, camera: label("C") },
        Action::PartsOut { parts: Inventory::new(&[label("SSD-1")]).expect("fits"), camera: label("C") },
        Action::PartsOut { parts: parts(), camera: Label::default() },
        Action::Shred { parts: Inventory::EMPTY, method: label("m"), place: label("p") },
        Action::Shred { parts: parts(), method: Label::default(), place: label("p") },
        Action::Shred { parts: parts(), method: label("m"), place: Label::default() },
        Action::Boot { self_test_passed: false },
        Action::SetInventory { parts: Inventory::EMPTY },
        Action::SetInventory { parts: Inventory::new(&[label("A"), label("A")]).expect("fits") },
        Action::ErrorRecovered { self_test_passed: false },
        Action::HaJoin { cloning_domain: string, peers: 2 },
        Action::HaJoin { cloning_domain: Digest::NONE, peers: 2 },
        Action::HaSyncStart { accepted: false },
        Action::HaSyncOk { expected: string, found: other, peers: 2 },
        Action::HaSyncOk { expected: Digest::NONE, found: Digest::NONE, peers: 2 },
        Action::ReplacementOut { peer: Statement { serial: label("700022"), ..statement(Main::Operational) } },
        Action::ReplacementOut { peer: Statement { serial: Label::default(), ..statement(Main::Operational) } },
        Action::ReplacementOut { peer: Statement { organisation: OTHER_CUSTOMER, ..statement(Main::Operational) } },
        Action::RecoverLogin { succeeded: false },
        Action::ReadHealth { reading: reading(Level::Critical, Service::InService) },
        Action::ReadHealth { reading: reading(Level::Good, Service::OutOfService) },
        Action::ReadHealth { reading: reading(Level::Good, Service::OffLine) },
        Action::ReadHealth { reading: reading(Level::Warning, Service::InServiceWithTrouble) },
        Action::ReadHealth { reading: Reading::default() },
    ];
    if let Some(proof) = pair.model.proof {
        let proof = Some(Time::from_unix(proof.at));
        actions.push(Action::Claim { credential_replaced: true, owner_key: string, proof });
    }
    for state in Main::ALL {
        actions.push(allocate(Some(statement(*state))));
        actions.push(Action::ReplacementOut { peer: statement(*state) });
    }
    for bits in 0..32_u8 {
        let bit = |number: u8| bits >> number & 1 == 0;
        actions.push(Action::BaselineOk {
            firmware: if bit(0) { label("7.1.0") } else { Label::default() },
            password_discarded: bit(1),
            logs_cleared: bit(2),
            self_test_passed: bit(3),
            reset_checked: bit(4),
        });
    }
    actions
}

/// The roles that the model lets come as far as a guard, and one that it does not.
fn check(pair: &Pair, actions: Vec<Action>, met: &mut Coverage, differing: &mut Vec<String>) {
    for action in actions {
        let mut roles: Vec<Role> = Role::ALL.to_vec();
        roles.retain(|role| {
            let command = Command::new(person(*role, 11), action);
            let outcome = pair.model.clone().apply(Some(pair.now + 1), &command, None);
            let early = [Rule::RoleMayNot, Rule::NotInChart, Rule::OrganisationMatches, Rule::StateReadable];
            *role == Role::CryptoUser || !early.iter().any(|rule| outcome.rules.contains(rule))
        });
        cells(pair, action, &roles, met, differing);
    }
}

#[test]
fn every_state_with_arguments_that_do_not_fit_is_as_in_the_model() {
    let mut met = Coverage::default();
    let mut differing = Vec::new();
    for deployment in [Deployment::Firmware, Deployment::Board] {
        for state in Main::ALL {
            let pair = Pair::led_to(deployment, &Policy::AZURE, *state);
            check(&pair, wrong_actions(&pair), &mut met, &mut differing);
        }
    }
    println!("{} cells compared; not met: {}", met.compared, met.unmet().join(" "));
    assert!(differing.is_empty(), "{} differ:\n{}", differing.len(), differing.join("\n"));
}

#[test]
fn every_situation_with_every_event_and_role_is_as_in_the_model() {
    let mut met = Coverage::default();
    let mut differing = Vec::new();
    for deployment in [Deployment::Firmware, Deployment::Board] {
        let plain = SITUATIONS.iter().map(|situation| (&Policy::AZURE, situation));
        let timed = TIMED.iter().map(|situation| (&Policy::DUAL_CONTROL, situation));
        for (policy, (name, start, happens)) in plain.chain(timed) {
            println!("{name}");
            let mut pair = Pair::led_to(deployment, policy, *start);
            happens(&mut pair);
            check(&pair, lease_actions(&pair), &mut met, &mut differing);
        }
    }
    println!("{} cells compared; not met: {}", met.compared, met.unmet().join(" "));
    assert!(differing.is_empty(), "{} differ:\n{}", differing.len(), differing.join("\n"));
}
