//! What somebody might do next: mostly what leads on, sometimes anything.

use super::ways::*;
use super::*;
use strongroom_core::lunash::Arguments;
use strongroom_core::policy::{Permission, Scope};
use strongroom_core::reading::{Level, Parts, Service};

/// One step of a random sequence; what the numbers mean depends on where the sequence has come.
#[derive(Debug, Clone, Copy)]
pub struct Throw {
    pub how: u8,
    pub what: u16,
    pub which: u16,
    pub who: u8,
    pub when: u8,
}

fn pick<T: Copy>(from: &[T], number: u16) -> T {
    from[usize::from(number) % from.len()]
}

impl Throw {
    /// The command that this throw comes to.
    pub fn command(&self, pair: &Pair) -> Command {
        match self.how % 16 {
            // A likely step, now and then without its second person.
            0..=10 => {
                let likely = self.likely(pair);
                pick(&likely, self.what)
            }
            // The same by anybody.
            11 => Command { by: self.anybody(), ..pick(&self.likely(pair), self.what) },
            12 => Command { second: None, ..pick(&self.likely(pair), self.what) },
            13 => self.odd_people(pick(&self.likely(pair), self.what)),
            // Anything by anybody.
            _ => {
                let all = self.anything(pair);
                let command = pick(&all, self.what);
                if self.who.is_multiple_of(2) { command } else { Command { by: self.anybody(), ..command } }
            }
        }
    }

    /// The time that it is judged at: mostly soon after.
    pub fn time(&self, pair: &Pair) -> Option<u64> {
        let last = pair.model.last_good.max(pair.now);
        let deadline = pair.model.next_deadline().unwrap_or(last);
        let at = match self.when % 64 {
            32.. => last + u64::from(self.when % 8),
            0..=9 => last + 1,
            10..=12 => last,
            13 => last + 59,
            14 => last + 60,
            15 => last + 300,
            16..=19 => last + 600,
            20 => last + 3_600,
            21 => deadline.max(last),
            22 => deadline.saturating_sub(1).max(last),
            23 => deadline + 1,
            24 => last + 8 * 3_600,
            25 => last + 86_400,
            26 => last + 4 * 86_400,
            27 => last + 90 * 86_400,
            28 => last.saturating_sub(1),
            29 => last.saturating_sub(100_000),
            30 => return None,
            _ => last + u64::from(self.which),
        };
        Some(at.max(last.saturating_sub(100_000)))
    }

    /// Whether the host ticks before the command, as it should.
    pub fn ticks(&self) -> bool {
        !(self.who / 2).is_multiple_of(8)
    }

    fn anybody(&self) -> Principal {
        let role = pick(Role::ALL, self.which);
        person(role, pick(&[1, 2, 11, 21, 22, 31], self.what / 7))
    }

    fn odd_people(&self, command: Command) -> Command {
        let by = command.by;
        match self.which % 6 {
            0 => Command { second: Some(by), ..command },
            1 => Command { second: Some(person(Role::Pool, 78)), ..command },
            2 => Command { by: Principal { organisation: OTHER_CUSTOMER, ..by }, ..command },
            3 => Command { by: Principal { id: Id::NOBODY, ..by }, ..command },
            4 => Command { by: Principal { organisation: Organisation::NONE, ..by }, ..command },
            _ => Command { second: Some(person(Role::Admin, 79)), ..command },
        }
    }

    fn number(&self, pair: &Pair) -> RequestNumber {
        match pair.model.requests.len() {
            0 => 1,
            count => pair.model.requests[usize::from(self.which) % count].number,
        }
    }

    fn ticket(&self) -> Label {
        pick(&["T-1", "T-2", "T-3", "T-4", "T-5"].map(label), self.which)
    }

    fn class(&self) -> TamperClass {
        pick(TamperClass::ALL, self.which)
    }

    fn terms(&self) -> AccessTerms {
        let subjects = [Subject::Device, Subject::Device, Subject::VmLinux, Subject::Storage, Subject::VmClassic, Subject::Teams];
        let scopes = [Scope::Resource, Scope::Resource, Scope::Resource, Scope::Subscription, Scope::ManagementGroup];
        let permissions =
            [Permission::Read, Permission::Write, Permission::Administer, Permission::Read, Permission::KeyMaterial];
        let durations = [None, None, Some(600), Some(3_600), Some(28_800), Some(90_000), Some(0), Some(u32::MAX)];
        AccessTerms {
            subject: pick(&subjects, self.which),
            scope: pick(&scopes, self.which / 6),
            permission: pick(&permissions, self.which / 30),
            isolated_identity: !self.which.is_multiple_of(11),
            multi_factor: self.which.is_multiple_of(3),
            standard_tools_failed: !self.which.is_multiple_of(13),
            customer_data: !self.which.is_multiple_of(5),
            duration: pick(&durations, self.which / 7).map(Seconds),
            justification: Digest([3; 32]),
        }
    }

    fn reading(&self) -> Reading {
        let levels = [Level::Good, Level::Good, Level::Unread, Level::Warning, Level::Critical];
        let services = [
            Some(Service::InService),
            None,
            Some(Service::InServiceWithTrouble),
            Some(Service::OutOfService),
            Some(Service::OutOfService),
            Some(Service::OffLine),
        ];
        let parts = |number: u16| Parts { worst: pick(&levels, number), seen: 2, bad: 0 };
        Reading {
            fans: parts(self.which),
            batteries: parts(self.which / 5),
            service: pick(&services, self.which / 25),
            ..Reading::default()
        }
    }

    /// Steps that lead on from here, each by who may take it.
    fn likely(&self, pair: &Pair) -> Vec<Command> {
        let (pool, hands, net) = (person(Role::Pool, 1), person(Role::Hands, 1), person(Role::Net, 1));
        let (core, sensor) = (Principal::device(Role::Core), Principal::device(Role::Sensor));
        let admin = person(Role::Admin, 11);
        let second = |by: Principal, action| {
            let second = Principal { id: Id([77; 16]), ..by };
            Command::new(by, action).with(second)
        };
        let one = Command::new;
        let string = Digest([7; 32]);
        let nonce = pair.core.challenge();
        let (region, network) = (label(REGION), label(NETWORK));
        let mut steps = Vec::new();
        // Half of the time the lockbox goes on, where there is one.
        if pair.model.account.is_open() && self.who.is_multiple_of(2) {
            steps.extend(self.lockbox(pair));
            for entry in pair.core.pending() {
                steps.push(one(Principal::device(Role::Enforcer), Action::Confirm { effect: entry.id }));
            }
            return steps;
        }
        if !pair.model.account.is_open() {
            steps.push(one(pool, Action::Register { organisation: CUSTOMER, approved: true }));
        }
        let on = match pair.model.main {
            Main::InTransit => vec![one(hands, Action::Arrive { serial: label("700022") })],
            Main::Received => vec![second(pool, Action::StmOk { expected: string, shown: string, seals_whole: true })],
            Main::PoolConfig => vec![
                second(pool, Action::ZeroizeLocal {}),
                second(pool, baseline()),
                second(pool, baseline()),
                second(pool, Action::SetInventory { parts: parts() }),
                second(hands, Action::EnterMaintenance { ticket: label("K-1") }),
                second(pool, Action::SetPolicy { policy: pick(Policy::PRESETS, self.which).digest() }),
                second(pool, self.line()),
                one(pool, Action::Register { organisation: Organisation::NONE, approved: true }),
            ],
            Main::PoolFree => {
                let mut steps = vec![
                    one(pool, Action::Allocate { organisation: CUSTOMER, region, network, replaces: None }),
                    one(pool, Action::Allocate { organisation: CUSTOMER, region, network, replaces: None }),
                    one(pool, Action::Recheck {}),
                    second(pool, Action::SetPolicy { policy: pick(Policy::PRESETS, self.which).digest() }),
                ];
                steps.extend(self.account());
                steps
            }
            Main::Allocating => vec![
                one(net, Action::Mapped { network, ssh_test_passed: true }),
                one(net, Action::Mapped { network, ssh_test_passed: true }),
                one(net, Action::AllocFail {}),
            ],
            Main::TenantUnclaimed => {
                let claim = Action::Claim { credential_replaced: true, owner_key: string, proof: None };
                vec![one(admin, claim), one(admin, claim), one(admin, claim), one(admin, Action::Abandon {})]
            }
            Main::OwnedUninit => vec![
                one(admin, Action::Init { cloning_domain: DOMAIN }),
                one(admin, Action::Init { cloning_domain: DOMAIN }),
                one(admin, Action::Zeroize { nonce }),
            ],
            Main::Operational => self.operation(pair),
            Main::TamperLatched => vec![
                one(sensor, Action::TamperCauseGone { class: self.class() }),
                one(admin, Action::TamperClear {}),
                one(admin, Action::TamperClear {}),
                one(admin, Action::Zeroize { nonce }),
                one(sensor, Action::FaultHard { code: 1, soft: true }),
                one(person(Role::Engineer, 1), self.line()),
                one(person(Role::Monitor, 1), self.line()),
            ],
            Main::Zeroizing | Main::ZeroizedUnverified => vec![
                one(core, Action::EraseDone { areas: Policy::AZURE.lease.erase_list }),
                one(core, Action::VerifyOk { read_back: Policy::AZURE.lease.erased }),
                one(sensor, Action::ZeroizedSeen {}),
                one(core, Action::EraseFail {}),
                one(core, Action::VerifyFail {}),
                one(core, Action::Boot { self_test_passed: true }),
            ],
            Main::Zeroized => {
                vec![one(admin, Action::Reinit {}), one(admin, Action::Deprovision {}), one(core, Action::Unbound {})]
            }
            Main::Deprovisioning => vec![one(pool, Action::Detached { network_unmapped: true })],
            Main::Maintenance => vec![
                second(hands, Action::ExitMaintenance { covers_closed: true }),
                one(core, Action::Boot { self_test_passed: true }),
            ],
            Main::Failed => vec![
                one(admin, Action::SoftRecover { self_tests_passed: true }),
                one(admin, Action::SoftRecover { self_tests_passed: true }),
                one(admin, Action::Zeroize { nonce }),
                one(admin, Action::GiveUp { cannot_zeroize: true }),
                one(pool, Action::ReplacementOut { peer: statement(Main::Operational) }),
                one(sensor, Action::Tamper { class: self.class() }),
                second(pool, Action::GiveUpLocal {}),
                one(pool, Action::ZeroizeLocal {}),
            ],
            Main::Quarantined => vec![
                second(hands, Action::PartsOut { parts: parts(), camera: label("C-1") }),
                second(pool, Action::SetInventory { parts: parts() }),
            ],
            Main::PartsRemoved => {
                vec![second(hands, Action::Shred { parts: parts(), method: label("shredder"), place: label("hall 3") })]
            }
            Main::PartsDestroyed => vec![one(hands, Action::ChassisOut {})],
            Main::ChassisReturned => vec![one(core, Action::Boot { self_test_passed: true })],
            Main::Invalid => {
                vec![second(pool, Action::Quarantine {}), one(admin, Action::Quarantine {}).with(person(Role::Pool, 78))]
            }
        };
        steps.extend(on);
        for _ in 0..3 {
            if let Some(entry) = pair.core.pending().first() {
                steps.push(one(Principal::device(Role::Enforcer), Action::Confirm { effect: entry.id }));
            }
        }
        steps
    }

    /// A line at the console.
    fn line(&self) -> Action {
        let arguments = pick(&[Arguments::None, Arguments::None, Arguments::Plain, Arguments::NotPlain], self.which / 2);
        Action::ConsoleLine { command: self.which % 301, arguments, line: Digest([6; 32]) }
    }

    fn account(&self) -> Vec<Command> {
        let (pool, admin) = (person(Role::Pool, 1), person(Role::Admin, 11));
        vec![
            Command::new(pool, Action::SetPlan { plan: Plan::Developer }),
            Command::new(pool, Action::SetCustomerId { id: label("C-1") }),
            Command::new(admin, Action::SetPlace { region: label(REGION), network: label(NETWORK) }),
            Command::new(admin, Action::RequestAllocation {}),
            Command::new(admin, Action::SetRoster { approvers: roster() }),
            Command::new(admin, Action::SetVendorRegistration { registered: true }),
            Command::new(admin, Action::SetOptIns { lockbox: true, previews: Subjects::of(&[Subject::Storage]) }),
            Command::new(admin, Action::SetTamperBit { destroys: self.which.is_multiple_of(2) }),
        ]
    }

    fn operation(&self, pair: &Pair) -> Vec<Command> {
        let (core, sensor) = (Principal::device(Role::Core), Principal::device(Role::Sensor));
        let admin = person(Role::Admin, 11);
        let monitor = person(Role::Monitor, 1);
        let nonce = pair.core.challenge();
        let peers = (self.which % 4) as u8;
        let acts = [
            (monitor, Action::ReadHealth { reading: self.reading() }),
            (monitor, Action::ReadHealth { reading: self.reading() }),
            (monitor, Action::ReadHealth { reading: reading(Level::Good, Service::OutOfService) }),
            (core, Action::PollUnanswered {}),
            (core, Action::HaSyncStart { accepted: true }),
            (core, Action::HaSyncOk { expected: DOMAIN, found: DOMAIN, peers }),
            (core, Action::HaSyncFail {}),
            (core, Action::HaPeerChange { peers }),
            (admin, Action::HaJoin { cloning_domain: DOMAIN, peers }),
            (admin, Action::HaRecover {}),
            (admin, Action::HaLeave {}),
            (sensor, Action::Tamper { class: self.class() }),
            (sensor, Action::FaultHard { code: 1, soft: !self.which.is_multiple_of(3) }),
            (core, Action::Boot { self_test_passed: !self.which.is_multiple_of(5) }),
            (core, Action::ErrorSoft {}),
            (core, Action::ErrorRecovered { self_test_passed: true }),
            (core, Action::LoginFailed {}),
            (core, Action::LoginSucceeded {}),
            (admin, Action::SetTamperBit { destroys: self.which.is_multiple_of(4) }),
            (admin, Action::SetMonitoring { allowed: !self.which.is_multiple_of(4) }),
            (person(Role::Hands, 1), Action::PlanSwap { component: pick(Component::ALL, self.which) }),
        ];
        let mut steps: Vec<Command> = acts.map(|(by, action)| Command::new(by, action)).to_vec();
        let zeroize = Command::new(admin, Action::Zeroize { nonce });
        steps.push(zeroize.with(person(Role::Approver, 77)));
        steps
    }

    /// Steps of the lockbox, of the right people mostly.
    fn lockbox(&self, pair: &Pair) -> Vec<Command> {
        let request = self.number(pair);
        let reason = REASON;
        let engineer = person(Role::Engineer, pick(&[1, 1, 1, 2], self.which / 3));
        let approver = person(Role::Approver, pick(&[21, 22, 21, 1], self.which / 5));
        let durations = [None, None, Some(300), Some(7_200), Some(28_800), Some(80_000)];
        let duration = pick(&durations, self.which / 11).map(Seconds);
        let ticket = self.ticket();
        let follows = self.which.is_multiple_of(9).then_some(request);
        let line = self.line();
        let kind = Exclusion::BreakGlass;
        let record = Action::RecordExclusion { kind, subject: Subject::VmLinux, justification: REASON };
        let exclusion = pair.model.exclusions.first().map_or(1, |known| known.number);
        let jit = person(Role::JitService, 51);
        let internal = person(Role::InternalApprover, pick(&[31, 31, 1], self.which));
        let status = pair.model.request(request).map(|request| request.status);
        let on = match status {
            None => vec![(person(Role::User, 41), Action::OpenTicket { ticket, troubleshot: true })],
            Some(Status::Ticketed) => vec![(engineer, Action::Triage { request })],
            Some(Status::Triaged) => {
                let ticket = pair.model.request(request).map_or(ticket, |request| request.ticket);
                let other = pair.model.requests.iter().find(|other| other.ticket == ticket && other.number != request);
                let follows = other.map(|other| other.number);
                vec![
                    (engineer, Action::RequestAccess { ticket, follows, terms: self.terms() }),
                    (engineer, Action::RequestAccess { ticket, follows: None, terms: self.terms() }),
                    (engineer, Action::RequestAccess { ticket, follows: None, terms: terms(Subject::Device) }),
                ]
            }
            Some(Status::JitSubmitted) => vec![(jit, Action::Evaluate { request })],
            Some(Status::InternalApproval) => vec![
                (internal, Action::ApproveInternally { request }),
                (internal, Action::ApproveInternally { request }),
                (internal, Action::RejectInternally { request }),
            ],
            Some(Status::JitPassed) => vec![(engineer, Action::AskCustomer { request })],
            Some(Status::CustomerNotified) => vec![
                (approver, Action::Approve { request, duration, reason }),
                (approver, Action::Approve { request, duration, reason }),
                (approver, Action::Approve { request, duration: None, reason }),
                (approver, Action::Deny { request, reason }),
            ],
            Some(Status::Approved) => vec![
                (engineer, Action::UseAccess { request }),
                (engineer, line),
                (engineer, line),
                (approver, Action::Revoke { request, reason }),
                (person(Role::Admin, 11), Action::Revoke { request, reason }),
                (engineer, Action::EndAccess { request }),
            ],
            Some(_) => {
                let ticket = pair.model.request(request).map_or(ticket, |request| request.ticket);
                let follows = self.who.is_multiple_of(2).then_some(request);
                vec![
                    (engineer, Action::RequestAccess { ticket, follows, terms: self.terms() }),
                    (engineer, Action::RequestAccess { ticket, follows: None, terms: terms(Subject::VmLinux) }),
                    (person(Role::User, 41), Action::OpenTicket { ticket: self.ticket(), troubleshot: true }),
                    (person(Role::User, 41), Action::OpenTicket { ticket, troubleshot: true }),
                ]
            }
        };
        let more = [
            (engineer, Action::RequestAccess { ticket, follows, terms: self.terms() }),
            (engineer, Action::Cancel { request }),
            (engineer, record),
            (person(Role::InternalApprover, 31), Action::ReviewExclusion { exclusion, finding: REASON }),
        ];
        let mut steps: Vec<Command> = Vec::new();
        for _ in 0..4 {
            steps.extend(on.iter().map(|(by, action)| Command::new(*by, *action)));
        }
        steps.extend(more.map(|(by, action)| Command::new(by, action)));
        steps
    }

    /// Whatever there is, with whatever arguments.
    fn anything(&self, pair: &Pair) -> Vec<Command> {
        let (core, sensor) = (Principal::device(Role::Core), Principal::device(Role::Sensor));
        let (pool, admin, hands) = (person(Role::Pool, 1), person(Role::Admin, 11), person(Role::Hands, 1));
        let auditor = person(Role::Auditor, 91);
        let request = self.number(pair);
        let string = Digest([7; 32]);
        let policy = pick(Policy::PRESETS, self.which).digest();
        let effect = u32::from(self.which);
        let state = pick(Main::ALL, self.which);
        let (region, network) = (label(REGION), label(NETWORK));
        let organisation = pick(&[CUSTOMER, CUSTOMER, OTHER_CUSTOMER, Organisation::NONE, PROVIDER], self.which);
        let issue = pick(Issue::ALL, self.which);
        let ssh_test = pick(&[None, Some(true), Some(false)], self.who.into());
        let arguments = pick(&[Arguments::None, Arguments::Plain, Arguments::NotPlain], self.who.into());
        let line = Action::ConsoleLine { command: self.which % 302, arguments, line: string };
        let exclusion = request;
        let acts = [
            (pool, Action::Register { organisation, approved: !self.who.is_multiple_of(3) }),
            (pool, Action::SetPlan { plan: pick(&[Plan::None, Plan::Basic, Plan::Standard], self.which) }),
            (pool, Action::SetPolicy { policy }),
            (pool, Action::SetTime {}),
            (auditor, Action::SetTime {}),
            (auditor, Action::SetTime {}),
            (pool, Action::SetInventory { parts: parts() }),
            (pool, Action::ReplacementOut { peer: statement(state) }),
            (pool, Action::Allocate { organisation: CUSTOMER, region, network, replaces: Some(statement(state)) }),
            (pool, Action::StmMismatch { expected: string, shown: REASON, seals_whole: true }),
            (pool, line),
            (person(Role::Monitor, 1), line),
            (admin, Action::SetRoster { approvers: Roster::new(&[Id([21; 16])]).expect("fits") }),
            (admin, Action::SetOptIns { lockbox: false, previews: Subjects::NONE }),
            (admin, Action::SetMonitoring { allowed: self.who % 4 < 2 }),
            (admin, Action::SetTamperBit { destroys: self.who % 4 < 2 }),
            (admin, Action::SetPlace { region: network, network: region }),
            (admin, Action::Zeroize { nonce: Id([9; 16]) }),
            (admin, Action::AskSupport { issue, ssh_test }),
            (admin, Action::HaLeave {}),
            (hands, Action::PlanSwap { component: pick(Component::ALL, self.which) }),
            (core, Action::Boot { self_test_passed: self.who % 4 < 3 }),
            (core, Action::ErrorSoft {}),
            (core, Action::ErrorRecovered { self_test_passed: self.who % 4 < 3 }),
            (core, Action::LoginFailed {}),
            (core, Action::LoginSucceeded {}),
            (core, Action::PollUnanswered {}),
            (core, Action::EraseFail {}),
            (core, Action::EraseDone { areas: self.which }),
            (core, Action::VerifyFail {}),
            (core, Action::RecoverLogin { succeeded: false }),
            (sensor, Action::Tamper { class: self.class() }),
            (sensor, Action::TamperCauseGone { class: self.class() }),
            (sensor, Action::FaultHard { code: 2, soft: self.who % 4 < 2 }),
            (sensor, Action::ZeroizedSeen {}),
            (sensor, Action::ReadHealth { reading: self.reading() }),
            (Principal::device(Role::Clock), Action::Tick {}),
            (Principal::device(Role::Enforcer), Action::Confirm { effect }),
            (person(Role::InternalApprover, 31), Action::ReviewExclusion { exclusion, finding: REASON }),
            (auditor, Action::ReviewExclusion { exclusion, finding: Digest::NONE }),
            (person(Role::Approver, 61), Action::Approve { request, duration: None, reason: REASON }),
            (person(Role::Approver, 61), Action::Revoke { request, reason: REASON }),
            (person(Role::Approver, 21), Action::Deny { request, reason: Digest::NONE }),
            (person(Role::User, 41), Action::OpenTicket { ticket: self.ticket(), troubleshot: false }),
        ];
        acts.map(|(by, action)| Command::new(by, action)).to_vec()
    }
}
