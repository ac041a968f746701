//! The lease's chart: one table, from which lookup, documentation and constants come.
//!
//! A row says: from these states, this event, by these roles, under these guards, leads there, with
//! these effects. What no row says is refused. The states and rows are those of the domain notes
//! (a.2 with its amendments); a row's rule is its number there.

use crate::party::{Role, Roles};
use crate::rule::Rule;
use crate::word::words;
use core::hint::select_unpredictable;

pub use crate::device::Main;

/// A set of states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct States(u32);

impl States {
    /// The set of the given states.
    #[must_use]
    pub const fn of(states: &[Main]) -> Self {
        let mut bits = 0;
        let mut rest = states;
        while let [state, later @ ..] = rest {
            bits |= 1 << (*state as u32);
            rest = later;
        }
        Self(bits)
    }

    /// Whether `state` is in the set.
    #[must_use]
    pub const fn contains(self, state: Main) -> bool {
        self.0 >> (state as u32) & 1 == 1
    }
}

/// What happens to a lease. An action becomes an event once what distinguishes its rows is known:
/// whether a tamper destroys, whether a counter has reached its limit, whether the latch is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each is the action of the same name, told apart as its rows are")]
#[repr(u8)]
pub enum Event {
    Arrive,
    StmOk,
    StmMismatch,
    BaselineOk,
    EnterMaintenance,
    ExitMaintenance,
    ZeroizeLocal,
    Allocate,
    Recheck,
    Mapped,
    AllocFail,
    Claim,
    Abandon,
    ClaimExpired,
    Init,
    Zeroize,
    FactoryReset,
    LoginFailed,
    LoginFailedLast,
    TamperRecoverable,
    TamperDestroying,
    FaultHard,
    FaultUnconfirmed,
    TamperClear,
    EraseDone,
    EraseFail,
    EraseFailLast,
    VerifyOk,
    VerifyFail,
    VerifyFailLast,
    Reinit,
    Deprovision,
    Unbound,
    Detached,
    SoftRecover,
    SoftRecoverLatched,
    GiveUp,
    GiveUpLocal,
    GiveUpTimeout,
    PartsOut,
    Shred,
    ChassisOut,
    Quarantine,
    ZeroizedSeen,
    BootObserved,
    Boot,
}

impl Event {
    /// How many events there are.
    pub const COUNT: usize = Self::Boot as usize + 1;

    /// The event's name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        const NAMES: [&str; Event::COUNT] = [
            "arrive",
            "stm_ok",
            "stm_mismatch",
            "baseline_ok",
            "enter_maintenance",
            "exit_maintenance",
            "zeroize_local",
            "allocate",
            "recheck",
            "mapped",
            "alloc_fail",
            "claim",
            "abandon",
            "claim_expired",
            "init",
            "zeroize",
            "factory_reset",
            "so_bad_login",
            "so_bad_login[last]",
            "tamper[recoverable]",
            "tamper[destroying]",
            "fault_hard",
            "fault_hard[unconfirmed]",
            "tamper_clear",
            "erase_done",
            "erase_fail",
            "erase_fail[last]",
            "verify_ok",
            "verify_fail",
            "verify_fail[last]",
            "reinit",
            "deprovision",
            "unbound",
            "detached",
            "soft_recover",
            "soft_recover[latched]",
            "give_up",
            "give_up_local",
            "give_up_timeout",
            "parts_out",
            "shred",
            "chassis_out",
            "quarantine",
            "zeroized_seen",
            "boot[observed]",
            "boot",
        ];
        #[expect(clippy::indexing_slicing, reason = "the table has one name for each event")]
        NAMES[self as usize]
    }
}

/// What a row does besides moving, a bit each; `commit` carries them out in a fixed order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Effects(u32);

impl Effects {
    /// Nothing.
    pub const NONE: Self = Self(0);
    /// Unbind the tenant.
    pub const UNBIND: Self = Self(1 << 1);
    /// A new lease epoch begins.
    pub const NEW_EPOCH: Self = Self(1 << 2);
    /// The proof of zeroization is void.
    pub const DROP_PROOF: Self = Self(1 << 3);
    /// Ask for the erasure of all areas.
    pub const ERASE: Self = Self(1 << 4);
    /// Make the evidence record.
    pub const PROVE: Self = Self(1 << 5);
    /// Set the tamper latch.
    pub const LATCH: Self = Self(1 << 6);
    /// Release the tamper latch and ask for a reset.
    pub const UNLATCH: Self = Self(1 << 7);
    /// Ask for cryptography, sessions and activation to stop.
    pub const HALT: Self = Self(1 << 8);
    /// Tell the customer, where one is bound.
    pub const NOTIFY: Self = Self(1 << 9);
    /// Count a failed erasure or read-back.
    pub const COUNT_ERASE: Self = Self(1 << 10);
    /// Count a failed log-in.
    pub const COUNT_LOGIN: Self = Self(1 << 11);
    /// Remember whether the device served, so that a recovery may lead back there.
    pub const REMEMBER: Self = Self(1 << 12);
    /// Erase the tenant's log, requests and account, and ask for its area to be erased.
    pub const ERASE_TENANT: Self = Self(1 << 13);
    /// Remember when and in which boot a zeroized device was seen.
    pub const SIGHT: Self = Self(1 << 14);
    /// The row leaves no record, because nothing changed.
    pub const QUIET: Self = Self(1 << 15);
    /// Monitoring is allowed again.
    pub const ALLOW_MONITORING: Self = Self(1 << 16);

    /// Every effect with its name, for those who draw or explain the chart.
    pub const NAMES: &'static [(Self, &'static str)] = &[
        (Self::UNBIND, "unbind"),
        (Self::NEW_EPOCH, "new_epoch"),
        (Self::DROP_PROOF, "drop_proof"),
        (Self::ERASE, "erase"),
        (Self::PROVE, "prove"),
        (Self::LATCH, "latch"),
        (Self::UNLATCH, "unlatch"),
        (Self::HALT, "halt"),
        (Self::NOTIFY, "notify"),
        (Self::COUNT_ERASE, "count_erase"),
        (Self::COUNT_LOGIN, "count_login"),
        (Self::REMEMBER, "remember"),
        (Self::ERASE_TENANT, "erase_tenant"),
        (Self::SIGHT, "sight"),
        (Self::QUIET, "quiet"),
        (Self::ALLOW_MONITORING, "allow_monitoring"),
    ];

    /// Both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether all of `other` is in it.
    #[must_use]
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

words! {
    /// Why a destruction began; stands in the evidence.
    #[derive(Default)]
    pub enum Cause {
        /// None began.
        #[default]
        None = 0 "none",
        /// A tamper.
        Tamper = 1 "tamper",
        /// The provider, before or after a lease.
        Pool = 2 "pool",
        /// The customer.
        Customer = 3 "customer",
        /// The customer, to factory state.
        FactoryReset = 4 "factory_reset",
        /// Too many wrong log-ins.
        Authentication = 5 "authentication",
        /// The claim window ran out.
        Timeout = 6 "timeout",
        /// After a failure.
        Failure = 7 "failure",
        /// The end of a maintenance.
        MaintenanceExit = 8 "maintenance_exit",
        /// It was seen from outside.
        Observed = 9 "observed",
    }
}

/// One row of the chart.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// The row's number, as a rule.
    pub rule: Rule,
    /// The states that it leads from.
    pub from: States,
    /// The event.
    pub event: Event,
    /// Who may cause it.
    pub by: Roles,
    /// What must hold; each is the rule that refuses where it does not.
    pub guards: &'static [Rule],
    /// Where it leads; the same state where `None`.
    pub to: Option<Main>,
    /// Why a destruction begins here.
    pub cause: Cause,
    /// What it does besides.
    pub effects: Effects,
}

const fn row(
    rule: Rule,
    from: &[Main],
    event: Event,
    by: &[Role],
    guards: &'static [Rule],
    to: Option<Main>,
    effects: Effects,
) -> Row {
    Row { rule, from: States::of(from), event, by: Roles::of(by), guards, to, cause: Cause::None, effects }
}

/// A row that begins a destruction.
const fn destroy(rule: Rule, from: &[Main], event: Event, by: &[Role], guards: &'static [Rule], cause: Cause) -> Row {
    let effects = Effects::ERASE.and(Effects::DROP_PROOF).and(Effects::HALT).and(Effects::NOTIFY);
    Row { rule, from: States::of(from), event, by: Roles::of(by), guards, to: Some(Main::Zeroizing), cause, effects }
}

/// The row with further effects.
const fn also(effects: Effects, row: Row) -> Row {
    Row { effects: row.effects.and(effects), ..row }
}

const FAIL: Effects = Effects::NOTIFY.and(Effects::REMEMBER);
const LATCH: Effects = Effects::LATCH.and(Effects::HALT).and(Effects::NOTIFY);
const PROVED: Effects = Effects::PROVE.and(Effects::NOTIFY);
const AGAIN: Effects = Effects::ERASE.and(Effects::COUNT_ERASE);

use Event as E;
use Main::{
    Allocating, ChassisReturned, Deprovisioning, Failed, InTransit, Invalid, Maintenance, Operational, OwnedUninit,
    PartsDestroyed, PartsRemoved, PoolConfig, PoolFree, Quarantined, Received, TamperLatched, TenantUnclaimed, Zeroized,
    ZeroizedUnverified, Zeroizing,
};
use Role::{Admin, Clock, Core, Hands, Net, Pool, Sensor};
use Rule as R;

/// The chart.
#[rustfmt::skip]
pub const CHART: &[Row] = &[
    row(R::T01, &[InTransit], E::Arrive, &[Hands], &[R::SerialMatches], Some(Received), Effects::NONE),
    row(R::T02, &[Received], E::StmOk, &[Pool], &[R::TwoPersons, R::TransportStringMatches, R::SealsWhole, R::CustodyWhole], Some(PoolConfig), Effects::NONE),
    row(R::T04, &[Received], E::StmMismatch, &[Pool], &[R::SomethingMismatches], Some(Quarantined), Effects::NONE),
    row(R::T05, &[PoolConfig], E::BaselineOk, &[Pool],
        &[R::ProofPresent, R::ProofFresh, R::ProofClass, R::FirmwareAllowed, R::PasswordDiscarded, R::LogsCleared, R::SelfTestPassed, R::Running],
        Some(PoolFree), Effects::NEW_EPOCH.and(Effects::ALLOW_MONITORING)),
    row(R::T06, &[PoolConfig], E::EnterMaintenance, &[Hands], &[R::NoTenant, R::ProofPresent, R::TwoPersons, R::TicketGiven], Some(Maintenance), Effects::NONE),
    row(R::T07, &[PoolConfig], E::FaultHard, &[Sensor], &[], Some(Failed), FAIL),
    destroy(R::T08, &[PoolConfig], E::TamperRecoverable, &[Sensor], &[], Cause::Tamper),
    destroy(R::T08, &[PoolConfig], E::TamperDestroying, &[Sensor], &[], Cause::Tamper),
    destroy(R::T09, &[PoolConfig], E::ZeroizeLocal, &[Pool], &[R::NoTenant, R::TwoPersons], Cause::Pool),
    row(R::T10, &[PoolFree], E::Allocate, &[Pool],
        &[R::Running, R::NoTenant, R::AllocationRequested, R::RegistrationApproved, R::PlaceMatches, R::ProofPresent, R::ProofFresh, R::ReplacementStated],
        Some(Allocating), Effects::NONE),
    row(R::T11, &[PoolFree], E::Recheck, &[Pool], &[], Some(PoolConfig), Effects::DROP_PROOF),
    destroy(R::T12, &[PoolFree], E::TamperRecoverable, &[Sensor], &[], Cause::Tamper),
    destroy(R::T12, &[PoolFree], E::TamperDestroying, &[Sensor], &[], Cause::Tamper),
    row(R::T13, &[PoolFree], E::FaultHard, &[Sensor], &[], Some(Failed), FAIL),
    row(R::T14, &[Allocating], E::Mapped, &[Net], &[R::Running, R::PlaceMatches, R::SshTestPassed], Some(TenantUnclaimed), Effects::NOTIFY),
    row(R::T15, &[Allocating], E::AllocFail, &[Net], &[], Some(PoolConfig), Effects::UNBIND.and(Effects::DROP_PROOF)),
    destroy(R::T16, &[Allocating], E::TamperRecoverable, &[Sensor], &[], Cause::Tamper),
    destroy(R::T16, &[Allocating], E::TamperDestroying, &[Sensor], &[], Cause::Tamper),
    row(R::T17, &[Allocating], E::FaultHard, &[Sensor], &[], Some(Failed), FAIL),
    row(R::T18, &[TenantUnclaimed], E::Claim, &[Admin], &[R::Running, R::ClaimInTime, R::CredentialReplaced, R::ProofAsSeen], Some(OwnedUninit), Effects::DROP_PROOF),
    destroy(R::T19, &[TenantUnclaimed], E::Abandon, &[Admin], &[], Cause::Customer),
    also(Effects::UNBIND, destroy(R::T20, &[TenantUnclaimed], E::ClaimExpired, &[Clock], &[R::TimerIsOn], Cause::Timeout)),
    destroy(R::T21, &[TenantUnclaimed], E::TamperRecoverable, &[Sensor], &[], Cause::Tamper),
    destroy(R::T21, &[TenantUnclaimed], E::TamperDestroying, &[Sensor], &[], Cause::Tamper),
    row(R::T22, &[TenantUnclaimed], E::FaultHard, &[Sensor], &[], Some(Failed), FAIL),
    row(R::T23, &[OwnedUninit], E::Init, &[Admin], &[R::Running], Some(Operational), Effects::NONE),
    destroy(R::T24, &[OwnedUninit], E::Zeroize, &[Admin], &[R::NonceFresh], Cause::Customer),
    destroy(R::T25, &[OwnedUninit], E::TamperRecoverable, &[Sensor], &[], Cause::Tamper),
    destroy(R::T25, &[OwnedUninit], E::TamperDestroying, &[Sensor], &[], Cause::Tamper),
    row(R::T26, &[OwnedUninit], E::FaultHard, &[Sensor], &[], Some(Failed), FAIL),
    row(R::T27, &[Operational], E::TamperRecoverable, &[Sensor], &[], Some(TamperLatched), LATCH),
    destroy(R::T28, &[Operational], E::TamperDestroying, &[Sensor], &[], Cause::Tamper),
    destroy(R::T29, &[Operational], E::LoginFailedLast, &[Admin, Core], &[], Cause::Authentication),
    destroy(R::T30, &[Operational], E::Zeroize, &[Admin], &[R::TwoPersons, R::NonceFresh], Cause::Customer),
    row(R::T31, &[Operational], E::FaultHard, &[Sensor], &[], Some(Failed), FAIL),
    destroy(R::T32, &[Operational], E::FactoryReset, &[Admin], &[R::TwoPersons, R::NonceFresh], Cause::FactoryReset),
    row(R::T33, &[TamperLatched], E::TamperClear, &[Admin], &[R::Running, R::TamperGone, R::TamperOnRecord], Some(Operational), Effects::UNLATCH),
    destroy(R::T34, &[TamperLatched], E::Zeroize, &[Admin], &[], Cause::Customer),
    destroy(R::T35, &[TamperLatched], E::TamperDestroying, &[Sensor], &[], Cause::Tamper),
    destroy(R::T36, &[TamperLatched], E::LoginFailedLast, &[Admin, Core], &[], Cause::Authentication),
    row(R::T37, &[TamperLatched], E::FaultHard, &[Sensor], &[], Some(Failed), FAIL),
    row(R::T38, &[Zeroizing], E::EraseDone, &[Core], &[R::CoreErases, R::AreasErased], Some(ZeroizedUnverified), Effects::NONE),
    row(R::T38, &[Zeroizing], E::ZeroizedSeen, &[Sensor], &[R::BoardReports], Some(ZeroizedUnverified), Effects::SIGHT),
    row(R::T39, &[Zeroizing], E::Boot, &[Core], &[], None, Effects::ERASE),
    row(R::T40, &[Zeroizing], E::EraseFailLast, &[Core], &[], Some(Quarantined), Effects::NOTIFY),
    row(R::T40, &[ZeroizedUnverified], E::VerifyFailLast, &[Core], &[], Some(Quarantined), Effects::NOTIFY),
    row(R::T41, &[ZeroizedUnverified], E::VerifyOk, &[Core], &[R::CoreErases, R::ReadBackMatches], Some(Zeroized), PROVED),
    row(R::T41, &[ZeroizedUnverified], E::ZeroizedSeen, &[Sensor], &[R::BoardReports, R::SightingIsNew], Some(Zeroized), PROVED),
    row(R::T42, &[ZeroizedUnverified], E::Boot, &[Core], &[], Some(Zeroizing), Effects::ERASE),
    row(R::T43, &[ZeroizedUnverified], E::VerifyFail, &[Core], &[], Some(Zeroizing), AGAIN),
    row(R::T44, &[Zeroized], E::Reinit, &[Admin], &[R::Running, R::TenantBound, R::Claimed], Some(OwnedUninit), Effects::NEW_EPOCH.and(Effects::DROP_PROOF)),
    row(R::T45, &[Zeroized], E::Deprovision, &[Admin], &[R::TenantBound], Some(Deprovisioning), Effects::NONE),
    row(R::T46, &[Zeroized], E::Unbound, &[Core], &[R::NoTenant], Some(PoolConfig), Effects::NONE),
    destroy(R::T47, &[Zeroized], E::TamperRecoverable, &[Sensor], &[], Cause::Tamper),
    destroy(R::T47, &[Zeroized], E::TamperDestroying, &[Sensor], &[], Cause::Tamper),
    row(R::T48, &[Zeroized], E::FaultHard, &[Sensor], &[], Some(Failed), FAIL.and(Effects::DROP_PROOF)),
    row(R::T49, &[Deprovisioning], E::Detached, &[Pool], &[R::NetworkUnmapped, R::TenantLogAcknowledged, R::NothingOpen],
        Some(PoolConfig), Effects::UNBIND.and(Effects::ERASE_TENANT)),
    destroy(R::T50, &[Deprovisioning], E::TamperRecoverable, &[Sensor], &[], Cause::Tamper),
    destroy(R::T50, &[Deprovisioning], E::TamperDestroying, &[Sensor], &[], Cause::Tamper),
    row(R::T51, &[Deprovisioning], E::FaultHard, &[Sensor], &[], Some(Failed), FAIL),
    destroy(R::T52, &[Maintenance], E::ExitMaintenance, &[Hands], &[R::TwoPersons, R::CoversClosed], Cause::MaintenanceExit),
    row(R::T53, &[Maintenance], E::FaultHard, &[Sensor], &[], Some(Failed), FAIL),
    destroy(R::T54, &[Failed], E::Zeroize, &[Admin], &[R::TenantBound, R::DeviceAnswers], Cause::Failure),
    destroy(R::T55, &[Failed], E::ZeroizeLocal, &[Pool], &[R::NoTenant], Cause::Failure),
    row(R::T56, &[Failed], E::TamperRecoverable, &[Sensor], &[], None, LATCH),
    destroy(R::T56, &[Failed], E::TamperDestroying, &[Sensor], &[], Cause::Tamper),
    row(R::T57, &[Failed], E::SoftRecoverLatched, &[Admin], &[R::DecidedInTime, R::FailedFromService, R::FaultWasSoft, R::Running], Some(TamperLatched), Effects::NONE),
    row(R::T58, &[Failed], E::SoftRecover, &[Admin], &[R::DecidedInTime, R::FailedFromService, R::FaultWasSoft, R::Running], Some(Operational), Effects::NONE),
    row(R::T59, &[Failed], E::GiveUp, &[Admin], &[R::TenantBound, R::Stated], Some(Quarantined), Effects::NONE),
    row(R::T60, &[Failed], E::GiveUpLocal, &[Pool], &[R::NoTenant, R::TwoPersons], Some(Quarantined), Effects::NONE),
    row(R::T61, &[Failed], E::GiveUpTimeout, &[Clock], &[R::TimerIsOn], Some(Quarantined), Effects::NOTIFY),
    row(R::T62, &[Quarantined], E::PartsOut, &[Hands], &[R::TwoPersons, R::PartsKnown, R::DestructionWitnessed], Some(PartsRemoved), Effects::NONE),
    row(R::T63, &[PartsRemoved], E::Shred, &[Hands], &[R::TwoPersons, R::PartsKnown, R::DestructionWitnessed], Some(PartsDestroyed),
        Effects::NOTIFY.and(Effects::UNBIND)),
    row(R::T64, &[PartsDestroyed], E::ChassisOut, &[Hands], &[R::PartsKnown], Some(ChassisReturned), Effects::NONE),
    row(R::T65, &[Invalid], E::Quarantine, &[Pool, Admin], &[R::QuarantinePair], Some(Quarantined), Effects::ERASE_TENANT),
    Row { rule: R::T66, from: States::of(&[TenantUnclaimed, OwnedUninit, Operational, TamperLatched, Failed]), event: E::ZeroizedSeen,
        by: Roles::of(&[Sensor]), guards: &[], to: Some(Zeroizing), cause: Cause::Observed,
        effects: Effects::DROP_PROOF.and(Effects::NOTIFY).and(Effects::HALT).and(Effects::ERASE) },

    // The chart is total for tamper, boot, hard faults and wrong log-ins (amendment 1).
    row(R::TamperRecorded, LOG_ONLY, E::TamperRecoverable, &[Sensor], &[], None, Effects::NOTIFY),
    row(R::TamperRecorded, LOG_ONLY, E::TamperDestroying, &[Sensor], &[], None, Effects::NOTIFY),
    row(R::TamperRecorded, &[TamperLatched], E::TamperRecoverable, &[Sensor], &[], None, LATCH),
    destroy(R::TamperDestroys, &[ZeroizedUnverified], E::TamperRecoverable, &[Sensor], &[], Cause::Tamper),
    destroy(R::TamperDestroys, &[ZeroizedUnverified], E::TamperDestroying, &[Sensor], &[], Cause::Tamper),
    row(R::BootRecorded,
        &[InTransit, Received, PoolConfig, PoolFree, Allocating, TenantUnclaimed, OwnedUninit, Operational, TamperLatched, Zeroized,
          Deprovisioning, Maintenance, Failed, Quarantined, PartsRemoved, PartsDestroyed, ChassisReturned],
        E::Boot, &[Core], &[], None, Effects::NONE),
    // A board cannot tell its own boot from the device's: what it has seen, it has seen (amendment 3).
    row(R::BootRecorded, &[ZeroizedUnverified], E::BootObserved, &[Core], &[], None, Effects::NONE),
    // Where the stored state is invalid a boot changes nothing (D-28).
    row(R::BootRecorded, &[Invalid], E::Boot, &[Core], &[], None, Effects::QUIET),
    row(R::FaultRecorded,
        &[InTransit, Received, Zeroizing, ZeroizedUnverified, Failed, Quarantined, PartsRemoved, PartsDestroyed, ChassisReturned, Invalid],
        E::FaultHard, &[Sensor], &[], None, Effects::NONE),
    // On a board one word of the console is not enough (H-50, D-16).
    row(R::FaultRecorded, &[Operational, TamperLatched], E::FaultUnconfirmed, &[Sensor], &[], None, Effects::NONE),
    row(R::LoginFailureCounted, &[Operational, TamperLatched, Failed], E::LoginFailed, &[Admin, Core], &[], None, Effects::COUNT_LOGIN),
    row(R::LoginFailureCounted, &[Failed], E::LoginFailedLast, &[Admin, Core], &[], None, Effects::COUNT_LOGIN),
    row(R::LoginFailureCounted, NO_OFFICER, E::LoginFailed, &[Admin, Core], &[], None, Effects::NONE),
    row(R::LoginFailureCounted, NO_OFFICER, E::LoginFailedLast, &[Admin, Core], &[], None, Effects::NONE),
    row(R::EraseRetried, &[Zeroizing], E::EraseFail, &[Core], &[], None, AGAIN),
    row(R::SightingNoted,
        &[InTransit, Received, PoolConfig, PoolFree, Allocating, Zeroized, Deprovisioning, Maintenance, Quarantined, PartsRemoved,
          PartsDestroyed, ChassisReturned, Invalid],
        E::ZeroizedSeen, &[Sensor], &[], None, Effects::QUIET),
];

/// Where a tamper is only recorded (D-16).
const LOG_ONLY: &[Main] =
    &[InTransit, Received, Zeroizing, Maintenance, Quarantined, PartsRemoved, PartsDestroyed, ChassisReturned, Invalid];

/// Where no security officer exists whose log-ins could be counted.
const NO_OFFICER: &[Main] = &[
    InTransit,
    Received,
    PoolConfig,
    PoolFree,
    Allocating,
    TenantUnclaimed,
    OwnedUninit,
    Zeroizing,
    ZeroizedUnverified,
    Zeroized,
    Deprovisioning,
    Maintenance,
    Quarantined,
    PartsRemoved,
    PartsDestroyed,
    ChassisReturned,
    Invalid,
];

const NO_ROW: u8 = u8::MAX;

/// State × event → row, made from the chart when the crate is built.
static INDEX: [[u8; Event::COUNT]; Main::ALL.len()] = index();

#[expect(clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "runs when the crate is built")]
const fn index() -> [[u8; Event::COUNT]; Main::ALL.len()] {
    let mut table = [[NO_ROW; Event::COUNT]; Main::ALL.len()];
    assert!(CHART.len() < NO_ROW as usize, "a row's number fits a byte");
    let mut number = 0;
    while number < CHART.len() {
        let row = &CHART[number];
        let mut state = 0;
        while state < Main::ALL.len() {
            if row.from.contains(Main::ALL[state]) {
                let place = &mut table[state][row.event as usize];
                assert!(*place == NO_ROW, "two rows for one state and event");
                *place = number as u8;
            }
            state += 1;
        }
        number += 1;
    }
    table
}

/// The number of the row for `event` in `state`; `None` where the chart has none.
#[must_use]
#[inline]
pub fn find(state: Main, event: Event) -> Option<u8> {
    if SEARCHES { search(state, event) } else { look_up(state, event) }
}

/// A microcontroller searches the chart: it has not a kilobyte for the index.
const SEARCHES: bool = cfg!(target_arch = "arm");

fn search(state: Main, event: Event) -> Option<u8> {
    (0..).zip(CHART).find(|(_, row)| row.event == event && row.from.contains(state)).map(|(number, _)| number)
}

fn look_up(state: Main, event: Event) -> Option<u8> {
    let number = *INDEX.get(state as usize)?.get(event as usize)?;
    (number != NO_ROW).then_some(number)
}

/// Where `event` leads from `state` when `by` causes it, every guard granted; `None` where the chart refuses.
///
/// Without a branch: which events come cannot be foreseen, and one wrong guess of the processor takes longer than the step.
#[must_use]
#[inline]
pub fn next(state: Main, event: Event, by: Role) -> Option<Main> {
    if SEARCHES {
        let row = search(state, event).and_then(row_at).filter(|row| row.by.contains(by))?;
        return Some(row.to.unwrap_or(state));
    }
    let leads = LEADS.get(event as usize)?;
    let leads = select_unpredictable(leads.by.contains(by), &leads.to, &NOWHERE);
    leads.get(state as usize).copied().flatten()
}

/// Of one event: who may cause it, and where it leads from each state.
struct Leads {
    by: Roles,
    to: [Option<Main>; Main::ALL.len()],
}

/// Where somebody who may not cause an event leads it.
static NOWHERE: [Option<Main>; Main::ALL.len()] = [None; Main::ALL.len()];

/// Event × state → state, made from the chart when the crate is built.
static LEADS: [Leads; Event::COUNT] = leads();

#[expect(clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "runs when the crate is built")]
const fn leads() -> [Leads; Event::COUNT] {
    let mut table = [const { Leads { by: Roles::of(&[]), to: [None; Main::ALL.len()] } }; Event::COUNT];
    let mut number = 0;
    while number < CHART.len() {
        let row = &CHART[number];
        let leads = &mut table[row.event as usize];
        assert!(leads.by.is_empty() || leads.by.is(row.by), "who may cause an event does not depend on the state");
        leads.by = row.by;
        let mut state = 0;
        while state < Main::ALL.len() {
            let from = Main::ALL[state];
            if row.from.contains(from) {
                leads.to[state] = match row.to {
                    Some(to) => Some(to),
                    None => Some(from),
                };
            }
            state += 1;
        }
        number += 1;
    }
    table
}

/// The row with that number.
#[must_use]
pub fn row_at(number: u8) -> Option<&'static Row> {
    CHART.get(usize::from(number))
}

#[cfg(test)]
#[path = "chart_tests.rs"]
mod tests;
