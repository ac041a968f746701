//! Every action of the core, with the arguments that make a difference: the right ones first, then each that does not fit.

use crate::Core;
use crate::people::*;
use crate::policy::{OFFERED, SHORT};
use strongroom_core::lunash::{self, Arguments};
use strongroom_core::reading::{Level, Parts, Service, TamperClass};
use strongroom_core::*;

const TICKETS: [Label; 2] = [label("T-1"), label("T-2")];
const PARTS: [Label; 2] = [label("SSD-1"), label("CARD-1")];

/// The terms of a request that passes by itself.
#[must_use]
pub fn terms(subject: Subject) -> AccessTerms {
    AccessTerms {
        subject,
        scope: Scope::Resource,
        permission: Permission::Read,
        isolated_identity: true,
        multi_factor: false,
        standard_tools_failed: true,
        customer_data: true,
        duration: None,
        justification: GIVEN,
    }
}

fn statement(state: Main) -> Statement {
    Statement { serial: label("700033"), organisation: CUSTOMER, state }
}

fn reading(worst: Level, service: Service) -> Reading {
    Reading { fans: Parts { worst, seen: 1, bad: 0 }, service: Some(service), ..Reading::default() }
}

fn inventory(parts: &[Label]) -> Inventory {
    Inventory::new(parts).unwrap_or_default()
}

fn roster(people: &[u8]) -> Roster {
    let mut ids = [Id::NOBODY; 4];
    for (place, number) in ids.iter_mut().zip(people) {
        *place = Id([*number; 16]);
    }
    Roster::new(&ids).unwrap_or_default()
}

/// The requests and exclusions that there are, by number, and one that there is not.
fn numbers(known: impl Iterator<Item = RequestNumber>) -> Vec<RequestNumber> {
    known.chain([0]).collect()
}

fn baseline(broken: u8) -> Action {
    let whole = |bit: u8| broken != bit;
    Action::BaselineOk {
        firmware: if whole(1) { label("7.1.0") } else { label("6.0.0") },
        password_discarded: whole(2),
        logs_cleared: whole(3),
        self_test_passed: whole(4),
        reset_checked: whole(5),
    }
}

/// The actions of `verb` that are worth trying on `core`; what they name is named by where it stands, so that two engines
/// that differ in numbers and times alone get the same ones.
#[must_use]
pub fn actions(core: &Core, verb: Verb) -> Vec<Action> {
    use Action as A;
    let state = core.state();
    let nonces = [core.challenge(), Id([9; 16])];
    let requests = || numbers(state.requests.iter().map(|request| request.number));
    let each = |make: fn(RequestNumber) -> Action| requests().into_iter().map(make).collect::<Vec<_>>();
    let flags = |make: fn(bool) -> Action| vec![make(true), make(false)];
    match verb {
        Verb::Register => {
            let organisations = [CUSTOMER, OTHER, Organisation::NONE, PROVIDER];
            let mut all = organisations.map(|organisation| A::Register { organisation, approved: true }).to_vec();
            all.push(A::Register { organisation: CUSTOMER, approved: false });
            all
        }
        Verb::SetPlan => vec![A::SetPlan { plan: Plan::Developer }, A::SetPlan { plan: Plan::Basic }],
        Verb::SetRoster => [&[APPROVER, DEPUTY, ENGINEER][..], &[APPROVER, APPROVER], &[], &[ENGINEER]]
            .map(|people| A::SetRoster { approvers: roster(people) })
            .to_vec(),
        Verb::SetOptIns => vec![
            A::SetOptIns { lockbox: true, previews: Subjects::of(&[Subject::Storage]) },
            A::SetOptIns { lockbox: false, previews: Subjects::NONE },
        ],
        Verb::SetTamperBit => flags(|destroys| A::SetTamperBit { destroys }),
        Verb::SetMonitoring => flags(|allowed| A::SetMonitoring { allowed }),
        Verb::SetVendorRegistration => flags(|registered| A::SetVendorRegistration { registered }),
        Verb::SetPlace => {
            vec![A::SetPlace { region: REGION, network: NETWORK }, A::SetPlace { region: Label::default(), network: NETWORK }]
        }
        Verb::RequestAllocation => vec![A::RequestAllocation {}],
        Verb::SetCustomerId => vec![A::SetCustomerId { id: label("C-1") }, A::SetCustomerId { id: Label::default() }],
        Verb::SetPolicy => {
            let offered = OFFERED.iter().map(|policy| policy.digest()).chain([GIVEN]);
            offered.map(|policy| A::SetPolicy { policy }).collect()
        }
        Verb::Arrive => vec![A::Arrive { serial: SERIAL }, A::Arrive { serial: label("1") }],
        Verb::StmOk => vec![
            A::StmOk { expected: GIVEN, shown: GIVEN, seals_whole: true },
            A::StmOk { expected: GIVEN, shown: ELSE, seals_whole: true },
            A::StmOk { expected: GIVEN, shown: GIVEN, seals_whole: false },
        ],
        Verb::StmMismatch => vec![
            A::StmMismatch { expected: GIVEN, shown: ELSE, seals_whole: true },
            A::StmMismatch { expected: GIVEN, shown: GIVEN, seals_whole: true },
        ],
        Verb::BaselineOk => (0..=5).map(baseline).collect(),
        Verb::EnterMaintenance => {
            vec![A::EnterMaintenance { ticket: label("K-1") }, A::EnterMaintenance { ticket: Label::default() }]
        }
        Verb::ExitMaintenance => flags(|covers_closed| A::ExitMaintenance { covers_closed }),
        Verb::ZeroizeLocal => vec![A::ZeroizeLocal {}],
        Verb::Allocate => {
            let allocate = |organisation, region, replaces| A::Allocate { organisation, region, network: NETWORK, replaces };
            vec![
                allocate(CUSTOMER, REGION, None),
                allocate(OTHER, REGION, None),
                allocate(CUSTOMER, NETWORK, None),
                allocate(CUSTOMER, REGION, Some(statement(Main::Failed))),
                allocate(CUSTOMER, REGION, Some(statement(Main::Operational))),
            ]
        }
        Verb::Recheck => vec![A::Recheck {}],
        Verb::Mapped => vec![
            A::Mapped { network: NETWORK, ssh_test_passed: true },
            A::Mapped { network: REGION, ssh_test_passed: true },
            A::Mapped { network: NETWORK, ssh_test_passed: false },
        ],
        Verb::AllocFail => vec![A::AllocFail {}],
        Verb::Claim => {
            let proof = state.base.lease.evidence.map(|proof| proof.at);
            vec![
                A::Claim { credential_replaced: true, owner_key: GIVEN, proof },
                A::Claim { credential_replaced: false, owner_key: GIVEN, proof },
                A::Claim { credential_replaced: true, owner_key: GIVEN, proof: Some(Time::EPOCH) },
            ]
        }
        Verb::Abandon => vec![A::Abandon {}],
        Verb::Init => vec![A::Init { cloning_domain: GIVEN }],
        Verb::Zeroize => nonces.map(|nonce| A::Zeroize { nonce }).to_vec(),
        Verb::FactoryReset => nonces.map(|nonce| A::FactoryReset { nonce }).to_vec(),
        Verb::LoginFailed => vec![A::LoginFailed {}],
        Verb::Tamper => {
            [TamperClass::Fan, TamperClass::Battery, TamperClass::Decommission].map(|class| A::Tamper { class }).to_vec()
        }
        Verb::FaultHard => flags(|soft| A::FaultHard { code: 30, soft }),
        Verb::TamperClear => vec![A::TamperClear {}],
        Verb::EraseDone => vec![A::EraseDone { areas: SHORT.lease.erase_list }, A::EraseDone { areas: 1 }],
        Verb::EraseFail => vec![A::EraseFail {}],
        Verb::VerifyOk => vec![A::VerifyOk { read_back: SHORT.lease.erased }, A::VerifyOk { read_back: ELSE }],
        Verb::VerifyFail => vec![A::VerifyFail {}],
        Verb::Reinit => vec![A::Reinit {}],
        Verb::Deprovision => vec![A::Deprovision {}],
        Verb::Unbound => vec![A::Unbound {}],
        Verb::Detached => flags(|network_unmapped| A::Detached { network_unmapped }),
        Verb::SoftRecover => flags(|self_tests_passed| A::SoftRecover { self_tests_passed }),
        Verb::GiveUp => flags(|cannot_zeroize| A::GiveUp { cannot_zeroize }),
        Verb::GiveUpLocal => vec![A::GiveUpLocal {}],
        Verb::PartsOut => vec![
            A::PartsOut { parts: inventory(&PARTS), camera: label("C-1") },
            A::PartsOut { parts: inventory(&PARTS[..1]), camera: label("C-1") },
            A::PartsOut { parts: inventory(&PARTS), camera: Label::default() },
        ],
        Verb::Shred => vec![
            A::Shred { parts: inventory(&PARTS), method: label("shredder"), place: label("hall 3") },
            A::Shred { parts: inventory(&PARTS[..1]), method: label("shredder"), place: label("hall 3") },
            A::Shred { parts: inventory(&PARTS), method: Label::default(), place: label("hall 3") },
        ],
        Verb::ChassisOut => vec![A::ChassisOut {}],
        Verb::Quarantine => vec![A::Quarantine {}],
        Verb::ZeroizedSeen => vec![A::ZeroizedSeen {}],
        Verb::Boot => flags(|self_test_passed| A::Boot { self_test_passed }),
        Verb::TamperCauseGone => [TamperClass::Fan, TamperClass::Battery].map(|class| A::TamperCauseGone { class }).to_vec(),
        Verb::ReadHealth => {
            [(Level::Good, Service::InService), (Level::Critical, Service::InService), (Level::Good, Service::OutOfService)]
                .map(|(worst, service)| A::ReadHealth { reading: reading(worst, service) })
                .to_vec()
        }
        Verb::LoginSucceeded => vec![A::LoginSucceeded {}],
        Verb::SetInventory => {
            vec![A::SetInventory { parts: inventory(&PARTS) }, A::SetInventory { parts: inventory(&[PARTS[0], PARTS[0]]) }]
        }
        Verb::PollUnanswered => vec![A::PollUnanswered {}],
        Verb::ErrorSoft => vec![A::ErrorSoft {}],
        Verb::ErrorRecovered => flags(|self_test_passed| A::ErrorRecovered { self_test_passed }),
        Verb::ReplacementOut => {
            [Main::Operational, Main::Failed].map(|main| A::ReplacementOut { peer: statement(main) }).to_vec()
        }
        Verb::HaJoin => [GIVEN, ELSE].map(|cloning_domain| A::HaJoin { cloning_domain, peers: 1 }).to_vec(),
        Verb::HaSyncStart => flags(|accepted| A::HaSyncStart { accepted }),
        Verb::HaSyncOk => vec![
            A::HaSyncOk { expected: GIVEN, found: GIVEN, peers: 1 },
            A::HaSyncOk { expected: GIVEN, found: ELSE, peers: 1 },
            A::HaSyncOk { expected: GIVEN, found: GIVEN, peers: 2 },
        ],
        Verb::HaSyncFail => vec![A::HaSyncFail {}],
        Verb::HaPeerChange => vec![A::HaPeerChange { peers: 1 }],
        Verb::HaRecover => vec![A::HaRecover {}],
        Verb::HaLeave => vec![A::HaLeave {}],
        Verb::PlanSwap => Component::ALL.iter().map(|component| A::PlanSwap { component: *component }).collect(),
        Verb::RecoverLogin => vec![A::RecoverLogin { succeeded: true }],
        Verb::OpenTicket => {
            let mut all = TICKETS.map(|ticket| A::OpenTicket { ticket, troubleshot: true }).to_vec();
            all.push(A::OpenTicket { ticket: TICKETS[0], troubleshot: false });
            all
        }
        Verb::Triage => each(|request| A::Triage { request }),
        Verb::RequestAccess => request_access(core),
        Verb::Evaluate => each(|request| A::Evaluate { request }),
        Verb::ApproveInternally => each(|request| A::ApproveInternally { request }),
        Verb::RejectInternally => each(|request| A::RejectInternally { request }),
        Verb::AskCustomer => each(|request| A::AskCustomer { request }),
        Verb::Approve => {
            let mut all = each(|request| A::Approve { request, duration: None, reason: GIVEN });
            for request in requests() {
                all.push(A::Approve { request, duration: None, reason: Digest::NONE });
                all.push(A::Approve { request, duration: Some(Seconds(1)), reason: GIVEN });
                all.push(A::Approve { request, duration: Some(Seconds(3)), reason: GIVEN });
            }
            all
        }
        Verb::Deny => {
            let mut all = each(|request| A::Deny { request, reason: GIVEN });
            all.extend(each(|request| A::Deny { request, reason: Digest::NONE }));
            all
        }
        Verb::UseAccess => each(|request| A::UseAccess { request }),
        Verb::Revoke => {
            let mut all = each(|request| A::Revoke { request, reason: GIVEN });
            all.extend(each(|request| A::Revoke { request, reason: Digest::NONE }));
            all
        }
        Verb::EndAccess => each(|request| A::EndAccess { request }),
        Verb::Cancel => each(|request| A::Cancel { request }),
        Verb::RecordExclusion => [GIVEN, Digest::NONE]
            .map(|justification| A::RecordExclusion { kind: Exclusion::BreakGlass, subject: Subject::Device, justification })
            .to_vec(),
        Verb::ReviewExclusion => numbers(state.exclusions.iter().map(|excluded| excluded.number))
            .into_iter()
            .flat_map(|exclusion| [GIVEN, Digest::NONE].map(|finding| A::ReviewExclusion { exclusion, finding }))
            .collect(),
        Verb::AskSupport => {
            [Issue::Hardware, Issue::Software, Issue::NetworkAccess].map(|issue| A::AskSupport { issue, ssh_test: None }).to_vec()
        }
        Verb::Acknowledge => [LogName::Tenant, LogName::Lifecycle]
            .into_iter()
            .flat_map(|log| [0, 1].map(|less| A::Acknowledge { log, next: core.log().size(log).saturating_add(less) }))
            .collect(),
        Verb::Confirm => {
            let pending = core.pending().iter().map(|entry| entry.id).chain([0]);
            pending.map(|effect| A::Confirm { effect }).collect()
        }
        Verb::Tick => vec![A::Tick {}],
        Verb::SetTime => vec![A::SetTime {}],
        Verb::ConsoleLine => lines(),
    }
}

/// What an engineer may ask for: on each ticket the device and a service, and on the first one every way to go wrong.
fn request_access(core: &Core) -> Vec<Action> {
    let device = terms(Subject::Device);
    let odd = [
        AccessTerms { subject: Subject::VmLinux, ..device },
        AccessTerms { subject: Subject::VmClassic, ..device },
        AccessTerms { subject: Subject::Storage, ..device },
        AccessTerms { subject: Subject::Teams, ..device },
        AccessTerms { permission: Permission::Administer, ..device },
        AccessTerms { permission: Permission::KeyMaterial, ..device },
        AccessTerms { scope: Scope::ManagementGroup, ..device },
        AccessTerms { isolated_identity: false, ..device },
        AccessTerms { standard_tools_failed: false, ..device },
        AccessTerms { customer_data: false, ..device },
        AccessTerms { duration: Some(Seconds(0)), ..device },
        AccessTerms { duration: Some(Seconds(1)), ..device },
        AccessTerms { duration: Some(Seconds(9)), ..device },
    ];
    let asks = |ticket, follows, terms| Action::RequestAccess { ticket, follows, terms };
    let mut all = Vec::new();
    for ticket in TICKETS {
        all.push(asks(ticket, None, device));
        all.extend(core.state().requests.iter().map(|request| asks(ticket, Some(request.number), device)));
    }
    all.extend(odd.map(|terms| asks(TICKETS[0], None, terms)));
    all.push(asks(TICKETS[0], Some(0), device));
    all
}

/// Lines at the console: one of each kind that the policy tells apart.
fn lines() -> Vec<Action> {
    let list = SHORT.console;
    let first = |wanted: &dyn Fn(u16) -> bool| (0..lunash::COMMANDS).find(|index| wanted(*index)).unwrap_or(u16::MAX);
    let monitor = first(&|index| list.monitor.contains(index));
    let read = first(&|index| list.read.contains(index) && !list.monitor.contains(index) && !list.never.contains(index));
    let write = first(&|index| list.administer.contains(index) && !list.read.contains(index) && !list.never.contains(index));
    let never = first(&|index| list.never.contains(index));
    let line = |command, arguments| Action::ConsoleLine { command, arguments, line: GIVEN };
    let mut all = [monitor, read, write, never, u16::MAX].map(|command| line(command, Arguments::None)).to_vec();
    all.push(line(monitor, Arguments::Plain));
    all.push(line(monitor, Arguments::NotPlain));
    all
}
