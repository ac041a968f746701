//! A device with its customer, and short ways to ask it things.
#![allow(dead_code, unreachable_pub, reason = "each test file uses a part of it")]

pub mod invariants;

use strongroom_core::policy::{Permission, Scope};
use strongroom_core::*;

pub const PROVIDER: Organisation = Organisation([0xb0; 16]);
pub const CUSTOMER: Organisation = Organisation([0xc0; 16]);

pub fn label(text: &str) -> Label {
    Label::new(text).expect("fits")
}

pub fn person(role: Role, number: u8) -> Principal {
    let organisation = match role.party() {
        Party::Customer => CUSTOMER,
        Party::Provider => PROVIDER,
        Party::Vendor => Organisation([0xd0; 16]),
        Party::Device => return Principal::device(role),
    };
    let mut id = organisation.0;
    id[15] = number;
    id[0] = 0xee;
    Principal { role, organisation, id: Id(id) }
}

pub const DEVICE: Device = Device {
    serial: Label(*b"700022\0\0\0\0\0\0\0\0\0\0"),
    provider: PROVIDER,
    vendor: Organisation([0xd0; 16]),
    deployment: Deployment::Firmware,
};

/// An engine with its own clock, one second a step.
#[derive(Clone)]
pub struct Bench<const Q: usize = 4, const O: usize = 8, const T: usize = 16, const L: usize = 8> {
    pub engine: Engine<Q, O, T, L>,
    pub now: u64,
    /// What it was told so far, where somebody wants to tell it again.
    pub heard: Option<Vec<(Option<Time>, Command)>>,
}

impl Bench {
    pub fn new() -> Self {
        Self::under(&Policy::AZURE)
    }

    pub fn under(policy: &'static Policy) -> Self {
        Self { engine: Engine::new(DEVICE, policy), now: 1_000_000, heard: None }
    }
}

impl<const Q: usize, const O: usize, const T: usize, const L: usize> Bench<Q, O, T, L> {
    pub fn act(&mut self, by: Principal, action: Action) -> Reply {
        self.command(Command::new(by, action))
    }

    pub fn command(&mut self, command: Command) -> Reply {
        self.now += 1;
        if let Some(heard) = &mut self.heard {
            heard.push((Some(Time::from_unix(self.now)), command));
        }
        self.engine.apply(Some(Time::from_unix(self.now)), &command)
    }

    /// As `act`, and it must be accepted; the logs are drained and the outbox confirmed after.
    pub fn go(&mut self, by: Principal, action: Action) -> Reply {
        self.both(Command::new(by, action))
    }

    pub fn both(&mut self, command: Command) -> Reply {
        self.drain();
        let reply = self.command(command);
        assert_eq!(reply.verdict, Verdict::Accepted, "{:?}: {}", command.action, reply.rule.name());
        while let Some(entry) = self.engine.pending().first().map(|entry| entry.id) {
            self.drain();
            self.act(Principal::device(Role::Enforcer), Action::Confirm { effect: entry });
        }
        reply
    }

    pub fn drain(&mut self) {
        for (log, role) in [(LogName::Tenant, Role::Auditor), (LogName::Lifecycle, Role::Pool)] {
            if self.engine.log().records(log).next().is_some() {
                let next = self.engine.log().size(log);
                self.act(person(role, 9), Action::Acknowledge { log, next });
            }
        }
    }

    /// Acknowledges the lifecycle log only.
    pub fn drain_lifecycle(&mut self) {
        let next = self.engine.log().size(LogName::Lifecycle);
        if self.engine.log().records(LogName::Lifecycle).next().is_some() {
            self.act(person(Role::Pool, 9), Action::Acknowledge { log: LogName::Lifecycle, next });
        }
    }

    /// Walks to `POOL_FREE`.
    pub fn pooled(mut self) -> Self {
        let (pia, paul) = (person(Role::Pool, 1), person(Role::Pool, 2));
        let core = Principal::device(Role::Core);
        self.go(person(Role::Hands, 1), Action::Arrive { serial: DEVICE.serial });
        let string = Digest([7; 32]);
        let stm = Action::StmOk { expected: string, shown: string, seals_whole: true };
        self.both(Command::new(pia, stm).with(paul));
        self.both(Command::new(pia, Action::ZeroizeLocal {}).with(paul));
        self.go(core, Action::EraseDone { areas: Policy::AZURE.lease.erase_list });
        self.go(core, Action::VerifyOk { read_back: Policy::AZURE.lease.erased });
        self.go(core, Action::Unbound {});
        self.go(pia, baseline());
        self
    }

    /// Walks to `OPERATIONAL`, with two approvers on the roster.
    pub fn operational(self) -> Self {
        let mut bench = self.pooled();
        let (pia, ada) = (person(Role::Pool, 1), person(Role::Admin, 1));
        let (region, network) = (label("japaneast"), label("vnet"));
        bench.go(pia, Action::Register { organisation: CUSTOMER, approved: true });
        bench.go(pia, Action::SetPlan { plan: Plan::Developer });
        bench.go(ada, Action::SetPlace { region, network });
        bench.go(ada, Action::RequestAllocation {});
        let approvers = Roster::new(&[person(Role::Approver, 3).id, person(Role::Approver, 4).id]).expect("two fit");
        bench.go(ada, Action::SetRoster { approvers });
        bench.go(pia, Action::Allocate { organisation: CUSTOMER, region, network, replaces: None });
        bench.go(person(Role::Net, 1), Action::Mapped { network, ssh_test_passed: true });
        bench.go(ada, Action::Claim { credential_replaced: true, owner_key: Digest([1; 32]), proof: None });
        bench.go(ada, Action::Init { cloning_domain: Digest([2; 32]) });
        bench.drain();
        bench
    }

    /// A request on a new ticket, asked for by engineer 1 and put before the customer.
    pub fn asked(&mut self, subject: Subject) -> RequestNumber {
        let number = self.submitted(subject);
        self.go(person(Role::JitService, 1), Action::Evaluate { request: number });
        self.go(person(Role::Engineer, 1), Action::AskCustomer { request: number });
        number
    }

    pub fn submitted(&mut self, subject: Subject) -> RequestNumber {
        let ticket = label(&format!("T-{}", self.engine.state().base.next_request));
        let opened = self.go(person(Role::User, 1), Action::OpenTicket { ticket, troubleshot: true });
        let number = opened.request.expect("a ticket has a request");
        self.go(person(Role::Engineer, 1), Action::Triage { request: number });
        self.go(person(Role::Engineer, 1), Action::RequestAccess { ticket, follows: None, terms: terms(subject) });
        number
    }

    pub fn status(&self, number: RequestNumber) -> Status {
        self.engine.state().request(number).expect("remembered").status
    }

    pub fn approve(&mut self, number: RequestNumber) -> Reply {
        self.act(person(Role::Approver, 3), Action::Approve { request: number, duration: None, reason: Digest::NONE })
    }
}

pub fn baseline() -> Action {
    Action::BaselineOk {
        firmware: label("7.1.0"),
        password_discarded: true,
        logs_cleared: true,
        self_test_passed: true,
        reset_checked: false,
    }
}

pub fn terms(subject: Subject) -> AccessTerms {
    AccessTerms {
        subject,
        scope: Scope::Resource,
        permission: Permission::Read,
        isolated_identity: true,
        multi_factor: false,
        standard_tools_failed: true,
        customer_data: true,
        duration: None,
        justification: Digest([3; 32]),
    }
}
