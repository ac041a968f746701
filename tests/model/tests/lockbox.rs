//! Every status of the lockbox with every action and every role; account, exclusions, console and support.

mod common;

use common::ways::*;
use common::*;
use strongroom_core::lunash::Arguments;
use strongroom_core::policy::{Permission, Scope};
use strongroom_core::*;

/// Everything that can be asked about the request, with arguments that fit and some that do not.
fn lockbox_actions(number: RequestNumber, ticket: Label) -> Vec<Action> {
    let request = number;
    let reason = REASON;
    let mut actions = vec![
        Action::OpenTicket { ticket: label("T-9"), troubleshot: true },
        Action::OpenTicket { ticket: label("T-9"), troubleshot: false },
        Action::OpenTicket { ticket, troubleshot: true },
        Action::OpenTicket { ticket: Label::default(), troubleshot: true },
        Action::Triage { request },
        Action::Evaluate { request },
        Action::ApproveInternally { request },
        Action::RejectInternally { request },
        Action::AskCustomer { request },
        Action::Approve { request, duration: None, reason },
        Action::Approve { request, duration: None, reason: Digest::NONE },
        Action::Approve { request, duration: Some(Seconds(0)), reason },
        Action::Approve { request, duration: Some(Seconds(60)), reason },
        Action::Approve { request, duration: Some(Seconds::hours(4)), reason },
        Action::Approve { request, duration: Some(Seconds::hours(8)), reason },
        Action::Approve { request, duration: Some(Seconds::hours(9)), reason },
        Action::Deny { request, reason },
        Action::Deny { request, reason: Digest::NONE },
        Action::UseAccess { request },
        Action::Revoke { request, reason },
        Action::Revoke { request, reason: Digest::NONE },
        Action::EndAccess { request },
        Action::Cancel { request },
        Action::Triage { request: 99 },
        Action::Approve { request: 0, duration: None, reason },
    ];
    for subject in Subject::ALL {
        actions.push(Action::RequestAccess { ticket, follows: None, terms: terms(*subject) });
    }
    let ask = |terms: AccessTerms| Action::RequestAccess { ticket, follows: None, terms };
    let plain = terms(Subject::VmLinux);
    actions.extend([
        Action::RequestAccess { ticket: label("T-none"), follows: None, terms: plain },
        Action::RequestAccess { ticket, follows: Some(request), terms: plain },
        Action::RequestAccess { ticket, follows: Some(99), terms: plain },
        ask(AccessTerms { standard_tools_failed: false, ..plain }),
        ask(AccessTerms { customer_data: false, ..plain }),
        ask(AccessTerms { isolated_identity: false, multi_factor: false, ..plain }),
        ask(AccessTerms { justification: Digest::NONE, ..plain }),
        ask(AccessTerms { duration: Some(Seconds(0)), ..plain }),
        ask(AccessTerms { duration: Some(Seconds(1)), ..plain }),
    ]);
    actions
}

fn cells(pair: &Pair, actions: &[Action], people: &[u8], met: &mut Coverage, differing: &mut Vec<String>) {
    for action in actions {
        for role in Role::ALL {
            // Who somebody is matters where they come as far as a guard.
            let guarded = matches!(role, Role::Engineer | Role::Approver | Role::InternalApprover | Role::Admin | Role::Auditor);
            for number in people.iter().take(if guarded { people.len() } else { 1 }) {
                let command = Command::new(person(*role, *number), *action);
                let mut tried = pair.clone();
                let stepped = tried.last_step(Some(pair.now + 1), &command, met);
                if let Err(why) = stepped.and_then(|_| tried.compare_duties()) {
                    differing.push(format!("{why} {command:?}"));
                }
            }
        }
    }
}

#[test]
fn every_status_with_every_action_and_role_is_as_in_the_model() {
    let mut met = Coverage::default();
    let mut differing = Vec::new();
    for policy in Policy::PRESETS {
        for status in Status::ALL {
            if policy.name != Policy::AZURE.name
                && !matches!(status, Status::Triaged | Status::CustomerNotified | Status::Approved)
            {
                continue;
            }
            if policy.name == Policy::POWER_PLATFORM.name && *status == Status::Revoked {
                continue;
            }
            for subject in [Subject::Device, Subject::VmLinux] {
                let mut pair = Pair::led_to(Deployment::Firmware, policy, Main::Operational);
                let number = pair.request_in(*status, subject);
                let ticket = pair.model.request(number).map(|request| request.ticket).expect("remembered");
                // The requester, who stands on the roster too, an approver, and somebody else.
                cells(&pair, &lockbox_actions(number, ticket), &[1, 21, 61], &mut met, &mut differing);
            }
        }
    }
    println!("{} cells compared; not met: {}", met.compared, met.unmet().join(" "));
    assert!(differing.is_empty(), "{} differ:\n{}", differing.len(), differing.join("\n"));
    let product = 2 * Status::ALL.len() * lockbox_actions(1, label("T")).len() * Role::ALL.len();
    assert!(met.compared >= u64::try_from(product).expect("fits"));
}

#[test]
fn every_just_in_time_request_is_evaluated_as_in_the_model() {
    let mut met = Coverage::default();
    let mut differing = Vec::new();
    for policy in Policy::PRESETS {
        let start = Pair::led_to(Deployment::Firmware, policy, Main::Operational);
        for scope in [Scope::Resource, Scope::ResourceGroup, Scope::Subscription, Scope::ManagementGroup] {
            for permission in [Permission::Read, Permission::Write, Permission::Administer, Permission::KeyMaterial] {
                for bits in 0..8_u8 {
                    let bit = |number: u8| bits >> number & 1 == 1;
                    let terms = AccessTerms {
                        scope,
                        permission,
                        isolated_identity: bit(0),
                        multi_factor: bit(1),
                        customer_data: bit(2),
                        ..terms(Subject::Device)
                    };
                    let mut pair = start.clone();
                    let request = pair.submitted(terms);
                    let steps = [
                        (person(Role::JitService, 51), Action::Evaluate { request }),
                        (person(Role::InternalApprover, 1), Action::ApproveInternally { request }),
                        (person(Role::InternalApprover, 31), Action::ApproveInternally { request }),
                        (person(Role::Engineer, 2), Action::AskCustomer { request }),
                    ];
                    for (by, action) in steps {
                        pair.now += 1;
                        if let Err(why) = pair.step(Some(pair.now), &Command::new(by, action), &mut met) {
                            differing.push(why);
                            break;
                        }
                    }
                }
            }
        }
    }
    assert!(differing.is_empty(), "{} differ:\n{}", differing.len(), differing.join("\n"));
}

/// Account, exclusions, upkeep, console and support.
fn other_actions() -> Vec<Action> {
    let line = Digest([6; 32]);
    let mut actions = vec![
        Action::Register { organisation: CUSTOMER, approved: true },
        Action::Register { organisation: CUSTOMER, approved: false },
        Action::Register { organisation: OTHER_CUSTOMER, approved: true },
        Action::Register { organisation: PROVIDER, approved: true },
        Action::Register { organisation: VENDOR, approved: true },
        Action::Register { organisation: Organisation::NONE, approved: false },
        Action::SetPlan { plan: Plan::Basic },
        Action::SetRoster { approvers: Roster::EMPTY },
        Action::SetRoster { approvers: Roster::new(&[Id([4; 16]), Id([4; 16])]).expect("fits") },
        Action::SetRoster { approvers: Roster::new(&[Id::NOBODY, Id([4; 16])]).expect("fits") },
        Action::SetOptIns { lockbox: false, previews: Subjects::NONE },
        Action::SetTamperBit { destroys: true },
        Action::SetMonitoring { allowed: false },
        Action::SetMonitoring { allowed: true },
        Action::SetVendorRegistration { registered: false },
        Action::SetPlace { region: label("westeurope"), network: label("vnet2") },
        Action::SetPlace { region: Label::default(), network: label("vnet2") },
        Action::SetPlace { region: label("westeurope"), network: Label::default() },
        Action::RequestAllocation {},
        Action::SetCustomerId { id: label("C-2") },
        Action::SetCustomerId { id: Label::default() },
        Action::SetPolicy { policy: Policy::M365.digest() },
        Action::SetPolicy { policy: Digest([1; 32]) },
        Action::SetTime {},
        Action::Tick {},
        Action::Confirm { effect: 4711 },
        Action::ReviewExclusion { exclusion: 1, finding: REASON },
        Action::ReviewExclusion { exclusion: 1, finding: Digest::NONE },
        Action::ReviewExclusion { exclusion: 9, finding: REASON },
    ];
    for kind in [Exclusion::BreakGlass, Exclusion::InadvertentExposure, Exclusion::LegalDemand] {
        actions.push(Action::RecordExclusion { kind, subject: Subject::VmLinux, justification: REASON });
        actions.push(Action::RecordExclusion { kind, subject: Subject::Device, justification: Digest::NONE });
    }
    for issue in &Issue::ALL[..8] {
        actions.push(Action::AskSupport { issue: *issue, ssh_test: Some(false) });
    }
    for command in [0, 17, 111, 299, 300, 65_535] {
        for arguments in [Arguments::None, Arguments::Plain, Arguments::NotPlain] {
            actions.push(Action::ConsoleLine { command, arguments, line });
        }
    }
    actions
}

#[test]
fn account_exclusions_upkeep_console_and_support_are_as_in_the_model() {
    let mut met = Coverage::default();
    let mut differing = Vec::new();
    for deployment in [Deployment::Firmware, Deployment::Board] {
        for state in Main::ALL {
            let mut pair = Pair::led_to(deployment, &Policy::AZURE, *state);
            if *state == Main::Operational {
                let kind = Exclusion::BreakGlass;
                let record = Action::RecordExclusion { kind, subject: Subject::Device, justification: REASON };
                pair.act(person(Role::Engineer, 1), record);
            }
            // Two persons are tried where the action is one that may need them.
            cells(&pair, &other_actions(), &[1], &mut met, &mut differing);
            for action in other_actions() {
                if matches!(action.verb(), Verb::SetPolicy | Verb::SetTime | Verb::ConsoleLine | Verb::Register) {
                    let command = Command::new(person(Role::Pool, 1), action).with(person(Role::Hands, 2));
                    let mut tried = pair.clone();
                    if let Err(why) = tried.last_step(Some(pair.now + 1), &command, &mut met) {
                        differing.push(why);
                    }
                }
            }
        }
    }
    println!("{} cells compared; not met: {}", met.compared, met.unmet().join(" "));
    assert!(differing.is_empty(), "{} differ:\n{}", differing.len(), differing.join("\n"));
}

#[test]
fn every_console_command_is_as_in_the_model() {
    let mut met = Coverage::default();
    let mut differing = Vec::new();
    for permission in [Permission::Read, Permission::Write, Permission::Administer] {
        let mut pair = Pair::led_to(Deployment::Board, &Policy::AZURE, Main::Operational);
        pair.approved(AccessTerms { permission, ..terms(Subject::Device) });
        for command in 0..=lunash::COMMANDS {
            for arguments in [Arguments::None, Arguments::Plain, Arguments::NotPlain] {
                for by in [person(Role::Monitor, 1), person(Role::Engineer, 1), person(Role::Engineer, 2)] {
                    let action = Action::ConsoleLine { command, arguments, line: Digest([6; 32]) };
                    let mut tried = pair.clone();
                    if let Err(why) = tried.last_step(Some(pair.now + 1), &Command::new(by, action), &mut met) {
                        differing.push(why);
                    }
                }
            }
        }
    }
    println!("{} cells compared; not met: {}", met.compared, met.unmet().join(" "));
    assert!(differing.is_empty(), "{} differ:\n{}", differing.len(), differing.join("\n"));
}

#[test]
fn every_support_question_is_answered_as_in_the_model() {
    let mut met = Coverage::default();
    let mut differing = Vec::new();
    let (pool, admin) = (person(Role::Pool, 1), person(Role::Admin, 11));
    for bits in 0..8_u8 {
        let bit = |number: u8| bits >> number & 1 == 1;
        let mut pair = Pair::new(Deployment::Firmware, &Policy::AZURE);
        pair.act(pool, Action::Register { organisation: CUSTOMER, approved: bit(0) });
        pair.act(admin, Action::SetVendorRegistration { registered: bit(1) });
        if bit(2) {
            pair.act(pool, Action::SetCustomerId { id: label("C-0001") });
        }
        for issue in Issue::ALL {
            for ssh_test in [None, Some(true), Some(false)] {
                let command = Command::new(admin, Action::AskSupport { issue: *issue, ssh_test });
                if let Err(why) = pair.clone().last_step(Some(pair.now + 1), &command, &mut met) {
                    differing.push(why);
                }
            }
        }
    }
    assert!(differing.is_empty(), "{} differ:\n{}", differing.len(), differing.join("\n"));
}
