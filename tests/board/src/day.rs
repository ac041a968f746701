//! A day of the shipped image on QEMU: whatever it does is done once, so that its stack has been as deep as it gets.

use crate::party::Host;
use crate::qemu::{Qemu, provider};
use crate::{CUSTOMER, DEVICE, FIRST_KEY, OWN_KEY, PROVIDER_KEY, START, label, person, provisioning};
use std::path::Path;
use std::time::Duration;
use strongroom_core::link::{Ask, Key, Provisioning, Say, ToBoard, ToHost};
use strongroom_core::party::{Party, Role};
use strongroom_core::{
    AccessTerms, Action, Command, Digest, Health, Id, LogName, Permission, Plan, Roster, Scope, Seconds, Subject, Time, Verdict,
};
use strongroom_simulator::Device;

/// What came of it.
#[derive(Debug, Clone, Copy)]
pub struct Day {
    /// Bytes of stack, at most.
    pub stack: usize,
    /// Commands that were accepted.
    pub accepted: usize,
    /// Commands that a rule refused.
    pub refused: usize,
    /// Whether the device's health was read.
    pub polled: bool,
}

/// What the start-up code paints the stack with.
const PAINT: [u8; 4] = [0xcc; 4];

struct Today {
    board: Qemu,
    provider: Host,
    customer: Host,
    day: Day,
    stack: std::ops::Range<usize>,
}

/// Lives through it in an empty `folder`; `stack` is where the stack may be in RAM.
///
/// # Panics
///
/// Where the board does not answer.
#[must_use]
pub fn live(image: &Path, folder: &Path, stack: std::ops::Range<usize>) -> Day {
    let mut board = Qemu::new(image, folder, Device::new(&[("monitor", "watching"), ("operator", "works")]));
    board.put_host(&[0x55; 700]);
    let made = board.exchange(&ToBoard::Provision(Provisioning { poll_every: Seconds(2), ..provisioning() }));
    assert!(matches!(made, ToHost::Provisioned(_)), "{made:?}");
    let day = Day { stack: 0, accepted: 0, refused: 0, polled: false };
    let customer = Host::new(Party::Customer, FIRST_KEY);
    let mut today = Today { board, provider: provider(), customer, day, stack };
    today.board.meet(&mut today.provider, 1);
    today.pool();
    today.account();
    today.console();
    today.proofs();
    today.look();
    // Everything is read back, then it goes on, long enough for the journal to begin a new image.
    today.board.power_off();
    today.board.power_on();
    today.provider = provider();
    today.board.meet(&mut today.provider, 2);
    today.set_time();
    for _ in 0..20 {
        today.pool();
    }
    today.board.press("up", 200);
    today.board.press("right", 200);
    today.proofs();
    today.look();
    today.day
}

impl Today {
    fn set_time(&mut self) {
        let by = Command::new(person(Role::Pool, 1), Action::SetTime {}).with(person(Role::Pool, 2));
        self.ask(Ask::Command { at: Some(Time::from_unix(START)), command: by });
    }

    fn ask(&mut self, ask: Ask) -> Say {
        let customers = ask.command().is_some_and(|command| command.by.role.party() == Party::Customer);
        let host = if customers { &mut self.customer } else { &mut self.provider };
        let said = self.board.ask(host, ask);
        if let Say::Reply(reply) = said {
            let count = if reply.verdict == Verdict::Accepted { &mut self.day.accepted } else { &mut self.day.refused };
            *count += 1;
        }
        said
    }

    fn go(&mut self, command: Command) {
        self.ask(Ask::Command { at: None, command });
    }

    /// What the provider does without a customer; what is refused is on record too.
    fn pool(&mut self) {
        let (pia, paul) = (person(Role::Pool, 1), person(Role::Pool, 2));
        let string = Digest([7; 32]);
        self.set_time();
        self.go(Command::new(person(Role::Hands, 1), Action::Arrive { serial: DEVICE.serial }));
        self.go(Command::new(pia, Action::StmOk { expected: string, shown: string, seals_whole: true }).with(paul));
        self.go(Command::new(pia, Action::ZeroizeLocal {}).with(paul));
        self.drain();
    }

    fn drain(&mut self) {
        if let Say::Status { sizes: [_, next], .. } = self.ask(Ask::Status) {
            let by = person(Role::Pool, 1);
            self.go(Command::new(by, Action::Acknowledge { log: LogName::Lifecycle, next }));
        }
        // Notices are told; what the device has to do itself stays.
        if let Say::Effect(entry) = self.ask(Ask::Effect(0)) {
            self.ask(Ask::Told(entry.id));
        }
    }

    /// A customer, a ticket, a request that is approved and used.
    fn account(&mut self) {
        let (pia, ada) = (person(Role::Pool, 1), person(Role::Admin, 1));
        let register = Command::new(pia, Action::Register { organisation: CUSTOMER, approved: true });
        let key = Key::new(PROVIDER_KEY).expect("a key");
        let key = key.cover(self.provider.session(), self.provider.next(), FIRST_KEY);
        self.ask(Ask::Bind { command: register, key });
        self.board.meet(&mut self.customer, 3);
        self.go(Command::new(pia, Action::SetPlan { plan: Plan::Developer }));
        let (region, network) = (label("japaneast"), label("vnet"));
        self.go(Command::new(ada, Action::SetPlace { region, network }));
        self.go(Command::new(ada, Action::RequestAllocation {}));
        let approvers = Roster::new(&[person(Role::Approver, 3).id]).expect("one fits");
        self.go(Command::new(ada, Action::SetRoster { approvers }));
        let (engineer, ticket) = (person(Role::Engineer, 1), label("T-1"));
        self.go(Command::new(person(Role::User, 1), Action::OpenTicket { ticket, troubleshot: true }));
        self.go(Command::new(engineer, Action::Triage { request: 1 }));
        let terms = AccessTerms {
            subject: Subject::Device,
            scope: Scope::Resource,
            permission: Permission::Read,
            isolated_identity: true,
            multi_factor: false,
            standard_tools_failed: true,
            customer_data: true,
            duration: None,
            justification: Digest([3; 32]),
        };
        self.go(Command::new(engineer, Action::RequestAccess { ticket, follows: None, terms }));
        self.go(Command::new(person(Role::JitService, 1), Action::Evaluate { request: 1 }));
        self.go(Command::new(engineer, Action::AskCustomer { request: 1 }));
        self.go(Command::new(person(Role::Approver, 3), Action::Approve { request: 1, duration: None, reason: Digest::NONE }));
        self.ask(Ask::Seat(Some(engineer.id)));
        let claim = Action::Claim { credential_replaced: true, owner_key: Digest([1; 32]), proof: None };
        let key = Key::new(FIRST_KEY).expect("a key");
        let key = key.cover(self.customer.session(), self.customer.next(), OWN_KEY);
        self.ask(Ask::Bind { command: Command::new(ada, claim), key });
    }

    /// The device is polled, and a technician types what passes, what does not, and what is none.
    fn console(&mut self) {
        for _ in 0..60 {
            self.board.run(Duration::from_millis(100));
            if let Say::Status { health, .. } = self.ask(Ask::Status)
                && health != Health::Unknown
            {
                self.day.polled = true;
                break;
            }
        }
        if !self.day.polled {
            return;
        }
        for line in ["status sensors\r", "hsm zeroize\r", "partition list\r", "stat sens\r", "\u{3}\u{1b}[A\r"] {
            self.board.type_in(line, Duration::from_millis(300));
        }
        self.board.type_in(&"x".repeat(600), Duration::from_millis(300));
        self.board.type_in("\r", Duration::from_millis(300));
    }

    /// Signed heads and records of both logs.
    fn proofs(&mut self) {
        for log in [LogName::Lifecycle, LogName::Tenant] {
            for number in 0..3 {
                self.ask(Ask::Head(log, number));
                self.ask(Ask::Record(log, u32::from(number)));
            }
        }
        let forged = Host::new(Party::Provider, OWN_KEY).seal(Ask::Status);
        self.board.exchange(&ToBoard::Ask(forged));
        self.board.exchange(&ToBoard::Hello { party: Party::Vendor, nonce: Id([4; 16]) });
    }

    /// How deep the stack has been since the start.
    fn look(&mut self) {
        let bytes = self.board.memory(self.stack.start, self.stack.len());
        let blank = bytes.chunks_exact(4).take_while(|word| *word == PAINT).count() * 4;
        self.day.stack = self.day.stack.max(bytes.len() - blank);
    }
}
