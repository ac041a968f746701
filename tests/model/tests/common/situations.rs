//! Situations that the plain ways do not reach: what can be particular about a device in some state.

use super::ways::*;
use super::*;

/// What can be particular about a device in some state: a name, where to begin, and what happens there.
pub type Situation = (&'static str, Main, fn(&mut Pair));

/// Situations that the plain ways do not reach.
pub const SITUATIONS: &[Situation] = &[
    ("a tamper on the way", Main::InTransit, |pair| {
        pair.act(Principal::device(Role::Sensor), Action::Tamper { class: TamperClass::Chassis });
        pair.act(person(Role::Hands, 1), Action::Arrive { serial: label("700022") });
    }),
    ("a fault before the custody check", Main::Received, |pair| {
        pair.act(Principal::device(Role::Sensor), Action::FaultHard { code: 1, soft: true });
    }),
    ("halted for an error, then quarantined", Main::Received, |pair| {
        let (string, shown) = (Digest([7; 32]), Digest([8; 32]));
        pair.now += 1;
        let error = Command::new(Principal::device(Role::Core), Action::ErrorSoft {});
        pair.step(Some(pair.now), &error, &mut Coverage::default()).unwrap_or_else(|why| panic!("{why}"));
        let pool = person(Role::Pool, 1);
        let second = Principal { id: Id([77; 16]), ..pool };
        let mismatch = Command::new(pool, Action::StmMismatch { expected: string, shown, seals_whole: true }).with(second);
        pair.step(Some(pair.now), &mismatch, &mut Coverage::default()).unwrap_or_else(|why| panic!("{why}"));
    }),
    ("parts on record on the way", Main::InTransit, |pair| {
        pair.two(person(Role::Pool, 1), Action::SetInventory { parts: parts() });
    }),
    ("parts on record before the custody check", Main::Received, |pair| {
        pair.two(person(Role::Pool, 1), Action::SetInventory { parts: parts() });
    }),
    ("parts on record in maintenance", Main::Maintenance, |pair| {
        pair.two(person(Role::Pool, 1), Action::SetInventory { parts: parts() });
    }),
    ("failed in the pool, a customer at the door", Main::PoolFree, |pair| {
        pair.act(Principal::device(Role::Sensor), Action::FaultHard { code: 1, soft: true });
    }),
    ("zeroized in the pool, a customer at the door", Main::PoolFree, |pair| {
        pair.act(Principal::device(Role::Sensor), Action::Tamper { class: TamperClass::Fan });
        pair.erased();
    }),
    ("prepared again, a customer at the door", Main::PoolFree, |pair| {
        pair.act(Principal::device(Role::Sensor), Action::Tamper { class: TamperClass::Fan });
        pair.erased();
        pair.act(Principal::device(Role::Core), Action::Unbound {});
    }),
    ("rechecked", Main::PoolFree, |pair| {
        pair.act(person(Role::Pool, 1), Action::Recheck {});
    }),
    ("the allocation failed", Main::Allocating, |pair| {
        pair.act(person(Role::Net, 1), Action::AllocFail {});
    }),
    ("detached, the area erased", Main::Deprovisioning, |pair| {
        pair.act(person(Role::Pool, 1), Action::Detached { network_unmapped: true });
    }),
    ("failed before the claim", Main::TenantUnclaimed, |pair| {
        pair.act(Principal::device(Role::Sensor), Action::FaultHard { code: 1, soft: true });
    }),
    ("zeroized during the allocation", Main::Allocating, |pair| {
        pair.act(Principal::device(Role::Sensor), Action::Tamper { class: TamperClass::Fan });
        pair.erased();
    }),
    ("failed while tampered", Main::TamperLatched, |pair| {
        pair.act(Principal::device(Role::Sensor), Action::FaultHard { code: 1, soft: true });
    }),
    ("a hard fault in operation", Main::Operational, |pair| pair.fail(false)),
    ("tampered while failed", Main::Failed, |pair| {
        pair.act(Principal::device(Role::Sensor), Action::Tamper { class: TamperClass::Card });
    }),
    ("tampered with the bit on while failed before initialization", Main::OwnedUninit, |pair| {
        pair.act(person(Role::Admin, 11), Action::SetTamperBit { destroys: true });
        pair.act(Principal::device(Role::Sensor), Action::FaultHard { code: 1, soft: true });
    }),
    ("tampered, the cause gone", Main::TamperLatched, |pair| {
        pair.act(Principal::device(Role::Sensor), Action::TamperCauseGone { class: TamperClass::Fan });
    }),
    ("tampered, then the bit on", Main::TamperLatched, |pair| {
        pair.act(person(Role::Admin, 11), Action::SetTamperBit { destroys: true });
    }),
    ("failed, then the bit on", Main::Failed, |pair| {
        pair.act(person(Role::Admin, 11), Action::SetTamperBit { destroys: true });
    }),
    ("failed while tampered, then the bit on", Main::TamperLatched, |pair| {
        pair.act(Principal::device(Role::Sensor), Action::FaultHard { code: 1, soft: true });
        pair.act(person(Role::Admin, 11), Action::SetTamperBit { destroys: true });
    }),
    ("the bit on", Main::Operational, |pair| {
        pair.act(person(Role::Admin, 11), Action::SetTamperBit { destroys: true });
    }),
    ("monitoring off", Main::Operational, |pair| {
        pair.act(person(Role::Admin, 11), Action::SetMonitoring { allowed: false });
    }),
    ("silent and failed", Main::Failed, |pair| {
        for _ in 0..3 {
            pair.now += 600;
            pair.act(Principal::device(Role::Core), Action::PollUnanswered {});
        }
    }),
    ("silent and monitoring off", Main::Failed, |pair| {
        for _ in 0..3 {
            pair.now += 600;
            pair.act(Principal::device(Role::Core), Action::PollUnanswered {});
        }
        pair.act(person(Role::Admin, 11), Action::SetMonitoring { allowed: false });
    }),
    ("a soft error", Main::Operational, |pair| {
        pair.act(Principal::device(Role::Core), Action::ErrorSoft {});
    }),
    ("a hard error", Main::Operational, |pair| {
        pair.act(Principal::device(Role::Core), Action::Boot { self_test_passed: false });
    }),
    ("a hard error in maintenance", Main::Maintenance, |pair| {
        pair.act(Principal::device(Role::Core), Action::Boot { self_test_passed: false });
    }),
    ("a hard error while prepared", Main::PoolConfig, |pair| {
        pair.act(Principal::device(Role::Core), Action::Boot { self_test_passed: false });
    }),
    ("two wrong log-ins", Main::Operational, |pair| {
        for _ in 0..2 {
            pair.act(Principal::device(Role::Core), Action::LoginFailed {});
        }
    }),
    ("two wrong log-ins, tampered", Main::TamperLatched, |pair| {
        for _ in 0..2 {
            pair.act(Principal::device(Role::Core), Action::LoginFailed {});
        }
    }),
    ("wrong log-ins before initialization", Main::OwnedUninit, |pair| {
        for _ in 0..3 {
            pair.act(Principal::device(Role::Core), Action::LoginFailed {});
        }
        pair.act(person(Role::Admin, 11), Action::Init { cloning_domain: DOMAIN });
    }),
    ("begun anew after wrong log-ins", Main::Operational, |pair| {
        for _ in 0..3 {
            pair.act(Principal::device(Role::Core), Action::LoginFailed {});
        }
        pair.erased();
        pair.act(person(Role::Admin, 11), Action::Reinit {});
        pair.act(person(Role::Admin, 11), Action::Init { cloning_domain: DOMAIN });
    }),
    ("begun anew after a tamper", Main::TamperLatched, |pair| {
        pair.act(Principal::device(Role::Sensor), Action::Tamper { class: TamperClass::Battery });
        pair.erased();
        pair.act(person(Role::Admin, 11), Action::Reinit {});
        pair.act(person(Role::Admin, 11), Action::Init { cloning_domain: DOMAIN });
        pair.fail(true);
    }),
    ("begun anew, tampered again", Main::TamperLatched, |pair| {
        pair.act(Principal::device(Role::Sensor), Action::Tamper { class: TamperClass::Battery });
        pair.erased();
        pair.act(person(Role::Admin, 11), Action::Reinit {});
        pair.act(person(Role::Admin, 11), Action::Init { cloning_domain: DOMAIN });
        pair.act(Principal::device(Role::Sensor), Action::Tamper { class: TamperClass::Card });
        pair.act(Principal::device(Role::Sensor), Action::TamperCauseGone { class: TamperClass::Card });
    }),
    ("allocated, tampered, erased: never claimed", Main::TenantUnclaimed, |pair| {
        pair.act(Principal::device(Role::Sensor), Action::Tamper { class: TamperClass::Decommission });
        pair.erased();
    }),
    ("in sync in a group at its minimum", Main::Operational, |pair| {
        pair.joins(2);
        pair.act(Principal::device(Role::Core), Action::HaSyncOk { expected: DOMAIN, found: DOMAIN, peers: 0 });
    }),
    ("quarantined unread", Main::Invalid, |pair| {
        pair.act(Principal::device(Role::Sensor), Action::Tamper { class: TamperClass::Fan });
        let quarantine = match pair.model.device.deployment {
            Deployment::Firmware => Command::new(person(Role::Pool, 1), Action::Quarantine {}),
            Deployment::Board => Command::new(person(Role::Admin, 11), Action::Quarantine {}),
        };
        pair.go(quarantine.with(person(Role::Pool, 77)));
    }),
    ("the clock set back while erased", Main::ZeroizedUnverified, |pair| {
        pair.now -= 700;
        pair.unconfirmed_at(Command::new(person(Role::Auditor, 91), Action::SetTime {}));
    }),
    ("joining", Main::Operational, |pair| pair.joins(1)),
    ("synchronizing", Main::Operational, |pair| pair.joins(2)),
    ("in sync", Main::Operational, |pair| pair.joins(3)),
    ("behind its group", Main::Operational, |pair| pair.joins(4)),
    ("in sync, then tampered", Main::Operational, |pair| {
        pair.joins(3);
        pair.act(Principal::device(Role::Sensor), Action::Tamper { class: TamperClass::Fan });
    }),
    ("in sync, then failed", Main::Operational, |pair| {
        pair.joins(3);
        pair.fail(true);
    }),
    ("in sync, tampered, then failed", Main::Operational, |pair| {
        pair.joins(3);
        pair.act(Principal::device(Role::Sensor), Action::Tamper { class: TamperClass::Fan });
        pair.act(Principal::device(Role::Sensor), Action::FaultHard { code: 1, soft: true });
    }),
    ("the erasure failed twice", Main::Zeroizing, |pair| {
        for _ in 0..2 {
            pair.act(Principal::device(Role::Core), Action::EraseFail {});
        }
    }),
    ("the erasure failed, booted", Main::Zeroizing, |pair| {
        for _ in 0..2 {
            pair.act(Principal::device(Role::Core), Action::EraseFail {});
            pair.act(Principal::device(Role::Core), Action::Boot { self_test_passed: true });
        }
    }),
    ("the read-back failed twice", Main::ZeroizedUnverified, |pair| {
        for round in 0..2 {
            pair.act(Principal::device(Role::Core), Action::VerifyFail {});
            if round == 1 {
                return;
            }
            match pair.model.device.deployment {
                Deployment::Firmware => {
                    pair.act(Principal::device(Role::Core), Action::EraseDone { areas: Policy::AZURE.lease.erase_list });
                }
                Deployment::Board => {
                    pair.act(Principal::device(Role::Sensor), Action::ZeroizedSeen {});
                }
            }
        }
    }),
];

/// Situations under a policy with timers.
pub const TIMED: &[Situation] = &[
    ("the claim window over", Main::TenantUnclaimed, |pair| pair.waits(14)),
    ("the claim window over, prepared again", Main::TenantUnclaimed, |pair| {
        pair.waits(14);
        pair.erased();
        pair.act(Principal::device(Role::Core), Action::Unbound {});
    }),
    ("the claim window over, zeroized by the pool", Main::TenantUnclaimed, |pair| {
        pair.waits(14);
        pair.erased();
        pair.act(Principal::device(Role::Core), Action::Unbound {});
        pair.two(person(Role::Pool, 1), Action::ZeroizeLocal {});
        pair.erased();
        pair.act(Principal::device(Role::Core), Action::Unbound {});
    }),
    ("the claim window over, then tampered", Main::TenantUnclaimed, |pair| {
        pair.waits(14);
        pair.erased();
        pair.act(Principal::device(Role::Sensor), Action::Tamper { class: TamperClass::Fan });
        pair.erased();
        pair.act(Principal::device(Role::Core), Action::Unbound {});
    }),
    ("failed and replaced", Main::Failed, |pair| {
        pair.act(person(Role::Pool, 1), Action::ReplacementOut { peer: statement(Main::Operational) });
    }),
    ("failed and replaced, at the last moment", Main::Failed, |pair| {
        pair.act(person(Role::Pool, 1), Action::ReplacementOut { peer: statement(Main::Operational) });
        pair.now += 30 * 86_400 - 1;
    }),
    ("failed and replaced, at the last moment but one", Main::Failed, |pair| {
        pair.act(person(Role::Pool, 1), Action::ReplacementOut { peer: statement(Main::Operational) });
        pair.now += 30 * 86_400 - 2;
    }),
    ("given up", Main::Failed, |pair| {
        pair.act(person(Role::Pool, 1), Action::ReplacementOut { peer: statement(Main::Operational) });
        pair.waits(30);
    }),
    ("recovered after a replacement", Main::Failed, |pair| {
        pair.act(person(Role::Pool, 1), Action::ReplacementOut { peer: statement(Main::Operational) });
        pair.act(person(Role::Admin, 11), Action::SoftRecover { self_tests_passed: true });
        pair.fail(true);
    }),
    ("a policy set in the pool", Main::PoolFree, |pair| {
        pair.two(person(Role::Pool, 1), Action::SetPolicy { policy: Policy::M365.digest() });
    }),
];

impl Pair {
    /// Days pass, and the clock ticks.
    pub fn waits(&mut self, days: u64) {
        self.now += days * 86_400;
        self.tick(self.now, &mut Coverage::default()).unwrap_or_else(|why| panic!("{why}"));
        self.confirm_all();
    }

    /// Into an HA group: 1 joining, 2 synchronizing, 3 in sync, 4 behind.
    pub fn joins(&mut self, how_far: u8) {
        let (admin, core) = (person(Role::Admin, 11), Principal::device(Role::Core));
        self.act(admin, Action::HaJoin { cloning_domain: DOMAIN, peers: 2 });
        if how_far >= 2 {
            self.act(core, Action::HaSyncStart { accepted: true });
        }
        if how_far >= 3 {
            self.act(core, Action::HaSyncOk { expected: DOMAIN, found: DOMAIN, peers: 2 });
        }
        if how_far >= 4 {
            self.act(core, Action::HaPeerChange { peers: 1 });
        }
    }
}

impl Pair {
    /// Opens a ticket and asks for access on it, as engineer 1.
    pub fn submitted(&mut self, terms: AccessTerms) -> RequestNumber {
        let ticket = label(&format!("T-{}", self.model.next_number));
        let number = self.ticketed(ticket);
        self.act(person(Role::Engineer, 1), Action::Triage { request: number });
        self.act(person(Role::Engineer, 1), Action::RequestAccess { ticket, follows: None, terms });
        number
    }

    pub fn ticketed(&mut self, ticket: Label) -> RequestNumber {
        let opened = self.act(person(Role::User, 41), Action::OpenTicket { ticket, troubleshot: true });
        opened.request.expect("a ticket has a request")
    }

    /// From `submitted` to the question to the customer.
    pub fn asked(&mut self, terms: AccessTerms) -> RequestNumber {
        let number = self.submitted(terms);
        self.act(person(Role::JitService, 51), Action::Evaluate { request: number });
        if self.model.request(number).is_some_and(|request| request.status == Status::InternalApproval) {
            self.act(person(Role::InternalApprover, 31), Action::ApproveInternally { request: number });
        }
        self.act(person(Role::Engineer, 1), Action::AskCustomer { request: number });
        number
    }

    pub fn approved(&mut self, terms: AccessTerms) -> RequestNumber {
        let number = self.asked(terms);
        for approver in [21, 22] {
            if self.model.request(number).is_some_and(|request| request.status == Status::CustomerNotified) {
                let approve = Action::Approve { request: number, duration: None, reason: REASON };
                self.act(person(Role::Approver, approver), approve);
            }
        }
        number
    }

    /// A request in `status`, whose number it gives. Nothing that waits for a confirmation is confirmed.
    pub fn request_in(&mut self, status: Status, subject: Subject) -> RequestNumber {
        let terms = terms(subject);
        let (engineer, admin) = (person(Role::Engineer, 1), person(Role::Admin, 11));
        let number = match status {
            Status::Ticketed => self.ticketed(label("T-1")),
            Status::Triaged => {
                let number = self.ticketed(label("T-1"));
                self.act(engineer, Action::Triage { request: number });
                number
            }
            Status::JitSubmitted => self.submitted(terms),
            Status::InternalApproval => {
                let number = self.submitted(AccessTerms { permission: Permission::Administer, ..terms });
                self.act(person(Role::JitService, 51), Action::Evaluate { request: number });
                number
            }
            Status::JitPassed => {
                let number = self.submitted(terms);
                self.act(person(Role::JitService, 51), Action::Evaluate { request: number });
                number
            }
            Status::JitRejected => {
                let number = self.submitted(AccessTerms { isolated_identity: false, ..terms });
                self.act(person(Role::JitService, 51), Action::Evaluate { request: number });
                number
            }
            Status::CustomerNotified | Status::Denied | Status::Expired | Status::Cancelled => self.asked(terms),
            _ => self.approved(terms),
        };
        match status {
            Status::Denied => {
                self.act(person(Role::Approver, 21), Action::Deny { request: number, reason: REASON });
            }
            Status::Expired => {
                self.now += 4 * 86_400;
                self.tick(self.now, &mut Coverage::default()).unwrap_or_else(|why| panic!("{why}"));
            }
            Status::Cancelled => {
                self.act(engineer, Action::Cancel { request: number });
            }
            Status::Ended => {
                self.act(engineer, Action::EndAccess { request: number });
            }
            Status::Revoked => {
                self.act(admin, Action::Revoke { request: number, reason: REASON });
            }
            Status::Ending => self.unconfirmed(Command::new(engineer, Action::EndAccess { request: number })),
            Status::Revoking => {
                self.unconfirmed(Command::new(admin, Action::Revoke { request: number, reason: REASON }));
            }
            _ => {}
        }
        let reached = self.model.request(number).map(|request| request.status);
        assert_eq!(reached, Some(status));
        number
    }

    /// As `go`, at the very time.
    pub fn unconfirmed_at(&mut self, command: Command) {
        let stepped = self.step(Some(self.now), &command, &mut Coverage::default());
        stepped.unwrap_or_else(|why| panic!("{why}"));
    }

    /// As `go`, without confirming what it asks for.
    pub fn unconfirmed(&mut self, command: Command) {
        self.now += 1;
        let stepped = self.step(Some(self.now), &command, &mut Coverage::default());
        stepped.unwrap_or_else(|why| panic!("{why}"));
    }
}
