//! The parts of the space that are searched.

use crate::policy::{SHORT, STRICT};
use crate::starts::{
    Start, asked, crowded, excluded, fresh, granted, invalid, latched, nearly_late, operational, pooled, prepared, returning,
    silent, triaged, unclaimed,
};
use crate::world::World;
use std::sync::Arc;
use strongroom_core::*;

/// Everything that moves a device through the chart.
const CHART: &[Verb] = &[
    Verb::Arrive,
    Verb::StmOk,
    Verb::StmMismatch,
    Verb::SetInventory,
    Verb::BaselineOk,
    Verb::EnterMaintenance,
    Verb::ExitMaintenance,
    Verb::ZeroizeLocal,
    Verb::Register,
    Verb::Allocate,
    Verb::Recheck,
    Verb::Mapped,
    Verb::AllocFail,
    Verb::Claim,
    Verb::Abandon,
    Verb::Init,
    Verb::Zeroize,
    Verb::FactoryReset,
    Verb::Tamper,
    Verb::TamperCauseGone,
    Verb::TamperClear,
    Verb::FaultHard,
    Verb::EraseDone,
    Verb::EraseFail,
    Verb::VerifyOk,
    Verb::VerifyFail,
    Verb::ZeroizedSeen,
    Verb::Boot,
    Verb::Reinit,
    Verb::Deprovision,
    Verb::Unbound,
    Verb::Detached,
    Verb::SoftRecover,
    Verb::GiveUp,
    Verb::GiveUpLocal,
    Verb::ReplacementOut,
    Verb::PartsOut,
    Verb::Shred,
    Verb::ChassisOut,
    Verb::LoginFailed,
    Verb::SetTamperBit,
    Verb::SetPlace,
    Verb::RequestAllocation,
    Verb::Tick,
];

/// Everything that moves a request or ends one.
const LOCKBOX: &[Verb] = &[
    Verb::OpenTicket,
    Verb::Triage,
    Verb::RequestAccess,
    Verb::Evaluate,
    Verb::ApproveInternally,
    Verb::RejectInternally,
    Verb::AskCustomer,
    Verb::Approve,
    Verb::Deny,
    Verb::UseAccess,
    Verb::Revoke,
    Verb::EndAccess,
    Verb::Cancel,
    Verb::RecordExclusion,
    Verb::ReviewExclusion,
    Verb::Tick,
    Verb::Confirm,
    Verb::SetTime,
    Verb::Boot,
    Verb::Zeroize,
    Verb::SetRoster,
    Verb::SetOptIns,
];

/// Health, execution and the HA group.
const REGIONS: &[Verb] = &[
    Verb::ReadHealth,
    Verb::PollUnanswered,
    Verb::SetMonitoring,
    Verb::ErrorSoft,
    Verb::ErrorRecovered,
    Verb::Boot,
    Verb::HaJoin,
    Verb::HaSyncStart,
    Verb::HaSyncOk,
    Verb::HaSyncFail,
    Verb::HaPeerChange,
    Verb::HaRecover,
    Verb::HaLeave,
    Verb::FaultHard,
    Verb::LoginFailed,
    Verb::LoginSucceeded,
];

/// What fills logs and the outbox, and what empties them.
const UPKEEP: &[Verb] = &[
    Verb::Acknowledge,
    Verb::Confirm,
    Verb::Tick,
    Verb::SetTime,
    Verb::Tamper,
    Verb::TamperCauseGone,
    Verb::TamperClear,
    Verb::Zeroize,
    Verb::EraseDone,
    Verb::VerifyOk,
    Verb::Deprovision,
    Verb::Detached,
    Verb::RecordExclusion,
    Verb::ReviewExclusion,
    Verb::SetTamperBit,
    Verb::OpenTicket,
];

/// Of the account.
const ACCOUNT: &[Verb] = &[
    Verb::Register,
    Verb::SetPlan,
    Verb::SetRoster,
    Verb::SetOptIns,
    Verb::SetTamperBit,
    Verb::SetMonitoring,
    Verb::SetVendorRegistration,
    Verb::SetPlace,
    Verb::RequestAllocation,
    Verb::SetCustomerId,
    Verb::SetPolicy,
];

const UNREADABLE: &[Verb] = &[
    Verb::Quarantine,
    Verb::Boot,
    Verb::Tamper,
    Verb::FaultHard,
    Verb::SetInventory,
    Verb::PartsOut,
    Verb::Shred,
    Verb::ChassisOut,
    Verb::Acknowledge,
    Verb::Confirm,
    Verb::SetTime,
];

fn world(name: &'static str, starts: Vec<Start>, quick: usize, follow: &'static [Verb]) -> World {
    World { name, starts, follow, quick, drains: true, confirms: true, coverage: Arc::default() }
}

/// All of them.
#[must_use]
pub fn all() -> Vec<World> {
    let (firmware, board) = (Deployment::Firmware, Deployment::Board);
    let new = |deployment| fresh(deployment, &SHORT);
    let corners = |deployment| {
        vec![
            new(deployment),
            prepared(deployment, &SHORT),
            pooled(deployment, &SHORT),
            unclaimed(deployment),
            latched(deployment),
        ]
    };
    let mut board_corners = corners(board);
    board_corners.push(silent());
    let lockbox = vec![triaged(&SHORT), asked(&SHORT), granted(&SHORT), nearly_late(), excluded()];
    let strict = vec![triaged(&STRICT), asked(&STRICT), granted(&STRICT)];
    let full = vec![operational(firmware, &SHORT), returning(), crowded(), excluded()];
    vec![
        world("the chart, in firmware", corners(firmware), 6, CHART),
        world("the chart, on a board", board_corners, 6, CHART),
        World { confirms: false, ..world("the lockbox", lockbox, 4, LOCKBOX) },
        World { confirms: false, ..world("the lockbox, strict", strict, 4, LOCKBOX) },
        world("health, errors and the HA group, in firmware", vec![operational(firmware, &SHORT)], 6, REGIONS),
        world("health, errors and the HA group, on a board", vec![operational(board, &SHORT)], 6, REGIONS),
        world("the account", vec![pooled(firmware, &SHORT)], 6, ACCOUNT),
        World { drains: false, confirms: false, ..world("logs and outbox that nobody empties", full, 4, UPKEEP) },
        World {
            confirms: false,
            ..world("stored state that cannot be read", vec![invalid(firmware), invalid(board)], 9, UNREADABLE)
        },
    ]
}
