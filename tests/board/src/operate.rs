//! What is done at a board over its host line, whatever it runs on.

use crate::cast::{CUSTOMER, DEVICE, FIRST_KEY, OWN_KEY, PROVIDER_KEY, device_key, label, person};
use crate::party::Host;
use strongroom_core::link::{Ask, Cover, Say, Seat, ToBoard, ToHost};
use strongroom_core::outbox::{Entry, Kind};
use strongroom_core::party::{Party, Role};
use strongroom_core::{
    AccessTerms, Action, Command, Digest, Id, LogName, Main, Permission, Plan, Reply, Roster, Scope, Seconds, Subject, Time,
    Verdict,
};
use strongroom_simulator::{Device, Fault};

/// Who is at the host's line, and what they know.
#[derive(Debug)]
pub struct Parties {
    /// The provider's host.
    pub provider: Host,
    /// The customer's host.
    pub customer: Host,
    /// Whether there is a customer.
    pub is_let: bool,
    /// Records of the tenant's and of the lifecycle's log that were drained.
    drained: [u32; 2],
}

impl Default for Parties {
    fn default() -> Self {
        Self {
            provider: Host::new(Party::Provider, PROVIDER_KEY),
            customer: Host::new(Party::Customer, FIRST_KEY),
            is_let: false,
            drained: [0; 2],
        }
    }
}

/// A board with its lines.
pub trait Operate {
    /// Sends a packet and waits for the answer. Panics where none comes.
    fn exchange(&mut self, packet: &ToBoard) -> ToHost;

    /// Who is at the host's line.
    fn parties(&mut self) -> &mut Parties;

    /// The device at the console.
    fn device(&mut self) -> &mut Device;

    /// Goes on until the board has polled once more.
    fn let_poll(&mut self);

    /// Goes on until a sighting is another one than that before: in a later poll of the policy's, or after another boot (D-14).
    fn let_sighting_age(&mut self);

    /// Goes on until a poll has led to a state. Panics where none does.
    fn poll_until(&mut self, main: Main) {
        for _ in 0..5 {
            self.let_poll();
            self.settle();
            if self.main_state() == main {
                return;
            }
        }
        panic!("{:?} and not {main:?}", self.main_state());
    }

    /// Both hosts ask who is there.
    fn meet(&mut self) {
        let nonce = Id([9; 16]);
        let answer = self.exchange(&ToBoard::Hello { party: Party::Provider, nonce });
        self.parties().provider.meet(nonce, &answer);
        let answer = self.exchange(&ToBoard::Hello { party: Party::Customer, nonce });
        if matches!(&answer, ToHost::Here(hello) if hello.tag.is_some()) {
            self.parties().customer.meet(nonce, &answer);
        }
    }

    /// What the provider's host is told.
    fn ask_provider(&mut self, ask: Ask) -> Say {
        let sealed = self.parties().provider.seal(ask);
        let answer = self.exchange(&ToBoard::Ask(sealed));
        self.parties().provider.open(&answer)
    }

    /// What the customer's host is told.
    fn ask_customer(&mut self, ask: Ask) -> Say {
        let sealed = self.parties().customer.seal(ask);
        let answer = self.exchange(&ToBoard::Ask(sealed));
        self.parties().customer.open(&answer)
    }

    /// What comes of a command. Panics where it is no reply.
    fn command(&mut self, command: Command) -> Reply {
        let ask = Ask::Command { at: None, command };
        let say = if command.by.role.party() == Party::Customer { self.ask_customer(ask) } else { self.ask_provider(ask) };
        let Say::Reply(reply) = say else { panic!("{:?}: {say:?}", command.action) };
        reply
    }

    /// The same, and it must be accepted; then logs are drained and notices told.
    fn go(&mut self, command: Command) -> Reply {
        let reply = self.command(command);
        assert_eq!(reply.verdict, Verdict::Accepted, "{:?}: {}", command.action, reply.rule.name());
        self.settle();
        reply
    }

    /// A command that brings a key with it. Panics where it is refused.
    fn bind(&mut self, command: Command, key: [u8; 32]) {
        let customers = command.by.role.party() == Party::Customer;
        let parties = self.parties();
        let host = if customers { &parties.customer } else { &parties.provider };
        let cover = Cover::new(&device_key(), [0x33; 32], &host.key, (host.session(), host.next()), key).expect("a device");
        let ask = Ask::Bind { command, cover };
        let say = if customers { self.ask_customer(ask) } else { self.ask_provider(ask) };
        let Say::Reply(reply) = say else { panic!("{:?}: {say:?}", command.action) };
        assert_eq!(reply.verdict, Verdict::Accepted, "{:?}: {}", command.action, reply.rule.name());
        self.parties().is_let = true;
    }

    /// What the board says of itself. Panics where it is no status.
    fn main_state(&mut self) -> Main {
        let say = self.ask_provider(Ask::Status);
        let Say::Status { main, .. } = say else { panic!("{say:?}") };
        main
    }

    /// Walks to `OPERATIONAL`, all of it over the host's line. Time must be set.
    fn walk_to_operational(&mut self) {
        let ada = person(Role::Admin, 1);
        self.walk_to_unclaimed();
        let claim = Action::Claim { credential_replaced: true, owner_key: Digest([1; 32]), proof: None };
        self.bind(Command::new(ada, claim), OWN_KEY);
        self.parties().customer = Host::new(Party::Customer, OWN_KEY);
        self.meet();
        self.go(Command::new(ada, Action::Init { cloning_domain: Digest([2; 32]) }));
    }

    /// The same to `TENANT_UNCLAIMED`.
    fn walk_to_unclaimed(&mut self) {
        let (pia, paul, ada) = (person(Role::Pool, 1), person(Role::Pool, 2), person(Role::Admin, 1));
        let string = Digest([7; 32]);
        self.go(Command::new(person(Role::Hands, 1), Action::Arrive { serial: DEVICE.serial }));
        self.go(Command::new(pia, Action::StmOk { expected: string, shown: string, seals_whole: true }).with(paul));
        self.go(Command::new(pia, Action::ZeroizeLocal {}).with(paul));
        self.device().set_fault(Fault::Zeroized, true);
        self.poll_until(Main::ZeroizedUnverified);
        self.let_sighting_age();
        self.poll_until(Main::PoolConfig);
        self.device().set_fault(Fault::Zeroized, false);
        let baseline = Action::BaselineOk {
            firmware: label("7.1.0"),
            password_discarded: true,
            logs_cleared: true,
            self_test_passed: true,
            reset_checked: true,
        };
        self.go(Command::new(pia, baseline).with(paul));
        self.bind(Command::new(pia, Action::Register { organisation: CUSTOMER, approved: true }), FIRST_KEY);
        self.meet();
        let (region, network) = (label("japaneast"), label("vnet"));
        self.go(Command::new(pia, Action::SetPlan { plan: Plan::Developer }));
        self.go(Command::new(ada, Action::SetPlace { region, network }));
        self.go(Command::new(ada, Action::RequestAllocation {}));
        let approvers = Roster::new(&[person(Role::Approver, 3).id]).expect("one fits");
        self.go(Command::new(ada, Action::SetRoster { approvers }));
        self.go(Command::new(pia, Action::Allocate { organisation: CUSTOMER, region, network, replaces: None }));
        self.go(Command::new(person(Role::Net, 1), Action::Mapped { network, ssh_test_passed: true }));
    }

    /// A request of engineer 1 for the device, put before the customer; its number.
    fn asked(&mut self) -> u32 {
        self.asked_by(1, None)
    }

    /// The same of another engineer, for so long. Panics where it is refused.
    fn asked_by(&mut self, number: u8, duration: Option<Seconds>) -> u32 {
        self.asked_about(number, Subject::Device, duration)
    }

    /// The same for something else than the device.
    fn asked_about(&mut self, number: u8, subject: Subject, duration: Option<Seconds>) -> u32 {
        let engineer = person(Role::Engineer, number);
        let ticket = label(&format!("T-{number}.{}", subject as u8));
        let opened = self.go(Command::new(person(Role::User, 1), Action::OpenTicket { ticket, troubleshot: true }));
        let request = opened.request.expect("a ticket has a request");
        self.go(Command::new(engineer, Action::Triage { request }));
        let terms = AccessTerms {
            subject,
            scope: Scope::Resource,
            permission: Permission::Read,
            isolated_identity: true,
            multi_factor: false,
            standard_tools_failed: true,
            customer_data: true,
            duration,
            justification: Digest([3; 32]),
        };
        self.go(Command::new(engineer, Action::RequestAccess { ticket, follows: None, terms }));
        self.go(Command::new(person(Role::JitService, 1), Action::Evaluate { request }));
        self.go(Command::new(engineer, Action::AskCustomer { request }));
        request
    }

    /// The device arrives, and two of the pool find it whole.
    fn take_in(&mut self) {
        let (pia, paul, string) = (person(Role::Pool, 1), person(Role::Pool, 2), Digest([7; 32]));
        self.go(Command::new(person(Role::Hands, 1), Action::Arrive { serial: DEVICE.serial }));
        self.go(Command::new(pia, Action::StmOk { expected: string, shown: string, seals_whole: true }).with(paul));
    }

    /// The customer approves, and engineer 1 takes the seat.
    fn approve(&mut self, request: u32) {
        let approve = Action::Approve { request, duration: None, reason: Digest::NONE };
        self.go(Command::new(person(Role::Approver, 3), approve));
        assert_eq!(self.ask_provider(Ask::Seat(Seat::Engineer(person(Role::Engineer, 1).id))), Say::Done);
    }

    /// Drains both logs, and tells the notices to whom they are for.
    fn settle(&mut self) {
        while let Say::Effect(Entry { id, kind: Kind::NotifyApprovers | Kind::NotifyCustomer, .. }) =
            self.ask_provider(Ask::Effect(0))
        {
            let _ = self.ask_provider(Ask::Told(id));
        }
        let say = self.ask_provider(Ask::Status);
        let Say::Status { sizes, .. } = say else { panic!("{say:?}") };
        for (place, (log, role)) in [(LogName::Tenant, Role::Auditor), (LogName::Lifecycle, Role::Pool)].into_iter().enumerate() {
            let (next, drained) = (sizes[place], self.parties().drained[place]);
            if next > drained && (log == LogName::Lifecycle || self.parties().is_let) {
                self.command(Command::new(person(role, 9), Action::Acknowledge { log, next }));
                self.parties().drained[place] = next;
            }
        }
    }

    /// Sets the time: two of the pool while there is no account, else the auditor. Panics where it is refused.
    fn set_time(&mut self, unix: u64) {
        let at = Some(Time::from_unix(unix));
        let say = if self.parties().is_let {
            self.ask_customer(Ask::Command { at, command: Command::new(person(Role::Auditor, 9), Action::SetTime {}) })
        } else {
            let command = Command::new(person(Role::Pool, 1), Action::SetTime {}).with(person(Role::Pool, 2));
            self.ask_provider(Ask::Command { at, command })
        };
        let Say::Reply(reply) = say else { panic!("{say:?}") };
        assert_eq!(reply.verdict, Verdict::Accepted, "{}", reply.rule.name());
    }
}
