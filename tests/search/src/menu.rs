//! Who tries what: each action by whom it belongs to, and by those to whom it does not.

use crate::Core;
use crate::arguments::actions;
use crate::people::*;
use strongroom_core::*;

/// Everything that is tried on `core`, in an order that its numbers and times do not change.
#[must_use]
pub fn menu(core: &Core, verbs: &[Verb]) -> Vec<Command> {
    let mut commands = Vec::new();
    for verb in verbs {
        for (number, action) in actions(core, *verb).into_iter().enumerate() {
            likely(core, action, &mut commands);
            if number == 0 {
                odd(core, action, &mut commands);
            }
        }
    }
    commands
}

/// The customer whose people act: the one whose account is open.
#[must_use]
pub fn customer(core: &Core) -> Organisation {
    let organisation = core.state().base.account.organisation;
    if organisation == Organisation::NONE { CUSTOMER } else { organisation }
}

/// Who an action belongs to, by number and role.
fn owners(verb: Verb) -> &'static [(Role, u8)] {
    use Role::*;
    match verb {
        Verb::Register
        | Verb::SetPlan
        | Verb::SetCustomerId
        | Verb::SetPolicy
        | Verb::StmOk
        | Verb::StmMismatch
        | Verb::BaselineOk
        | Verb::ZeroizeLocal
        | Verb::Allocate
        | Verb::Recheck
        | Verb::Detached
        | Verb::GiveUpLocal
        | Verb::SetInventory
        | Verb::ReplacementOut => &[(Pool, 51)],
        Verb::SetTime | Verb::Acknowledge => &[(Pool, 51), (Auditor, 61)],
        Verb::Quarantine => &[(Pool, 51), (Admin, 11)],
        Verb::Arrive
        | Verb::EnterMaintenance
        | Verb::ExitMaintenance
        | Verb::PartsOut
        | Verb::Shred
        | Verb::ChassisOut
        | Verb::PlanSwap => &[(Hands, 52)],
        Verb::Mapped | Verb::AllocFail => &[(Net, 53)],
        Verb::Tamper | Verb::FaultHard | Verb::ZeroizedSeen | Verb::TamperCauseGone => &[(Sensor, 0)],
        Verb::EraseDone
        | Verb::EraseFail
        | Verb::VerifyOk
        | Verb::VerifyFail
        | Verb::Unbound
        | Verb::Boot
        | Verb::LoginFailed
        | Verb::LoginSucceeded
        | Verb::PollUnanswered
        | Verb::ErrorSoft
        | Verb::ErrorRecovered
        | Verb::HaSyncStart
        | Verb::HaSyncOk
        | Verb::HaSyncFail
        | Verb::HaPeerChange
        | Verb::RecoverLogin => &[(Core, 0)],
        Verb::ReadHealth => &[(Monitor, 54), (Sensor, 0)],
        Verb::OpenTicket => &[(User, 41)],
        Verb::Triage
        | Verb::RequestAccess
        | Verb::AskCustomer
        | Verb::UseAccess
        | Verb::EndAccess
        | Verb::Cancel
        | Verb::RecordExclusion => &[(Engineer, ENGINEER), (Engineer, COLLEAGUE)],
        Verb::Evaluate => &[(JitService, 55)],
        Verb::ApproveInternally | Verb::RejectInternally => &[(InternalApprover, 31), (InternalApprover, ENGINEER)],
        Verb::Approve | Verb::Deny => &[(Approver, APPROVER), (Approver, DEPUTY), (Approver, ENGINEER), (Approver, 29)],
        Verb::Revoke => &[(Approver, APPROVER), (Approver, 29), (Admin, 11)],
        Verb::ReviewExclusion => &[(InternalApprover, 31), (InternalApprover, ENGINEER)],
        Verb::ConsoleLine => &[(Monitor, 54), (Engineer, ENGINEER), (Engineer, COLLEAGUE), (Pool, 51)],
        Verb::Confirm => &[(Enforcer, 0)],
        Verb::Tick => &[(Clock, 0)],
        Verb::SetRoster
        | Verb::SetOptIns
        | Verb::SetTamperBit
        | Verb::SetMonitoring
        | Verb::SetVendorRegistration
        | Verb::SetPlace
        | Verb::RequestAllocation
        | Verb::Claim
        | Verb::Abandon
        | Verb::Init
        | Verb::Zeroize
        | Verb::FactoryReset
        | Verb::TamperClear
        | Verb::Reinit
        | Verb::Deprovision
        | Verb::SoftRecover
        | Verb::GiveUp
        | Verb::HaJoin
        | Verb::HaRecover
        | Verb::HaLeave
        | Verb::AskSupport => &[(Admin, 11)],
    }
}

/// Verbs that two persons may have to act in.
const TOGETHER: &[Verb] = &[
    Verb::SetPolicy,
    Verb::StmOk,
    Verb::BaselineOk,
    Verb::EnterMaintenance,
    Verb::ExitMaintenance,
    Verb::ZeroizeLocal,
    Verb::Zeroize,
    Verb::FactoryReset,
    Verb::GiveUpLocal,
    Verb::PartsOut,
    Verb::Shred,
    Verb::Quarantine,
    Verb::SetInventory,
    Verb::SetTime,
    Verb::PlanSwap,
    Verb::ConsoleLine,
    Verb::ApproveInternally,
];

fn likely(core: &Core, action: Action, commands: &mut Vec<Command>) {
    let customer = customer(core);
    for (role, number) in owners(action.verb()) {
        let by = person(customer, *role, *number);
        commands.push(Command::new(by, action));
        if TOGETHER.contains(&action.verb()) {
            commands.push(Command::new(by, action).with(Principal { id: Id([SECOND; 16]), ..by }));
        }
        if action == (Action::Quarantine {}) {
            commands.push(Command::new(by, action).with(person(customer, Role::Pool, SECOND)));
        }
        // The requester as the second person of an approval.
        if action.verb() == Verb::ApproveInternally {
            commands.push(Command::new(by, action).with(Principal { id: Id([ENGINEER; 16]), ..by }));
        }
    }
}

/// People to whom it does not belong: of another organisation, in another role, without a name, twice the same.
fn odd(core: &Core, action: Action, commands: &mut Vec<Command>) {
    let customer = customer(core);
    let Some((role, number)) = owners(action.verb()).first() else { return };
    let by = person(customer, *role, *number);
    let elsewhere = if customer == OTHER { CUSTOMER } else { OTHER };
    let one = |by| Command::new(by, action);
    commands.push(one(Principal { organisation: elsewhere, id: Id([number.max(&1).to_owned(); 16]), ..by }));
    commands.push(one(Principal { organisation: Organisation::NONE, ..by }));
    commands.push(one(by).with(by));
    commands.push(one(by).with(person(elsewhere, Role::Admin, SECOND)));
    for role in [Role::CryptoUser, Role::Engineer, Role::Pool, Role::Monitor, Role::Support] {
        commands.push(one(person(customer, role, ENGINEER)));
    }
}
