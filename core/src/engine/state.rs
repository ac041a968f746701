//! All that an engine remembers, the log's records apart.

use super::Facts;
use crate::account::Account;
use crate::audit::{Meter, Refusal, Rooms};
use crate::command::{Command, LogName, RequestNumber};
use crate::device::{Deployment, Device};
use crate::id::{Digest, Id, Label, Organisation};
use crate::lease::Lease;
use crate::lockbox::exclusion::{EXCLUSIONS, Excluded};
use crate::lockbox::request::Request;
use crate::outbox::Entry;
use crate::policy::{Policy, Subject};
use crate::time::Time;
use heapless::Vec;
use serde::{Deserialize, Serialize};

/// The time that the engine believes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Clock {
    /// The latest time a step was given; steps that only end access or destroy may run at it.
    pub last_good: Time,
    /// Counts settings of the clock (D-18).
    pub epoch: u16,
}

/// The state that a step was decided on: the device, how many steps it had made, when, and the digest of
/// the last command in its log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Tag {
    pub(super) serial: Label,
    pub(super) steps: u64,
    pub(super) last_good: Time,
    pub(super) last_command: Digest,
}

/// The part of the state that has no capacity.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Base {
    /// What the engine was made with.
    pub device: Device,
    /// The policy's version.
    pub policy_version: u32,
    /// The policy's digest.
    pub policy: Digest,
    /// The time.
    pub clock: Clock,
    /// The leased device.
    pub lease: Lease,
    /// The customer.
    pub account: Account,
    /// The next request's number.
    pub next_request: RequestNumber,
    /// The next outbox entry's number.
    pub next_effect: u32,
    /// Where the tenant log stands.
    pub tenant_log: Meter,
    /// Where the lifecycle log stands.
    pub lifecycle_log: Meter,
    /// The last refusal, while nothing else happened (D-10).
    pub refusal: Option<Refusal>,
    /// How often it was repeated.
    pub repeats: u32,
    /// Steps committed so far.
    pub steps: u64,
    /// The digest of the last command in the log.
    pub last_command: Digest,
}

/// All that an engine remembers, the log's records apart.
///
/// `REQUESTS` and `OUTBOX` are capacities; the encoding does not depend on them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct State<const REQUESTS: usize = 4, const OUTBOX: usize = 8> {
    /// The part that has no capacity.
    pub base: Base,
    /// The requests, oldest first.
    pub requests: Vec<Request, REQUESTS>,
    /// Excluded accesses that wait for their review, oldest first (D-11).
    pub exclusions: Vec<Excluded, EXCLUSIONS>,
    /// What has to be done, oldest first.
    pub outbox: Vec<Entry, OUTBOX>,
}

impl<const REQUESTS: usize, const OUTBOX: usize> State<REQUESTS, OUTBOX> {
    pub(super) const VACANT: Self = Self { base: Base::VACANT, requests: Vec::new(), exclusions: Vec::new(), outbox: Vec::new() };

    pub(super) fn begin(&mut self, device: Device, policy: &Policy) {
        self.base = Base::VACANT;
        self.base.device = device;
        self.base.policy_version = policy.version;
        self.base.policy = policy.digest();
        self.base.account.monitoring = true;
        self.base.next_request = 1;
        self.base.next_effect = 1;
        self.requests.clear();
        self.exclusions.clear();
        self.outbox.clear();
    }

    /// Until when the engineer with this id has access to `subject` by grants in force at `now`; `None` where
    /// there is none. Overlapping grants count together: what a revocation leaves open shows here.
    #[must_use]
    pub fn access(&self, now: Time, engineer: Id, subject: Subject) -> Option<Time> {
        let theirs = self.requests.iter().filter(|request| request.opens(now, engineer, subject));
        theirs.filter_map(|request| request.deadline).max()
    }

    /// The request with that number, while it is remembered.
    #[must_use]
    pub fn request(&self, number: RequestNumber) -> Option<&Request> {
        self.requests.iter().find(|request| request.number == number)
    }

    pub(super) fn facts<'a>(
        &'a self,
        (policy, offered): (&'a Policy, &'a [&'static Policy]),
        command: &'a Command,
        rooms: Rooms,
    ) -> Facts<'a> {
        Facts {
            base: &self.base,
            requests: &self.requests,
            exclusions: &self.exclusions,
            offered,
            request_capacity: REQUESTS,
            outbox: &self.outbox,
            policy,
            command,
            at: self.base.clock.last_good,
            rooms,
        }
    }
}

impl Base {
    /// No device, no customer, no policy.
    const VACANT: Self = Self {
        device: Device {
            serial: Label([0; 16]),
            provider: Organisation::NONE,
            vendor: Organisation::NONE,
            deployment: Deployment::Firmware,
        },
        policy_version: 0,
        policy: Digest::NONE,
        clock: Clock { last_good: Time::EPOCH, epoch: 0 },
        lease: Lease::in_transit(),
        account: Account::closed(false),
        next_request: 0,
        next_effect: 0,
        tenant_log: Meter::EMPTY,
        lifecycle_log: Meter::EMPTY,
        refusal: None,
        repeats: 0,
        steps: 0,
        last_command: Digest::NONE,
    };

    /// What tells this state from others that a step could have been decided on.
    pub(super) fn tag(&self) -> Tag {
        let Self { device, steps, clock, last_command, .. } = self;
        Tag { serial: device.serial, steps: *steps, last_good: clock.last_good, last_command: *last_command }
    }

    /// The log that steps which move nothing in the chart go to: the tenant's while an account is
    /// open, else the lifecycle's (D-22).
    #[must_use]
    pub fn ordinary_log(&self) -> LogName {
        if self.account.is_open() { LogName::Tenant } else { LogName::Lifecycle }
    }

    /// The nonce that the next destruction asked by the customer has to carry: it changes with every
    /// boot, every lease and every destruction, so that no recorded command works twice.
    #[must_use]
    pub fn challenge(&self) -> Id {
        let lease = &self.lease;
        let digest = crate::canonical::sha256(&[
            b"strongroom challenge 1\0",
            &self.device.serial.0,
            &lease.epoch.to_le_bytes(),
            &lease.boot.to_le_bytes(),
            &lease.destructions.to_le_bytes(),
        ]);
        let mut nonce = Id::NOBODY;
        for (place, byte) in nonce.0.iter_mut().zip(digest.0) {
            *place = byte;
        }
        nonce
    }
}
