//! Steps of the lease: which row of the chart an action means, and what each guard looks at.

use super::{Accepted, Change, may};
use crate::account::Registration;
use crate::audit::Place;
use crate::command::{Action, Statement};
use crate::device::Deployment;
use crate::engine::Facts;
use crate::lease::chart::{self, Effects, Event, Main, States};
use crate::lease::evidence::Class;
use crate::lease::execution::Execution;
use crate::lease::health::Health;
use crate::lease::sensing;
use crate::outbox::Kind;
use crate::party::{Role, Roles};
use crate::reading::TamperClass;
use crate::rule::{Rule, Trace, check};

pub(super) fn step<T: Trace>(facts: &Facts<'_>, event: Event, trace: &mut T) -> Result<Accepted, Rule> {
    let main = facts.base.lease.main;
    let found = chart::find(main, event);
    check(trace, Rule::NotInChart, found.is_some())?;
    let number = found.ok_or(Rule::RowExists)?;
    let row = chart::row_at(number).ok_or(Rule::RowExists)?;
    may(facts, trace, row.by)?;
    for rule in row.guards {
        check(trace, *rule, holds(*rule, facts))?;
    }
    let quiet = row.effects.has(Effects::QUIET);
    let change = if quiet { Change::Nothing } else { Change::Lease { row: number } };
    let detail = match &facts.command.action {
        Action::Tamper { class } => *class as u16,
        Action::FaultHard { code, .. } => *code,
        _ => row.cause as u16,
    };
    Ok(Accepted { from: main as u8, to: row.to.unwrap_or(main) as u8, detail, quiet, ..Accepted::plain(row.rule, change) })
}

/// Health is read (H-54).
pub(super) fn read_health<T: Trace>(facts: &Facts<'_>, trace: &mut T) -> Result<Accepted, Rule> {
    let Action::ReadHealth { reading } = &facts.command.action else { return Err(Rule::RowExists) };
    may(facts, trace, const { Roles::of(&[Role::Monitor, Role::Sensor, Role::Core]) })?;
    check(trace, Rule::MonitoringAllowed, holds(Rule::MonitoringAllowed, facts))?;
    let lease = &facts.base.lease;
    let after = sensing::heard(lease, &facts.policy.health, facts.at, reading);
    let (from, to) = (lease.health(), after.health());
    let rule = match (lease.polls.alert, after.polls.alert) {
        (false, true) => Rule::HealthAlert,
        (true, false) => Rule::HealthNotice,
        _ if from != to => Rule::HealthNotice,
        _ => Rule::HealthRead,
    };
    let quiet = rule == Rule::HealthRead && after.vitals == lease.vitals;
    Ok(Accepted { from: from as u8, to: to as u8, quiet, ..Accepted::plain(rule, Change::Vitals) })
}

/// The security officer logged in: wrong log-ins count from nothing again.
pub(super) fn login_succeeded<T: Trace>(facts: &Facts<'_>, trace: &mut T) -> Result<Accepted, Rule> {
    may(facts, trace, const { Roles::of(&[Role::Core]) })?;
    let quiet = facts.base.lease.login_failures == 0;
    Ok(Accepted { quiet, ..Accepted::plain(Rule::LoginSucceeded, Change::LoginsReset) })
}

/// A cause of tamper is gone.
pub(super) fn cause_gone<T: Trace>(facts: &Facts<'_>, trace: &mut T) -> Result<Accepted, Rule> {
    may(facts, trace, const { Roles::of(&[Role::Sensor]) })?;
    check(trace, Rule::CauseWasPresent, holds(Rule::CauseWasPresent, facts))?;
    Ok(Accepted::plain(Rule::TamperCauseGone, Change::CauseGone))
}

/// The chart's event for an action, told apart by what the state knows; `None` for actions that are
/// not of the chart.
pub(super) fn event_of(facts: &Facts<'_>) -> Option<Event> {
    let lease = &facts.base.lease;
    Some(match &facts.command.action {
        Action::Arrive { .. } => Event::Arrive,
        Action::StmOk { .. } => Event::StmOk,
        Action::StmMismatch { .. } => Event::StmMismatch,
        Action::BaselineOk { .. } => Event::BaselineOk,
        Action::EnterMaintenance { .. } => Event::EnterMaintenance,
        Action::ExitMaintenance { .. } => Event::ExitMaintenance,
        Action::ZeroizeLocal {} => Event::ZeroizeLocal,
        Action::Allocate { .. } => Event::Allocate,
        Action::Recheck {} => Event::Recheck,
        Action::Mapped { .. } => Event::Mapped,
        Action::AllocFail {} => Event::AllocFail,
        Action::Claim { .. } => Event::Claim,
        Action::Abandon {} => Event::Abandon,
        Action::Init { .. } => Event::Init,
        Action::Zeroize { .. } => Event::Zeroize,
        Action::FactoryReset { .. } => Event::FactoryReset,
        Action::LoginFailed {} => {
            let last = lease.login_failures.saturating_add(1) >= facts.policy.lease.login_attempts;
            if last { Event::LoginFailedLast } else { Event::LoginFailed }
        }
        Action::Tamper { class } => tamper_event(facts, *class),
        Action::FaultHard { .. } => {
            let confirmed =
                facts.base.device.deployment == Deployment::Firmware || lease.polls.confirm_fault(&facts.policy.health);
            if confirmed || !matches!(lease.main, Main::Operational | Main::TamperLatched) {
                Event::FaultHard
            } else {
                Event::FaultUnconfirmed
            }
        }
        Action::TamperClear {} => Event::TamperClear,
        Action::EraseDone { .. } => Event::EraseDone,
        Action::EraseFail {} => {
            let last = lease.erase_failures.saturating_add(1) >= facts.policy.lease.erase_attempts;
            if last { Event::EraseFailLast } else { Event::EraseFail }
        }
        Action::VerifyOk { .. } => Event::VerifyOk,
        Action::VerifyFail {} => {
            let last = lease.erase_failures.saturating_add(1) >= facts.policy.lease.erase_attempts;
            if last { Event::VerifyFailLast } else { Event::VerifyFail }
        }
        Action::Reinit {} => Event::Reinit,
        Action::Deprovision {} => Event::Deprovision,
        Action::Unbound {} => Event::Unbound,
        Action::Detached { .. } => Event::Detached,
        Action::SoftRecover { .. } if lease.latched => Event::SoftRecoverLatched,
        Action::SoftRecover { .. } => Event::SoftRecover,
        Action::GiveUp { .. } => Event::GiveUp,
        Action::GiveUpLocal {} => Event::GiveUpLocal,
        Action::PartsOut { .. } => Event::PartsOut,
        Action::Shred { .. } => Event::Shred,
        Action::ChassisOut {} => Event::ChassisOut,
        Action::Quarantine {} => Event::Quarantine,
        Action::ZeroizedSeen {} => Event::ZeroizedSeen,
        Action::Boot { .. } => {
            let observed = facts.base.device.deployment == Deployment::Board && lease.main == Main::ZeroizedUnverified;
            if observed { Event::BootObserved } else { Event::Boot }
        }
        _ => return None,
    })
}

/// What a tamper of this class is here. The customer's bit decides while the device serves, and in `FAILED`
/// reached from there (D-16).
pub(super) fn tamper_event(facts: &Facts<'_>, class: TamperClass) -> Event {
    let lease = &facts.base.lease;
    let bit_decides = match lease.main {
        Main::Operational | Main::TamperLatched => true,
        Main::Failed => lease.failed_in_service,
        _ => false,
    };
    let destroys = class.always_destroys() || facts.base.account.destroy_on_tamper || !bit_decides;
    if destroys { Event::TamperDestroying } else { Event::TamperRecoverable }
}

/// Whether the condition of a guard holds. A guard that is not of the lease, or whose action lacks
/// what it looks at, does not hold: a fault in a guard is never an approval.
pub(super) fn holds(rule: Rule, facts: &Facts<'_>) -> bool {
    let base = facts.base;
    let (lease, account, policy) = (&base.lease, &base.account, &facts.policy.lease);
    let action = &facts.command.action;
    match rule {
        Rule::TwoPersons => facts.command.second.is_some(),
        Rule::SerialMatches => matches!(action, Action::Arrive { serial } if *serial == base.device.serial),
        Rule::TransportStringMatches => {
            matches!(action, Action::StmOk { expected, shown, .. } if expected.is_given() && expected == shown)
        }
        Rule::SomethingMismatches => {
            lease.custody_broken
                || matches!(action, Action::StmMismatch { expected, shown, seals_whole } if expected != shown || !*seals_whole)
        }
        Rule::ClaimInTime => policy.claim_within.is_none_or(|window| facts.at < lease.entered.after(window)),
        Rule::SealsWhole => matches!(action, Action::StmOk { seals_whole: true, .. }),
        Rule::ProofPresent => lease.evidence.is_some(),
        Rule::ProofFresh => {
            let limit = match action {
                Action::BaselineOk { .. } => policy.proof_fresh_at_baseline,
                _ => policy.proof_fresh_at_allocation,
            };
            lease.evidence.as_ref().is_some_and(|proof| facts.at.is_within(proof.at, limit))
        }
        Rule::ProofClass => lease.evidence.as_ref().is_some_and(|proof| match proof.class {
            Class::Verified => true,
            Class::Reported => facts.command.second.is_some() && matches!(action, Action::BaselineOk { reset_checked: true, .. }),
            Class::Witnessed => false,
        }),
        Rule::FirmwareAllowed => {
            matches!(action, Action::BaselineOk { firmware, .. } if !firmware.is_empty() && policy.firmware.contains(firmware))
        }
        Rule::PasswordDiscarded => matches!(action, Action::BaselineOk { password_discarded: true, .. }),
        Rule::LogsCleared => {
            let erased = facts.outbox.iter().all(|entry| entry.kind != Kind::EraseTenantArea);
            // Somebody whose claim window ran out is a former tenant too.
            erased && !lease.claim_lapsed && matches!(action, Action::BaselineOk { logs_cleared: true, .. })
        }
        Rule::SelfTestPassed => matches!(action, Action::BaselineOk { self_test_passed: true, .. }),
        Rule::NoTenant => !lease.bound,
        Rule::TenantBound => lease.bound,
        Rule::TicketGiven => matches!(action, Action::EnterMaintenance { ticket } if !ticket.is_empty()),
        Rule::AllocationRequested => {
            let for_them = matches!(action, Action::Allocate { organisation, .. } if *organisation == account.organisation);
            account.is_open() && for_them && account.allocation_requested
        }
        Rule::RegistrationApproved => account.registration == Registration::Approved,
        Rule::PlaceMatches => match action {
            Action::Allocate { region, network, .. } => {
                !region.is_empty() && !network.is_empty() && *region == account.region && *network == account.network
            }
            Action::Mapped { network, .. } => !network.is_empty() && *network == account.network,
            _ => false,
        },
        Rule::ReplacementStated => match action {
            Action::Allocate { replaces: Some(peer), .. } => {
                is_another(facts, peer) && peer.organisation == account.organisation && OUT_OF_SERVICE.contains(peer.state)
            }
            Action::Allocate { replaces: None, .. } => true,
            _ => false,
        },
        Rule::ReplacementServes => {
            let theirs = matches!(action, Action::ReplacementOut { peer } if is_another(facts, peer)
                && peer.organisation == account.organisation && LEASED.contains(peer.state));
            OUT_OF_SERVICE.contains(lease.main) && theirs
        }
        Rule::SshTestPassed => matches!(action, Action::Mapped { ssh_test_passed: true, .. }),
        Rule::CredentialReplaced => {
            matches!(action, Action::Claim { credential_replaced: true, owner_key, .. } if owner_key.is_given())
        }
        Rule::ProofAsSeen => match action {
            Action::Claim { proof: Some(seen), .. } => lease.evidence.as_ref().is_some_and(|proof| proof.at == *seen),
            _ => true,
        },
        Rule::Claimed => lease.claimed,
        Rule::CustodyWhole => !lease.custody_broken,
        Rule::Running => lease.execution == Execution::Running,
        Rule::NonceFresh => match action {
            Action::Zeroize { nonce } | Action::FactoryReset { nonce } => *nonce == base.challenge(),
            _ => false,
        },
        Rule::TamperGone => lease.causes.is_empty(),
        // A tamper that found no place is on record once the count of what was not logged is, which the next
        // record brings with it where there is room for both.
        Rule::TamperOnRecord => {
            let room = base.tenant_log.room(facts.rooms.tenant, Place::Ordinary);
            lease.tamper_on_record || base.tenant_log.unlogged == 0 || room >= 2
        }
        Rule::AreasErased => {
            matches!(action, Action::EraseDone { areas } if *areas & policy.erase_list == policy.erase_list)
        }
        Rule::CoreErases => base.device.deployment == Deployment::Firmware,
        Rule::BoardReports => base.device.deployment == Deployment::Board,
        Rule::ReadBackMatches => {
            matches!(action, Action::VerifyOk { read_back } if read_back.is_given() && *read_back == policy.erased)
        }
        Rule::SightingIsNew => {
            let poll = facts.policy.health.poll_every;
            lease.sighting.is_some_and(|seen| lease.boot != seen.boot || facts.at >= seen.at.after(poll))
        }
        Rule::NetworkUnmapped => matches!(action, Action::Detached { network_unmapped: true }),
        Rule::TenantLogAcknowledged => {
            base.tenant_log.is_acknowledged() || facts.at >= lease.entered.after(policy.log_acknowledge_within)
        }
        Rule::NothingOpen => {
            let told = facts.outbox.iter().all(|entry| entry.kind != Kind::NotifyCustomer);
            told && facts.exclusions.is_empty() && facts.requests.iter().all(|request| request.is_settled())
        }
        Rule::CoversClosed => matches!(action, Action::ExitMaintenance { covers_closed: true }),
        // In firmware the command itself came through the device.
        Rule::DeviceAnswers => base.device.deployment == Deployment::Firmware || lease.health() != Health::Silent,
        Rule::FailedFromService => lease.failed_in_service,
        Rule::FaultWasSoft => lease.fault_is_soft && matches!(action, Action::SoftRecover { self_tests_passed: true }),
        Rule::Stated => matches!(action, Action::GiveUp { cannot_zeroize: true }),
        Rule::DecidedInTime => facts.timer().is_none_or(|end| facts.at < end),
        Rule::TimerIsOn => facts.timer().is_some_and(|end| facts.at >= end),
        Rule::PartsKnown => match action {
            Action::PartsOut { parts, .. } | Action::Shred { parts, .. } => {
                !parts.is_empty() && parts.is_sound() && parts.is_same_set(&lease.inventory)
            }
            _ => lease.destruction.is_some(),
        },
        Rule::DestructionWitnessed => match action {
            Action::PartsOut { camera, .. } => !camera.is_empty(),
            Action::Shred { method, place, .. } => !method.is_empty() && !place.is_empty(),
            _ => false,
        },
        Rule::QuarantinePair => match (base.device.deployment, facts.command.by.role, facts.command.second) {
            (Deployment::Firmware, Role::Pool, Some(second)) => second.organisation == facts.command.by.organisation,
            (Deployment::Board, Role::Admin, Some(second)) => second.role == Role::Pool,
            _ => false,
        },
        Rule::MonitoringAllowed => account.monitoring,
        Rule::CauseWasPresent => matches!(action, Action::TamperCauseGone { class } if lease.causes.contains(*class)),
        _ => false,
    }
}

/// Where a device that another one replaces can stand: it serves nobody any more (H-73).
const OUT_OF_SERVICE: States = States::of(&[
    Main::Failed,
    Main::Zeroizing,
    Main::ZeroizedUnverified,
    Main::Zeroized,
    Main::Deprovisioning,
    Main::Quarantined,
    Main::PartsRemoved,
    Main::PartsDestroyed,
    Main::ChassisReturned,
]);

/// Where a device that replaces another one can stand: handed out, and not given back.
const LEASED: States = States::of(&[Main::Allocating, Main::TenantUnclaimed, Main::OwnedUninit, Main::Operational]);

fn is_another(facts: &Facts<'_>, peer: &Statement) -> bool {
    !peer.serial.is_empty() && peer.serial != facts.base.device.serial
}
