//! Ways to where a search begins.

use crate::Core;
use crate::arguments::actions;
use crate::ghost::{Data, Ghost};
use crate::menu::customer;
use crate::people::*;
use crate::policy::{OFFERED, SHORT};
use strongroom_core::*;

/// Where a search begins: the engine, and what an onlooker saw on the way there.
pub type Start = (Core, Ghost);

/// An engine on its way into the data centre.
#[must_use]
pub fn fresh(deployment: Deployment, policy: &'static Policy) -> Start {
    let mut core = Core::new(device(deployment), policy);
    core.offer(OFFERED);
    (core, Ghost::default())
}

/// An engine whose stored state cannot be read.
#[must_use]
pub fn invalid(deployment: Deployment) -> Start {
    let (mut core, _) = fresh(deployment, &SHORT);
    core.begin_invalid(device(deployment), &SHORT, CUSTOMER);
    (core, Ghost { data: Data::There, ..Ghost::default() })
}

/// A way on which every step is accepted, and the onlooker who sees it.
struct Way {
    core: Core,
    ghost: Ghost,
    /// Seconds before the next step.
    waits: u64,
    /// Whether nobody takes the logs.
    crowded: bool,
}

impl Way {
    /// The first of the verb's actions, by that role.
    fn go(&mut self, role: Role, number: u8, verb: Verb) {
        let second = person(customer(&self.core), role, SECOND);
        let by = person(customer(&self.core), role, number);
        let Some(action) = actions(&self.core, verb).first().copied() else { return };
        let mut command = Command::new(by, action);
        if by.party() != Party::Device {
            command = command.with(second);
        }
        let now = self.core.state().base.clock.last_good.as_unix().max(1_000_000) + self.waits;
        let step = self.core.decide(Some(Time::from_unix(now)), &command);
        assert!(step.is_accepted(), "{command:?}: {}", step.rule().name());
        let before = self.core.clone();
        let reply = self.core.commit(&step);
        self.ghost.sees(&before, &self.core, true, &command, &reply);
        confirm(&mut self.core, !self.crowded);
        if !self.crowded {
            drain(&mut self.core);
        }
    }
}

/// Confirms whatever is pending, with room for the records that say so where `drains`.
pub fn confirm(core: &mut Core, drains: bool) {
    let at = Some(core.state().base.clock.last_good);
    while let Some(effect) = core.pending().first().map(|entry| entry.id) {
        if drains {
            drain(core);
        }
        core.apply(at, &Command::new(Principal::device(Role::Enforcer), Action::Confirm { effect }));
    }
}

/// Takes both logs; the lifecycle log keeps the one record that says so.
pub fn drain(core: &mut Core) {
    let at = Some(core.state().base.clock.last_good);
    let base = &core.state().base;
    let (open, next) = (base.account.is_open(), base.tenant_log.next);
    if open && next > base.tenant_log.acknowledged {
        let by = person(customer(core), Role::Auditor, 61);
        core.apply(at, &Command::new(by, Action::Acknowledge { log: LogName::Tenant, next }));
    }
    let base = &core.state().base;
    let settled = base.refusal.is_none() && base.lifecycle_log.next == base.lifecycle_log.acknowledged + 1;
    if !settled && base.lifecycle_log.next > base.lifecycle_log.acknowledged || base.refusal.is_some() {
        let next = core.log().size(LogName::Lifecycle);
        let by = person(customer(core), Role::Pool, 51);
        core.apply(at, &Command::new(by, Action::Acknowledge { log: LogName::Lifecycle, next }));
    }
}

/// A zeroized device that the pool prepares.
#[must_use]
pub fn prepared(deployment: Deployment, policy: &'static Policy) -> Start {
    let mut way = Way::from(fresh(deployment, policy));
    way.go(Role::Hands, 52, Verb::Arrive);
    for verb in [Verb::StmOk, Verb::SetInventory, Verb::ZeroizeLocal] {
        way.go(Role::Pool, 51, verb);
    }
    way.erased();
    way.go(Role::Core, 0, Verb::Unbound);
    way.end()
}

/// A device in the pool, whose customer's account may have everything.
#[must_use]
pub fn pooled(deployment: Deployment, policy: &'static Policy) -> Start {
    let mut way = Way::from(prepared(deployment, policy));
    way.go(Role::Pool, 51, Verb::BaselineOk);
    for verb in [Verb::Register, Verb::SetPlan, Verb::SetCustomerId] {
        way.go(Role::Pool, 51, verb);
    }
    for verb in [Verb::SetRoster, Verb::SetOptIns, Verb::SetVendorRegistration, Verb::SetPlace, Verb::RequestAllocation] {
        way.go(Role::Admin, 11, verb);
    }
    way.end()
}

/// A device that the customer has not claimed, one second before the time for that is over.
#[must_use]
pub fn unclaimed(deployment: Deployment) -> Start {
    let mut way = Way::from(pooled(deployment, &SHORT));
    way.go(Role::Pool, 51, Verb::Allocate);
    way.go(Role::Net, 53, Verb::Mapped);
    way.waits = 1;
    way.go(Role::Core, 0, Verb::Boot);
    way.end()
}

/// A device in operation.
#[must_use]
pub fn operational(deployment: Deployment, policy: &'static Policy) -> Start {
    let mut way = Way::from(pooled(deployment, policy));
    way.go(Role::Pool, 51, Verb::Allocate);
    way.go(Role::Net, 53, Verb::Mapped);
    way.go(Role::Admin, 11, Verb::Claim);
    way.go(Role::Admin, 11, Verb::Init);
    way.end()
}

/// A device in operation, and a request about it that waits for its engineer's terms.
#[must_use]
pub fn triaged(policy: &'static Policy) -> Start {
    let mut way = Way::from(operational(Deployment::Firmware, policy));
    way.go(Role::User, 41, Verb::OpenTicket);
    way.go(Role::Engineer, ENGINEER, Verb::Triage);
    way.end()
}

/// A device in operation, and a request about it that waits for the customer.
#[must_use]
pub fn asked(policy: &'static Policy) -> Start {
    let mut way = Way::from(triaged(policy));
    way.go(Role::Engineer, ENGINEER, Verb::RequestAccess);
    way.go(Role::JitService, 55, Verb::Evaluate);
    way.go(Role::Engineer, ENGINEER, Verb::AskCustomer);
    way.end()
}

/// The same, one second before its time to decide is over.
#[must_use]
pub fn nearly_late() -> Start {
    let mut way = Way::from(asked(&SHORT));
    way.waits = u64::from(SHORT.lockbox.decide_within.0) - 1;
    way.go(Role::Core, 0, Verb::Boot);
    way.end()
}

/// A device in operation with a grant about it.
#[must_use]
pub fn granted(policy: &'static Policy) -> Start {
    let mut way = Way::from(asked(policy));
    for approver in [APPROVER, DEPUTY].into_iter().take(usize::from(policy.lockbox.approvals_needed)) {
        way.go(Role::Approver, approver, Verb::Approve);
    }
    way.end()
}

/// A device in operation, and as many excluded accesses but one as find a place.
#[must_use]
pub fn excluded() -> Start {
    let mut way = Way::from(operational(Deployment::Firmware, &SHORT));
    for _ in 0..3 {
        way.go(Role::Engineer, ENGINEER, Verb::RecordExclusion);
    }
    way.end()
}

/// A tampered device.
#[must_use]
pub fn latched(deployment: Deployment) -> Start {
    let mut way = Way::from(operational(deployment, &SHORT));
    way.go(Role::Sensor, 0, Verb::Tamper);
    way.end()
}

/// A board's device that failed before it was claimed, and does not answer.
#[must_use]
pub fn silent() -> Start {
    let mut way = Way::from(pooled(Deployment::Board, &SHORT));
    way.go(Role::Pool, 51, Verb::Allocate);
    way.go(Role::Net, 53, Verb::Mapped);
    way.go(Role::Sensor, 0, Verb::FaultHard);
    for _ in 0..2 {
        way.waits = u64::from(SHORT.health.poll_every.0);
        way.go(Role::Core, 0, Verb::PollUnanswered);
    }
    way.end()
}

/// A tampered device whose tamper found no place in the log.
#[must_use]
pub fn crowded() -> Start {
    let mut way = Way::from(operational(Deployment::Firmware, &SHORT));
    way.crowded = true;
    for _ in 0..7 {
        way.go(Role::Core, 0, Verb::Boot);
    }
    way.go(Role::Sensor, 0, Verb::Tamper);
    way.end()
}

/// A device that the customer gives back, erased and unmapped, but not yet detached.
#[must_use]
pub fn returning() -> Start {
    let mut way = Way::from(operational(Deployment::Firmware, &SHORT));
    way.go(Role::Admin, 11, Verb::Zeroize);
    way.erased();
    way.go(Role::Admin, 11, Verb::Deprovision);
    way.end()
}

impl Way {
    fn from((core, ghost): Start) -> Self {
        Self { core, ghost, waits: 0, crowded: false }
    }

    fn end(self) -> Start {
        (self.core, self.ghost)
    }

    /// From `ZEROIZING` to `ZEROIZED`.
    fn erased(&mut self) {
        match self.core.state().base.device.deployment {
            Deployment::Firmware => {
                self.go(Role::Core, 0, Verb::EraseDone);
                self.go(Role::Core, 0, Verb::VerifyOk);
            }
            Deployment::Board => {
                self.go(Role::Sensor, 0, Verb::ZeroizedSeen);
                self.go(Role::Core, 0, Verb::Boot);
                self.go(Role::Sensor, 0, Verb::ZeroizedSeen);
            }
        }
    }
}
