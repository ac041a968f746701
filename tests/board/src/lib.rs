//! The board's application on the host: the code of the firmware, with simulated wires, the model of a 24C256 behind its
//! driver, and a simulated device to guard.

pub mod party;
pub mod qemu;
pub mod wire;

use ed25519_dalek::SigningKey;
use party::{Host, frame, packets};
use strongroom_core::board::input::Contact;
use strongroom_core::board::keys::KeyStore;
use strongroom_core::board::wires::Wires;
use strongroom_core::board::{Board, Failed, blank};
use strongroom_core::journal::{Durable, Eeprom, Layout, Mounted};
use strongroom_core::link::{Ask, Provisioning, Receiver, Say, ToBoard, ToHost};
use strongroom_core::party::{Party, Principal, Role};
use strongroom_core::reading::TamperClass;
use strongroom_core::{
    AccessTerms, Action, Command, Deployment, Device, Digest, Id, Label, LogName, Organisation, Permission, Plan, Policy, Reply,
    Roster, Scope, Seconds, Subject, Time, Verdict,
};
use strongroom_simulator as simulator;
use strongroom_storage::eeprom::{CAPACITY, Part};
use wire::{End, Pin};

/// The medium of the board.
pub type Medium = Eeprom<Part>;

/// The provider.
pub const PROVIDER: Organisation = Organisation([0xb0; 16]);
/// The customer.
pub const CUSTOMER: Organisation = Organisation([0xc0; 16]);
/// The provider's key.
pub const PROVIDER_KEY: [u8; 32] = [0xb1; 32];
/// The customer's first key.
pub const FIRST_KEY: [u8; 32] = [0xc1; 32];
/// The customer's own key.
pub const OWN_KEY: [u8; 32] = [0xc2; 32];
/// When the time is set first.
pub const START: u64 = 1_767_600_000;
/// Seconds between two polls.
pub const POLL: u64 = 600;

/// The device that was ordered.
pub const DEVICE: Device = Device {
    serial: Label(*b"700022\0\0\0\0\0\0\0\0\0\0"),
    provider: PROVIDER,
    vendor: Organisation([0xd0; 16]),
    deployment: Deployment::Board,
};

/// What the board is made with.
#[must_use]
pub fn provisioning() -> Provisioning {
    let mut password = [0; 32];
    password.iter_mut().zip(*b"watching").for_each(|(place, byte)| *place = byte);
    Provisioning {
        serial: DEVICE.serial,
        provider: PROVIDER,
        vendor: DEVICE.vendor,
        key: PROVIDER_KEY,
        seed: [0x5e; 32],
        account: label("monitor"),
        password,
        poll_every: Seconds(POLL as u32),
    }
}

/// Somebody of that role.
#[must_use]
pub fn person(role: Role, number: u8) -> Principal {
    let organisation = match role.party() {
        Party::Customer => CUSTOMER,
        Party::Provider => PROVIDER,
        Party::Vendor => DEVICE.vendor,
        Party::Device => return Principal::device(role),
    };
    let mut id = organisation.0;
    (id[0], id[15]) = (0xee, number);
    Principal { role, organisation, id: Id(id) }
}

/// A label.
///
/// # Panics
///
/// Where the text is too long.
#[must_use]
pub fn label(text: &str) -> Label {
    Label::new(text).expect("it fits")
}

/// A bench: board, device, technician, host and switches.
#[derive(Debug)]
pub struct Bench {
    board: Option<Board<Medium, Medium, SigningKey>>,
    /// What waits for what makes it a board.
    blank: Option<Receiver>,
    wires: Wires<End, End, End, Pin>,
    contacts: Vec<Contact<Pin>>,
    /// The device at the console.
    pub device: simulator::Device,
    device_end: End,
    technician: End,
    host: End,
    /// The switches: chassis, fan bay, battery door, decommission button; high is wrong.
    pub switches: [Pin; 4],
    /// The relay of the technician's line; high is closed.
    pub relay: Pin,
    millis: u64,
    /// The provider's host.
    pub provider: Host,
    /// The customer's host.
    pub customer: Host,
    media: Option<(Medium, Medium)>,
}

impl Default for Bench {
    fn default() -> Self {
        Self::new()
    }
}

impl Bench {
    /// A provisioned board that has just been switched on for the first time.
    ///
    /// # Panics
    ///
    /// Where it does not start.
    #[must_use]
    pub fn new() -> Self {
        let mut keys = KeyStore::new(Eeprom(Part::blank()));
        keys.provision(&provisioning()).expect("it is blank");
        let mut bench = Self::wired(keys.into_medium());
        assert_eq!(bench.power_on(), Ok(Mounted::Fresh));
        bench.meet();
        bench
    }

    /// A board that is nothing yet, and waits for what makes it one.
    #[must_use]
    pub fn blank() -> Self {
        Self { blank: Some(Receiver::default()), ..Self::wired(Eeprom(Part::blank())) }
    }

    fn wired(keys: Medium) -> Self {
        let (host_end, host) = End::pair();
        let (board_device, device_end) = End::pair();
        let (board_technician, technician) = End::pair();
        let switches: [Pin; 4] = Default::default();
        let relay = Pin::default();
        let classes = [TamperClass::Chassis, TamperClass::Fan, TamperClass::Battery, TamperClass::Decommission];
        let contacts = switches.iter().zip(classes).map(|(pin, class)| Contact::new(pin.clone(), class, true)).collect();
        Self {
            board: None,
            blank: None,
            wires: Wires { host: host_end, device: board_device, technician: board_technician, relay: relay.clone() },
            contacts,
            device: simulator::Device::new(&[("monitor", "watching"), ("operator", "works")]),
            device_end,
            technician,
            host,
            switches,
            relay,
            millis: 0,
            provider: Host::new(Party::Provider, PROVIDER_KEY),
            customer: Host::new(Party::Customer, FIRST_KEY),
            media: Some((Eeprom(Part::blank()), keys)),
        }
    }

    /// Switches the board on.
    ///
    /// # Errors
    ///
    /// Where it does not start.
    ///
    /// # Panics
    ///
    /// Where it is on.
    pub fn power_on(&mut self) -> Result<Mounted, Failed> {
        let (journal, keys) = self.media.take().expect("it is off");
        let durable = Box::leak(Box::new(Durable::new(journal)));
        let layout = Layout::over(CAPACITY as u32, 64).expect("it fits");
        let mut keys = KeyStore::new(keys);
        let identity = keys.identity().map_err(|_| Failed::Keys)?.ok_or(Failed::Keys)?;
        let mounted = durable.mount(&layout, identity.device, &Policy::AZURE).map_err(|_| Failed::Journal)?;
        self.board = Some(Board::start(durable, keys, SigningKey::from_bytes(&identity.seed), identity.monitor)?);
        self.millis = 0;
        Ok(mounted)
    }

    /// Cuts the board's power.
    ///
    /// # Panics
    ///
    /// Where it is off.
    pub fn power_off(&mut self) {
        let board = self.board.take().expect("it is on");
        self.relay.set(false);
        let (durable, keys) = board.into_parts();
        let journal = std::mem::replace(durable, Durable::new(Eeprom(Part::blank()))).into_medium();
        self.media = Some((journal, keys));
        self.host.take();
        self.technician.take();
    }

    /// Lets the journal's part fail once so many bytes of it were written, while the board is off.
    ///
    /// # Panics
    ///
    /// Where it is on.
    pub fn let_journal_fail_after(&mut self, bytes: u64) {
        self.media.as_mut().expect("it is off").0.0.cut_after(bytes, 1);
    }

    /// The board.
    ///
    /// # Panics
    ///
    /// Where it is off.
    #[must_use]
    pub const fn board(&self) -> &Board<Medium, Medium, SigningKey> {
        self.board.as_ref().expect("it is on")
    }

    /// Both hosts ask who is there.
    pub fn meet(&mut self) {
        let nonce = Id([9; 16]);
        let answer = self.exchange(&self.provider.hello(nonce));
        self.provider.meet(nonce, &answer);
        let customers = self.exchange(&self.customer.hello(nonce));
        if let ToHost::Here(hello) = &customers
            && hello.tag.is_some()
        {
            self.customer.meet(nonce, &customers);
        }
    }

    /// Sends a packet and waits for the answer.
    ///
    /// # Panics
    ///
    /// Where none comes.
    pub fn exchange(&mut self, packet: &ToBoard) -> ToHost {
        let mut answers = self.send(&frame(packet));
        assert_eq!(answers.len(), 1, "one answer to {packet:?}");
        answers.remove(0)
    }

    /// Sends bytes; what is answered.
    pub fn send(&mut self, bytes: &[u8]) -> Vec<ToHost> {
        self.host.put(bytes);
        self.run(bytes.len() as u64 / 8 + 40);
        packets(&self.host.take())
    }

    /// What the provider's host is told.
    pub fn ask_provider(&mut self, ask: Ask) -> Say {
        let sealed = self.provider.seal(ask);
        let answer = self.exchange(&ToBoard::Ask(sealed));
        self.provider.open(&answer)
    }

    /// What the customer's host is told.
    pub fn ask_customer(&mut self, ask: Ask) -> Say {
        let sealed = self.customer.seal(ask);
        let answer = self.exchange(&ToBoard::Ask(sealed));
        self.customer.open(&answer)
    }

    /// What comes of a command.
    ///
    /// # Panics
    ///
    /// Where it is no reply.
    pub fn command(&mut self, command: Command) -> Reply {
        let ask = Ask::Command { at: None, command };
        let say = if command.by.role.party() == Party::Customer { self.ask_customer(ask) } else { self.ask_provider(ask) };
        let Say::Reply(reply) = say else { panic!("{:?}: {say:?}", command.action) };
        reply
    }

    /// The same, and it must be accepted; then logs are drained and notices told.
    pub fn go(&mut self, command: Command) -> Reply {
        let reply = self.command(command);
        assert_eq!(reply.verdict, Verdict::Accepted, "{:?}: {}", command.action, reply.rule.name());
        self.settle();
        reply
    }

    /// A command that brings a key with it.
    ///
    /// # Panics
    ///
    /// Where it is refused.
    pub fn bind(&mut self, command: Command, key: [u8; 32]) {
        let customers = command.by.role.party() == Party::Customer;
        let host = if customers { &mut self.customer } else { &mut self.provider };
        let key = host.key.cover(host.session(), host.next(), key);
        let ask = Ask::Bind { command, key };
        let say = if customers { self.ask_customer(ask) } else { self.ask_provider(ask) };
        let Say::Reply(reply) = say else { panic!("{:?}: {say:?}", command.action) };
        assert_eq!(reply.verdict, Verdict::Accepted, "{:?}: {}", command.action, reply.rule.name());
    }

    /// Walks to `OPERATIONAL`, all of it over the host's line.
    #[must_use]
    pub fn operational() -> Self {
        let mut bench = Self::new();
        bench.set_time(START);
        let (pia, paul, ada) = (person(Role::Pool, 1), person(Role::Pool, 2), person(Role::Admin, 1));
        let string = Digest([7; 32]);
        bench.go(Command::new(person(Role::Hands, 1), Action::Arrive { serial: DEVICE.serial }));
        bench.go(Command::new(pia, Action::StmOk { expected: string, shown: string, seals_whole: true }).with(paul));
        bench.go(Command::new(pia, Action::ZeroizeLocal {}).with(paul));
        bench.device.set_fault(simulator::Fault::Zeroized, true);
        bench.wait(2 * POLL + 60);
        bench.device.set_fault(simulator::Fault::Zeroized, false);
        bench.settle();
        let baseline = Action::BaselineOk {
            firmware: label("7.1.0"),
            password_discarded: true,
            logs_cleared: true,
            self_test_passed: true,
            reset_checked: true,
        };
        bench.go(Command::new(pia, baseline).with(paul));
        bench.bind(Command::new(pia, Action::Register { organisation: CUSTOMER, approved: true }), FIRST_KEY);
        bench.meet();
        let (region, network) = (label("japaneast"), label("vnet"));
        bench.go(Command::new(pia, Action::SetPlan { plan: Plan::Developer }));
        bench.go(Command::new(ada, Action::SetPlace { region, network }));
        bench.go(Command::new(ada, Action::RequestAllocation {}));
        let approvers = Roster::new(&[person(Role::Approver, 3).id]).expect("one fits");
        bench.go(Command::new(ada, Action::SetRoster { approvers }));
        bench.go(Command::new(pia, Action::Allocate { organisation: CUSTOMER, region, network, replaces: None }));
        bench.go(Command::new(person(Role::Net, 1), Action::Mapped { network, ssh_test_passed: true }));
        let claim = Action::Claim { credential_replaced: true, owner_key: Digest([1; 32]), proof: None };
        bench.bind(Command::new(ada, claim), OWN_KEY);
        bench.customer = Host::new(Party::Customer, OWN_KEY);
        bench.meet();
        bench.go(Command::new(ada, Action::Init { cloning_domain: Digest([2; 32]) }));
        bench
    }

    /// A request of engineer 1 for the device, put before the customer; its number.
    ///
    /// # Panics
    ///
    /// Where it is refused.
    pub fn asked(&mut self) -> u32 {
        self.asked_by(1)
    }

    /// The same of another engineer.
    ///
    /// # Panics
    ///
    /// Where it is refused.
    pub fn asked_by(&mut self, number: u8) -> u32 {
        let engineer = person(Role::Engineer, number);
        let ticket = label(&format!("T-{number}"));
        let opened = self.go(Command::new(person(Role::User, 1), Action::OpenTicket { ticket, troubleshot: true }));
        let request = opened.request.expect("a ticket has a request");
        self.go(Command::new(engineer, Action::Triage { request }));
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
        self.go(Command::new(person(Role::JitService, 1), Action::Evaluate { request }));
        self.go(Command::new(engineer, Action::AskCustomer { request }));
        request
    }

    /// Drains both logs, and tells the notices to whom they are for.
    pub fn settle(&mut self) {
        while let Say::Effect(entry) = self.ask_provider(Ask::Effect(0)) {
            if self.ask_provider(Ask::Told(entry.id)) == Say::NotYours {
                break;
            }
        }
        let engine = self.board().kernel().engine();
        let pending = [LogName::Tenant, LogName::Lifecycle].map(|log| {
            let next = engine.log().size(log);
            (log, next, engine.log().records(log).next().is_some())
        });
        for (log, next, some) in pending {
            let role = if log == LogName::Tenant { Role::Auditor } else { Role::Pool };
            if some && (log == LogName::Lifecycle || engine_has_account(self)) {
                self.command(Command::new(person(role, 9), Action::Acknowledge { log, next }));
            }
        }
    }

    /// Sets the time: two of the pool while there is no account, else the auditor.
    ///
    /// # Panics
    ///
    /// Where it is refused.
    pub fn set_time(&mut self, unix: u64) {
        let at = Some(Time::from_unix(unix));
        let say = if engine_has_account(self) {
            self.ask_customer(Ask::Command { at, command: Command::new(person(Role::Auditor, 9), Action::SetTime {}) })
        } else {
            let command = Command::new(person(Role::Pool, 1), Action::SetTime {}).with(person(Role::Pool, 2));
            self.ask_provider(Ask::Command { at, command })
        };
        let Say::Reply(reply) = say else { panic!("{say:?}") };
        assert_eq!(reply.verdict, Verdict::Accepted, "{}", reply.rule.name());
    }

    /// Goes on for so many milliseconds.
    pub fn run(&mut self, millis: u64) {
        let end = self.millis + millis;
        while self.millis < end {
            self.millis += 5;
            self.turn();
        }
    }

    /// Lets hours pass in larger steps.
    pub fn wait(&mut self, seconds: u64) {
        let end = self.millis + seconds * 1000;
        while self.millis < end {
            self.millis = (self.millis + 20_000).min(end);
            self.turn();
            self.run(1_500);
        }
    }

    fn turn(&mut self) {
        let typed = self.device_end.take();
        let printed = self.device.take(&typed);
        self.device_end.put(&printed);
        if let Some(board) = &mut self.board {
            board.turn(self.millis, &mut self.wires, &mut self.contacts);
        } else if let Some(receiver) = &mut self.blank
            && let Some((journal, keys)) = self.media.take()
        {
            let mut keys = KeyStore::new(keys);
            let made = blank::turn(&mut keys, receiver, &mut self.wires.host, strongroom_host::link::public_key);
            self.media = Some((journal, keys.into_medium()));
            if made == Ok(true) {
                self.blank = None;
                self.power_on().expect("it is a board now");
            }
        }
    }

    /// Sends bytes over the host's line.
    pub fn put_host(&self, bytes: &[u8]) {
        self.host.put(bytes);
    }

    /// What has come over the host's line.
    #[must_use]
    pub fn take_host(&self) -> Vec<u8> {
        self.host.take()
    }

    /// Whether the board's power is on.
    #[must_use]
    pub const fn is_on(&self) -> bool {
        self.board.is_some()
    }

    /// Types at the technician's terminal; what the screen shows after it.
    pub fn type_in(&mut self, text: &str) -> String {
        self.technician.put(text.as_bytes());
        self.run(400);
        self.screen()
    }

    /// What the technician's screen has shown since it was looked at before.
    #[must_use]
    pub fn screen(&self) -> String {
        String::from_utf8_lossy(&self.technician.take()).into_owned()
    }
}

fn engine_has_account(bench: &Bench) -> bool {
    bench.board().kernel().engine().state().base.account.is_open()
}
