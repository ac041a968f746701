//! The application with simulated wires, the model of a 24C256 behind its driver, and time that passes when it is told to.

use crate::cast::{POLL, START, provisioning};
use crate::operate::{Operate, Parties};
use crate::party::{frame, packets};
use crate::wire::{End, Pin};
use ed25519_dalek::SigningKey;
use strongroom_core::Policy;
use strongroom_core::board::input::Contact;
use strongroom_core::board::keys::KeyStore;
use strongroom_core::board::wires::Wires;
use strongroom_core::board::{Board, Failed, blank};
use strongroom_core::journal::{Durable, Eeprom, Layout, Mounted};
use strongroom_core::link::{Receiver, ToBoard, ToHost};
use strongroom_core::reading::TamperClass;
use strongroom_simulator as simulator;
use strongroom_storage::eeprom::{CAPACITY, Part};

/// The medium of the board.
pub type Medium = Eeprom<Part>;

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
    /// Who is at the host's line.
    pub parties: Parties,
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
            parties: Parties::default(),
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

    /// What the journal's part holds, while the board is off.
    ///
    /// # Panics
    ///
    /// Where it is on.
    pub fn journal(&mut self) -> &mut [u8] {
        self.media.as_mut().expect("it is off").0.0.contents_mut()
    }

    /// Types without waiting for anything.
    pub fn paste(&mut self, text: &str) {
        self.technician.put(text.as_bytes());
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

    /// The same, walked to `OPERATIONAL`.
    #[must_use]
    pub fn operational() -> Self {
        let mut bench = Self::new();
        bench.set_time(START);
        bench.walk_to_operational();
        bench
    }

    /// Sends bytes; what is answered.
    pub fn send(&mut self, bytes: &[u8]) -> Vec<ToHost> {
        self.host.put(bytes);
        self.run(bytes.len() as u64 / 8 + 40);
        packets(&self.host.take())
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

    /// The device prints what nobody asked for.
    pub fn print(&mut self, text: &str) {
        self.device_end.put(text.as_bytes());
    }

    /// What the technician's screen has shown since it was looked at before.
    #[must_use]
    pub fn screen(&self) -> String {
        String::from_utf8_lossy(&self.technician.take()).into_owned()
    }
}

impl Operate for Bench {
    fn exchange(&mut self, packet: &ToBoard) -> ToHost {
        let mut answers = self.send(&frame(packet));
        assert_eq!(answers.len(), 1, "one answer to {packet:?}");
        answers.remove(0)
    }

    fn parties(&mut self) -> &mut Parties {
        &mut self.parties
    }

    fn device(&mut self) -> &mut simulator::Device {
        &mut self.device
    }

    fn let_poll(&mut self) {
        self.wait(POLL);
    }

    fn let_sighting_age(&mut self) {}
}
