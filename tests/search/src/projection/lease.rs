//! What of the lease a decision can depend on.

use crate::policy::SHORT;
use strongroom_core::engine::Base;
use strongroom_core::lease::Lease;
use strongroom_core::lease::TamperCauses;
use strongroom_core::lease::evidence::Class;
use strongroom_core::lease::execution::Execution;
use strongroom_core::lease::health::Vitals;
use strongroom_core::lease::membership::Membership;
use strongroom_core::lease::polls::Polls;
use strongroom_core::{Digest, Inventory, Main, Time};

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct LeaseView {
    main: Main,
    /// For how long, where something is counted from it.
    for_seconds: Option<u64>,
    bound: bool,
    claimed: bool,
    claim_lapsed: bool,
    custody_broken: bool,
    /// The proof's class and age.
    proof: Option<(Class, u64)>,
    latched: bool,
    causes: TamperCauses,
    tamper_on_record: bool,
    failed_in_service: bool,
    fault_is_soft: bool,
    erase_failures: u8,
    login_failures: u8,
    /// Whether a sighting was of this boot, and its age.
    sighting: Option<(bool, u64)>,
    vitals: Vitals,
    /// The polls without their time, and how long ago the current one began.
    polls: (Polls, Option<u64>),
    execution: Execution,
    soft_errors: u8,
    membership: Membership,
    failed_as_member: bool,
    peers: u8,
    cloning_domain: Digest,
    /// Whether it is replaced, and for how long.
    replaced: Option<u64>,
    inventory: Inventory,
    destroyed: bool,
}

/// When the policy's timer for the lease runs out, where it runs (D-19).
pub(super) fn timer(base: &Base) -> Option<Time> {
    let (lease, policy) = (&base.lease, &SHORT.lease);
    match lease.main {
        Main::TenantUnclaimed => policy.claim_within.map(|window| lease.entered.after(window)),
        Main::Failed if !lease.replaced_by.is_empty() => {
            policy.give_up_within.map(|window| lease.entered.max(lease.replaced_at).after(window))
        }
        _ => None,
    }
}

/// The longest span that `entered` and `replaced_at` are compared with.
fn longest() -> u64 {
    let lease = &SHORT.lease;
    let windows = [lease.claim_within, lease.give_up_within, Some(lease.log_acknowledge_within)];
    windows.into_iter().flatten().map(|window| u64::from(window.0)).max().unwrap_or_default()
}

impl LeaseView {
    pub(super) fn of(lease: &Lease, now: Time) -> Self {
        let age = |at: Time, longest: u64| now.as_unix().saturating_sub(at.as_unix()).min(longest);
        let counted = matches!(
            lease.main,
            Main::PoolConfig
                | Main::TenantUnclaimed
                | Main::Failed
                | Main::Deprovisioning
                | Main::PartsDestroyed
                | Main::ChassisReturned
        );
        let limits = [SHORT.lease.proof_fresh_at_baseline, SHORT.lease.proof_fresh_at_allocation];
        let fresh = limits.iter().map(|window| u64::from(window.0)).max().unwrap_or_default();
        let poll = u64::from(SHORT.health.poll_every.0);
        // After so many polls each of the last ones is shifted out.
        let forgotten = poll * (u64::from(SHORT.health.window) + 1);
        let sighting = lease.sighting.map(|seen| (seen.boot == lease.boot, age(seen.at, poll)));
        Self {
            main: lease.main,
            for_seconds: counted.then(|| age(lease.entered, longest())),
            bound: lease.bound,
            claimed: lease.claimed,
            claim_lapsed: lease.claim_lapsed,
            custody_broken: lease.custody_broken,
            proof: lease.evidence.as_ref().map(|proof| (proof.class, age(proof.at, fresh))),
            latched: lease.latched,
            causes: lease.causes,
            tamper_on_record: lease.tamper_on_record,
            failed_in_service: lease.failed_in_service,
            fault_is_soft: lease.fault_is_soft,
            erase_failures: lease.erase_failures.min(SHORT.lease.erase_attempts),
            login_failures: lease.login_failures.min(SHORT.lease.login_attempts),
            sighting,
            vitals: lease.vitals,
            polls: (Polls { at: None, ..lease.polls }, lease.polls.at.map(|at| age(at, forgotten))),
            execution: lease.execution,
            soft_errors: lease.soft_errors.min(SHORT.lease.soft_errors.saturating_add(1)),
            membership: lease.membership,
            failed_as_member: lease.failed_as_member,
            peers: lease.peers,
            cloning_domain: lease.cloning_domain,
            replaced: (!lease.replaced_by.is_empty()).then(|| age(lease.replaced_at, longest())),
            inventory: lease.inventory,
            destroyed: lease.destruction.is_some(),
        }
    }
}
