//! The other side: a customer's lease in a journal, and what customer and provider do about access.

use std::path::{Path, PathBuf};
use std::time::Duration;
use strongroom_core::policy::{Permission, Scope, Subject};
use strongroom_core::{
    AccessTerms, Action, Command, Deployment, Device, Digest, Id, Label, LogName, Organisation, Plan, Policy, Principal,
    RequestNumber, Role, Roster, Rule, Status, Time, Verdict,
};
use strongroom_host::journal;

/// When the story begins.
pub(crate) const MORNING: u64 = 1_800_000_000;
/// Eight hours.
pub(crate) const GRANTED: u64 = 28_800;

/// The login `games`.
pub(crate) const ELLEN: Id = Id([0xe1; 16]);
/// The login `news`.
pub(crate) const OTHER: Id = Id([0xe2; 16]);
/// The login `mail`.
pub(crate) const THIRD: Id = Id([0xe3; 16]);

const PROVIDER: Organisation = Organisation([0xb0; 16]);
const VENDOR: Organisation = Organisation([0xd0; 16]);
const CUSTOMER: Organisation = Organisation([0xc0; 16]);

/// The device that a journal is for.
pub(crate) fn device(serial: &str) -> Device {
    Device { serial: Label::new(serial).unwrap(), provider: PROVIDER, vendor: VENDOR, deployment: Deployment::Board }
}

/// A journal that is opened for each step, as every process does it.
#[derive(Debug, Clone)]
pub(crate) struct Bench(pub(crate) PathBuf);

impl Bench {
    /// A new one: a customer with a plan and an approver.
    pub(crate) fn new(path: &Path) -> Self {
        let bench = Self(path.to_owned());
        let approvers = Roster::new(&[Id([0xa1; 16])]).unwrap();
        bench.go(MORNING, Role::Pool, Action::Register { organisation: CUSTOMER, approved: true });
        bench.go(MORNING, Role::Pool, Action::SetPlan { plan: Plan::Developer });
        bench.go(MORNING, Role::Admin, Action::SetRoster { approvers });
        bench
    }

    pub(crate) fn open(&self) -> journal::Durable {
        journal::open(&self.0, device("700022"), &Policy::AZURE, Duration::from_secs(20)).unwrap().0
    }

    /// A request of this engineer's that the customer is asked about.
    pub(crate) fn asked(&self, at: u64, engineer: Id) -> RequestNumber {
        let (request, ticket) = self.ticket(at);
        self.by(at, engineer, Action::Triage { request });
        let terms = AccessTerms {
            subject: Subject::VmLinux,
            scope: Scope::Resource,
            permission: Permission::Read,
            isolated_identity: true,
            multi_factor: false,
            standard_tools_failed: true,
            customer_data: true,
            duration: None,
            justification: Digest([3; 32]),
        };
        self.by(at, engineer, Action::RequestAccess { ticket, follows: None, terms });
        self.go(at, Role::JitService, Action::Evaluate { request });
        self.by(at, engineer, Action::AskCustomer { request });
        request
    }

    /// A new ticket.
    pub(crate) fn ticket(&self, at: u64) -> (RequestNumber, Label) {
        let ticket = Label::new(&format!("T-{}", self.open().engine().state().base.next_request)).unwrap();
        (self.go(at, Role::User, Action::OpenTicket { ticket, troubleshot: true }).unwrap(), ticket)
    }

    pub(crate) fn approve(&self, at: u64, request: RequestNumber) {
        self.go(at, Role::Approver, Action::Approve { request, duration: None, reason: Digest::NONE });
    }

    /// A request of this engineer's, approved at once.
    pub(crate) fn granted(&self, at: u64, engineer: Id) -> RequestNumber {
        let request = self.asked(at, engineer);
        self.approve(at, request);
        request
    }

    pub(crate) fn revoke(&self, at: u64, request: RequestNumber) {
        self.go(at, Role::Approver, Action::Revoke { request, reason: Digest([7; 32]) });
    }

    pub(crate) fn status(&self, request: RequestNumber) -> Status {
        self.open().engine().state().request(request).unwrap().status
    }

    /// What is still to be done, by name.
    pub(crate) fn pending(&self) -> Vec<&'static str> {
        self.open().engine().pending().iter().map(|entry| entry.kind.name()).collect()
    }

    /// The rules of the tenant's log, in order.
    pub(crate) fn rules(&self) -> Vec<Rule> {
        self.open().engine().log().records(LogName::Tenant).map(|record| record.rule).collect()
    }

    /// As `go`, by an engineer.
    fn by(&self, at: u64, engineer: Id, action: Action) {
        self.command(at, Principal { role: Role::Engineer, organisation: PROVIDER, id: engineer }, action);
    }

    fn go(&self, at: u64, role: Role, action: Action) -> Option<RequestNumber> {
        let organisation = match role {
            Role::User | Role::Admin | Role::Approver | Role::Auditor => CUSTOMER,
            _ => PROVIDER,
        };
        let id = if role == Role::Approver { Id([0xa1; 16]) } else { Id([role as u8 + 1; 16]) };
        self.command(at, Principal { role, organisation, id }, action)
    }

    fn command(&self, at: u64, by: Principal, action: Action) -> Option<RequestNumber> {
        let mut engine = self.open();
        let reply = engine.apply(Some(Time::from_unix(at)), &Command::new(by, action)).unwrap();
        assert_eq!(reply.verdict, Verdict::Accepted, "{action:?}: {}", reply.rule.name());
        reply.request
    }
}
