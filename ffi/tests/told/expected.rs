//! What C should be told, said once more.

use core::ffi::c_char;
use strongroom::engine::Reply;
use strongroom::frame::Start;
use strongroom::lease::{Account, Evidence, Lease};
use strongroom::outbox::Effect;
use strongroom::policy::Numbers;
use strongroom::record::Record;
use strongroom::request::{Exclusion, Request};
use strongroom::terms::{Device, Principal};
use strongroom_core::account::Account as CoreAccount;
use strongroom_core::audit::record::LAST_GOOD_TIME;
use strongroom_core::lease::Lease as CoreLease;
use strongroom_core::lease::evidence::Evidence as CoreEvidence;
use strongroom_core::lockbox::exclusion::Excluded;
use strongroom_core::outbox::Entry;
use strongroom_core::wire::Message;
use strongroom_core::{self as core_, Engine, Label, LogName, Policy, Time, Verdict};

const NEVER: u64 = u64::MAX;

fn text(label: &Label) -> [c_char; 17] {
    let mut text = [0; 17];
    for (place, character) in text.iter_mut().zip(label.as_str().bytes()) {
        *place = character as c_char;
    }
    text
}

fn principal(principal: &core_::Principal) -> Principal {
    Principal { role: principal.role as u8, organisation: principal.organisation.0, id: principal.id.0 }
}

pub(crate) fn start(message: &Message) -> Start {
    let Message::Start { engine, name, device, policy, invalid, ticks } = message else { unreachable!() };
    let (provider, vendor, deployment) = (device.provider.0, device.vendor.0, device.deployment as u8);
    Start {
        engine: *engine,
        name: text(name),
        device: Device { serial: text(&device.serial), provider, vendor, deployment },
        policy: policy.0,
        invalid: u8::from(invalid.is_some()),
        tenant: invalid.unwrap_or(core_::Organisation([0; 16])).0,
        ticks: u8::from(*ticks),
    }
}

pub(crate) fn reply(reply: &core_::Reply) -> Reply {
    Reply {
        request: reply.request.unwrap_or_default(),
        first_effect: reply.first_effect,
        rule: reply.rule.code(),
        verdict: if reply.verdict == Verdict::Accepted { 1 } else { 2 },
        state: reply.main as u8,
        health: reply.health as u8,
        status: reply.status.map_or(255, |status| status as u8),
        effects: reply.effects,
        due: u8::from(reply.due),
    }
}

pub(crate) fn lease(lease: &CoreLease) -> Lease {
    Lease {
        entered: lease.entered.as_unix(),
        epoch: lease.epoch,
        boot: lease.boot,
        state: lease.main as u8,
        health: lease.health() as u8,
        execution: lease.execution as u8,
        membership: lease.membership as u8,
        bound: u8::from(lease.bound),
        latched: u8::from(lease.latched),
        proved: u8::from(lease.evidence.is_some()),
        reserved: 0,
    }
}

pub(crate) fn evidence(evidence: &CoreEvidence) -> Evidence {
    Evidence {
        at: evidence.at.as_unix(),
        epoch: evidence.epoch,
        boot: evidence.boot,
        class: evidence.class as u8,
        cause: evidence.cause as u8,
        nonce: evidence.nonce.0,
        read_back: evidence.read_back.0,
        reserved: [0; 6],
    }
}

pub(crate) fn account(account: &CoreAccount) -> Account {
    let mut roster = [[0; 16]; 4];
    for (place, approver) in roster.iter_mut().zip(account.roster.iter()) {
        *place = approver.0;
    }
    Account {
        previews: account.previews.bits(),
        organisation: account.organisation.0,
        roster,
        customer_id: text(&account.customer_id),
        region: text(&account.region),
        network: text(&account.network),
        registration: account.registration as u8,
        plan: account.plan as u8,
        vendor_registered: u8::from(account.vendor_registered),
        allocation_requested: u8::from(account.allocation_requested),
        lockbox_opted_in: u8::from(account.lockbox_opted_in),
        destroy_on_tamper: u8::from(account.destroy_on_tamper),
        monitoring: u8::from(account.monitoring),
        reserved: [0; 6],
    }
}

pub(crate) fn request(request: &core_::Request) -> Request {
    let mut expected = Request {
        since: request.since.as_unix(),
        deadline: request.deadline.map_or(NEVER, Time::as_unix),
        number: request.number,
        follows: request.follows.unwrap_or_default(),
        status: request.status as u8,
        approvals: request.approvals.count_ones() as u8,
        approvals_needed: request.promised.approvals,
        submitted: 0,
        engineer: request.requester.map(|by| by.id.0).unwrap_or_default(),
        subject: 0,
        scope: 0,
        permission: 0,
        customer_data: 0,
        ticket: text(&request.ticket),
        justification: [0; 32],
        reason: request.reason.0,
        reserved: [0; 7],
    };
    if let Some(terms) = &request.terms {
        expected.submitted = 1;
        expected.subject = terms.subject as u8;
        expected.scope = terms.scope as u8;
        expected.permission = terms.permission as u8;
        expected.customer_data = u8::from(terms.customer_data);
        expected.justification = terms.justification.0;
    }
    expected
}

pub(crate) fn exclusion(excluded: &Excluded) -> Exclusion {
    Exclusion {
        at: excluded.at.as_unix(),
        due: excluded.due.map_or(NEVER, Time::as_unix),
        number: excluded.number,
        kind: excluded.kind as u8,
        subject: excluded.subject as u8,
        by: excluded.by.0,
        reserved: [0; 2],
    }
}

pub(crate) fn effect(entry: &Entry) -> Effect {
    Effect {
        asked: entry.asked.as_unix(),
        due: entry.due.map_or(NEVER, Time::as_unix),
        id: entry.id,
        about: entry.about,
        kind: entry.kind as u8,
        retries: entry.retries,
        alarm: u8::from(entry.is_alarm()),
        reserved: [0; 5],
    }
}

pub(crate) fn record(record: &core_::Record) -> Record {
    Record {
        at: record.at.as_unix(),
        sequence: record.sequence,
        epoch: record.epoch,
        boot: record.boot,
        request: record.request,
        time_epoch: record.time_epoch,
        rule: record.rule.code(),
        detail: record.detail,
        log: record.log as u8,
        kind: record.kind,
        refused: u8::from(record.is_refused()),
        last_good_time: u8::from(record.flags & LAST_GOOD_TIME != 0),
        from: record.from,
        to: record.to,
        by: principal(&record.by),
        second: record.second.0,
        command: record.command.0,
        reserved: 0,
    }
}

pub(crate) fn numbers(policy: &Policy) -> Numbers {
    Numbers {
        version: policy.version,
        decide_within: policy.lockbox.decide_within.0,
        access_default: policy.lockbox.access_default.0,
        access_maximum: policy.lockbox.access_maximum.0,
        poll_every: policy.health.poll_every.0,
        retry_every: policy.outbox.retry_every.0,
        erase_list: policy.lease.erase_list,
        retries: policy.outbox.retries,
        approvals_needed: policy.lockbox.approvals_needed,
        erased: policy.lease.erased.0,
    }
}

/// Values that must have come by, without which a member could be forgotten unseen.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    due: bool,
    follows: bool,
    reason: bool,
    two_approvals: bool,
    alarm: bool,
    retries: bool,
    evidence: bool,
    last_good_time: bool,
    time_epoch: bool,
    second: bool,
    detail: bool,
    previews: bool,
    destroy_on_tamper: bool,
    unmonitored: bool,
    overdue_exclusion: bool,
    membership: bool,
    latched: bool,
}

impl Seen {
    pub(crate) fn reply(&mut self, reply: &core_::Reply) {
        self.due |= reply.due;
    }

    pub(crate) fn engine(&mut self, engine: &Engine) {
        let state = engine.state();
        let (lease, account) = (&state.base.lease, &state.base.account);
        self.evidence |= lease.evidence.is_some_and(|evidence| evidence.nonce.is_somebody());
        self.membership |= lease.membership as u8 != 0;
        self.latched |= lease.latched;
        self.previews |= account.previews.bits() != 0;
        self.destroy_on_tamper |= account.destroy_on_tamper != account.lockbox_opted_in;
        self.unmonitored |= !account.monitoring;
        for request in &state.requests {
            self.follows |= request.follows.is_some();
            self.reason |= request.reason.is_given();
            self.two_approvals |= request.promised.approvals > 1 && request.approvals != 0;
        }
        for entry in engine.pending() {
            self.alarm |= entry.is_alarm();
            self.retries |= entry.retries > 0;
        }
        self.overdue_exclusion |= state.exclusions.iter().any(|excluded| excluded.due.is_none());
        for record in [LogName::Tenant, LogName::Lifecycle].into_iter().flat_map(|log| engine.log().records(log)) {
            self.last_good_time |= record.flags & LAST_GOOD_TIME != 0;
            self.time_epoch |= record.time_epoch != 0;
            self.second |= record.second.is_somebody();
            self.detail |= record.detail != 0;
        }
    }

    pub(crate) fn assert_everything_was_there(&self) {
        let text = format!("{self:?}");
        assert!(!text.contains("false"), "no scenario has one: {text}");
    }
}
