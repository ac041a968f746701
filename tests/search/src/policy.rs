//! Policies whose windows are a few seconds long, so that steps of one second cross every boundary and the search ends.

use strongroom_core::policy::{HealthPolicy, LeasePolicy, LockboxPolicy, OutboxPolicy};
use strongroom_core::{Label, Policy, Seconds};

/// The rules of `azure` with every window cut to seconds and every count to one or two; both timers are on.
pub static SHORT: Policy = Policy {
    name: Label(*b"short\0\0\0\0\0\0\0\0\0\0\0"),
    version: 101,
    lockbox: LockboxPolicy {
        decide_within: Seconds(3),
        jit_within: Seconds(2),
        access_default: Seconds(2),
        access_maximum: Seconds(2),
        review_within: Seconds(2),
        ..Policy::AZURE.lockbox
    },
    lease: LeasePolicy {
        proof_fresh_at_baseline: Seconds(2),
        proof_fresh_at_allocation: Seconds(3),
        erase_attempts: 2,
        login_attempts: 2,
        log_acknowledge_within: Seconds(2),
        claim_within: Some(Seconds(2)),
        give_up_within: Some(Seconds(2)),
        soft_errors: 1,
        ..Policy::AZURE.lease
    },
    health: HealthPolicy { poll_every: Seconds(2), alert: 2, window: 2, silent: 2 },
    outbox: OutboxPolicy { retry_every: Seconds(2), retries: 1 },
    ..Policy::AZURE
};

/// The same with two approvals, an opt-in, reasons, fixed access and nothing to take back: the choices that `SHORT` leaves.
pub static STRICT: Policy = Policy {
    name: Label(*b"strict\0\0\0\0\0\0\0\0\0\0"),
    version: 102,
    lockbox: LockboxPolicy {
        approvals_needed: 2,
        approve_needs_reason: true,
        opt_in_needed: true,
        access_fixed: true,
        approver_shortens: false,
        customer_revokes: false,
        ..SHORT.lockbox
    },
    ..SHORT
};

/// What `set_policy` may put in force.
pub static OFFERED: &[&Policy] = &[&SHORT, &STRICT];
