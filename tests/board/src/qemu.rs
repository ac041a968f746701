//! The image itself on QEMU's board: three serial lines as sockets, the EEPROM as a file, a simulated device at the console.

mod debugger;
mod socket;

use crate::cast::{START, provisioning};
use crate::image::QEMU;
use crate::operate::{Operate, Parties};
use crate::party::frame;
pub use debugger::Debugger;
use socket::Socket;
use std::fmt::Write as _;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use strongroom_core::link::{Provisioning, Receiver, ToBoard, ToHost};
use strongroom_core::{Main, Seconds};
use strongroom_simulator::Device;

/// Bytes of the EEPROM.
const CAPACITY: usize = 32 * 1024;

/// How long anything may take, on a machine that is busy with other things.
const PATIENCE: Duration = Duration::from_secs(120);

/// How long an answer is waited for before the question is sent again.
const RESEND: Duration = Duration::from_secs(3);

/// How long a prompt has to stand before it is typed at: several times what the board waits for.
const STILL: Duration = Duration::from_millis(250);

/// Pin 0 of port F, as its address masks it: the relay of the technician's line, 0 while it is open.
pub const RELAY: u32 = 0x4002_5004;

/// What the start-up code paints the stack with.
const PAINT: [u8; 4] = [0xcc; 4];

/// The last command of a poll.
const LAST_POLLED: &str = "status sysstat show";

/// The board, running.
#[derive(Debug)]
pub struct Qemu {
    image: PathBuf,
    /// Of this board alone: EEPROM, sockets, log.
    folder: PathBuf,
    process: Option<Child>,
    lines: Option<Lines>,
    receiver: Receiver,
    /// The device at the console.
    pub device: Device,
    /// Who is at the host's line.
    pub parties: Parties,
    entered: Vec<String>,
    polls: u32,
    screen: String,
    /// Something came from the board over the device's or the technician's line.
    moved: bool,
    /// Where its stack may be, and how deep it has been.
    stack: Option<(Range<usize>, usize)>,
}

#[derive(Debug)]
struct Lines {
    host: Socket,
    device: Socket,
    technician: Socket,
    /// QEMU's own.
    monitor: Socket,
}

impl Qemu {
    /// A board with a blank EEPROM in a folder of that name, switched on.
    ///
    /// # Panics
    ///
    /// Where QEMU does not start.
    #[must_use]
    pub fn new(image: &Path, name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("strongroom-{}-{name}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(folder.join("eeprom"), vec![0xff; CAPACITY]).expect("a file");
        let mut board = Self {
            image: image.to_owned(),
            folder,
            process: None,
            lines: None,
            receiver: Receiver::default(),
            device: Device::new(&[("monitor", "watching"), ("operator", "works")]),
            parties: Parties::default(),
            entered: Vec::new(),
            polls: 0,
            screen: String::new(),
            moved: false,
            stack: None,
        };
        board.power_on();
        board
    }

    /// The same, made a board that polls so often.
    ///
    /// # Panics
    ///
    /// Where it does not become one.
    #[must_use]
    pub fn provisioned(image: &Path, name: &str, poll_every: Seconds) -> Self {
        let mut board = Self::new(image, name);
        board.provision(poll_every);
        board
    }

    /// Makes it a board that polls so often.
    ///
    /// # Panics
    ///
    /// Where it does not become one.
    pub fn provision(&mut self, poll_every: Seconds) {
        let made = self.exchange(&ToBoard::Provision(Provisioning { poll_every, ..provisioning() }));
        assert!(matches!(made, ToHost::Provisioned(_)), "{made:?}");
        self.meet();
    }

    /// Switches it on.
    ///
    /// # Panics
    ///
    /// Where QEMU does not start.
    pub fn power_on(&mut self) {
        let socket = |name: &str| format!("unix:{},server=on,wait=off", self.folder.join(name).display());
        for name in ["host", "device", "technician", "monitor", "debugger"] {
            let _ = fs::remove_file(self.folder.join(name));
        }
        let log = fs::OpenOptions::new().create(true).append(true).open(self.log_file()).expect("a file");
        let process = Command::new(QEMU)
            .arg("--eeprom")
            .arg(self.eeprom())
            .arg(&self.image)
            // Not running yet: whatever it says first is heard.
            .args(["-S", "-monitor", &socket("monitor"), "-gdb", &socket("debugger")])
            .args(["-serial", &socket("host"), "-serial", &socket("device"), "-serial", &socket("technician")])
            .stdin(Stdio::null())
            .stdout(log)
            .stderr(Stdio::null())
            .spawn()
            .expect("the script runs");
        self.process = Some(process);
        let connect = |name: &str| Socket::connect(&self.folder.join(name), PATIENCE);
        self.lines = Some(Lines {
            host: connect("host"),
            device: connect("device"),
            technician: connect("technician"),
            monitor: connect("monitor"),
        });
        self.receiver = Receiver::default();
        // A byte that comes before the board has set its line up is lost; better the end of nothing than the begin of a frame.
        self.lines().host.put(&[0]);
        self.lines().monitor.put(b"cont\n");
    }

    /// Cuts its power, now.
    ///
    /// # Panics
    ///
    /// Where it is off.
    pub fn power_off(&mut self) {
        self.look_at_stack();
        let mut process = self.process.take().expect("it is on");
        process.kill().expect("it runs");
        process.wait().expect("it ran");
        self.lines = None;
    }

    /// The EEPROM's file. It outlives a power cut.
    #[must_use]
    pub fn eeprom(&self) -> PathBuf {
        self.folder.join("eeprom")
    }

    /// The file of what it has logged, in defmt's encoding.
    #[must_use]
    pub fn log_file(&self) -> PathBuf {
        self.folder.join("log")
    }

    const fn lines(&mut self) -> &mut Lines {
        self.lines.as_mut().expect("it is on")
    }

    /// Goes on for a while.
    pub fn run(&mut self, time: Duration) -> Vec<ToHost> {
        let (end, mut packets) = (Instant::now() + time, Vec::new());
        loop {
            packets.extend(self.step());
            if Instant::now() >= end {
                return packets;
            }
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    /// Goes on until something is so.
    ///
    /// # Panics
    ///
    /// Where that takes too long.
    pub fn wait_for(&mut self, what: &str, mut is_so: impl FnMut(&mut Self) -> bool) {
        let start = Instant::now();
        while !is_so(self) {
            assert!(start.elapsed() < PATIENCE, "{what}: not yet; the screen shows {:?}", self.screen);
            self.run(Duration::from_millis(10));
        }
    }

    fn step(&mut self) -> Vec<ToHost> {
        let lines = self.lines.as_mut().expect("it is on");
        let (asked, shown) = (lines.device.take(), lines.technician.take());
        let printed = self.device.take(&asked);
        lines.device.put(&printed);
        self.screen += &String::from_utf8_lossy(&shown);
        self.moved |= !(asked.is_empty() && shown.is_empty());
        let came = lines.host.take();
        for line in self.device.entered() {
            self.polls += u32::from(line == LAST_POLLED);
            self.entered.push(line);
        }
        came.into_iter().filter_map(|byte| self.receiver.feed(byte)).filter_map(Result::ok).collect()
    }

    /// Puts bytes on the host's line.
    ///
    /// # Panics
    ///
    /// Where it is off.
    pub fn send(&mut self, bytes: &[u8]) {
        self.lines().host.put(bytes);
    }

    /// Sends a packet until it is answered; `None` where it is not before the end.
    pub fn exchange_before(&mut self, packet: &ToBoard, end: Instant) -> Option<ToHost> {
        while Instant::now() < end {
            self.send(&frame(packet));
            let again = end.min(Instant::now() + RESEND);
            while Instant::now() < again {
                if let Some(answer) = self.run(Duration::ZERO).into_iter().find(|answer| is_answer(packet, answer)) {
                    return Some(answer);
                }
                std::thread::sleep(Duration::from_micros(300));
            }
        }
        None
    }

    /// The bytes that the host's line has brought, where nobody reads packets of it.
    ///
    /// # Panics
    ///
    /// Where it is off.
    pub fn receive(&mut self) -> Vec<u8> {
        self.lines().host.take()
    }

    /// Lines that were entered at the device since this was asked before.
    pub fn entered(&mut self) -> Vec<String> {
        std::mem::take(&mut self.entered)
    }

    /// Types at the technician's terminal, until its screen shows what is expected. What is typed during a poll is dropped,
    /// and typed again here, as a technician would.
    ///
    /// # Panics
    ///
    /// Where it is not shown.
    pub fn type_until(&mut self, typed: &str, expected: &str) -> String {
        let start = Instant::now();
        loop {
            self.type_at_prompt(typed);
            let sent = Instant::now();
            while sent.elapsed() < RESEND {
                if self.screen.contains(expected) {
                    return self.screen.clone();
                }
                self.run(Duration::from_millis(10));
            }
            assert!(start.elapsed() < PATIENCE, "{typed:?} does not bring {expected:?}; the screen shows {:?}", self.screen);
        }
    }

    /// Types at the technician's terminal when both of its lines have been still for a while: what is typed ahead is dropped.
    ///
    /// # Panics
    ///
    /// Where they are never.
    pub fn type_at_prompt(&mut self, text: &str) {
        let mut still = Instant::now();
        let start = still;
        while still.elapsed() < STILL {
            if self.moved {
                still = Instant::now();
            }
            self.moved = false;
            assert!(start.elapsed() < PATIENCE, "the lines are never still; the screen shows {:?}", self.screen);
            self.run(Duration::from_millis(5));
        }
        self.type_in(text);
    }

    /// Types at the technician's terminal.
    ///
    /// # Panics
    ///
    /// Where it is off.
    pub fn type_in(&mut self, text: &str) {
        self.screen.clear();
        self.lines().technician.put(text.as_bytes());
    }

    /// What the technician's screen has shown since something was typed.
    #[must_use]
    pub fn screen(&self) -> &str {
        &self.screen
    }

    /// Opens a contact: `up` is the chassis, `down` the fan bay, `left` the battery door, `right` the decommission button. QEMU's
    /// buttons are down until each was pressed and let go, as a door's switch is while the door is shut.
    ///
    /// # Panics
    ///
    /// Where it is off.
    pub fn open(&mut self, contact: &str) {
        self.lines().monitor.put(format!("sendkey {contact} 1\n").as_bytes());
    }

    /// Whether the relay of the technician's line is closed.
    ///
    /// # Panics
    ///
    /// Where it is off, or QEMU does not say.
    pub fn is_connected(&mut self) -> bool {
        self.word(RELAY) != 0
    }

    /// A word of the board's memory, or of a part's registers.
    ///
    /// # Panics
    ///
    /// Where it is off, or QEMU does not say.
    pub fn word(&mut self, address: u32) -> u32 {
        let _ = self.lines().monitor.take();
        self.lines().monitor.put(format!("xp /1wx {address:#x}\n").as_bytes());
        let (mut told, mut place) = (String::new(), String::new());
        let _ = write!(place, "{address:016x}: 0x");
        let start = Instant::now();
        loop {
            told += &String::from_utf8_lossy(&self.lines().monitor.take());
            if let Some((_, rest)) = told.split_once(&place)
                && let Some(word) = rest.get(..8)
            {
                return u32::from_str_radix(word, 16).expect("a word");
            }
            assert!(start.elapsed() < PATIENCE, "{told:?}");
            self.run(Duration::from_millis(1));
        }
    }

    /// From now on looks how deep the stack gets, in that stretch of memory.
    pub const fn watch_stack(&mut self, stretch: Range<usize>) {
        self.stack = Some((stretch, 0));
    }

    /// How many bytes of stack were in use at most, over all power cuts; 0 where nobody watches.
    ///
    /// # Panics
    ///
    /// Where it is off.
    pub fn look_at_stack(&mut self) -> usize {
        let Some((stretch, deepest)) = self.stack.take() else { return 0 };
        let bytes = self.memory(&stretch);
        let blank = bytes.chunks_exact(PAINT.len()).take_while(|word| *word == PAINT).count() * PAINT.len();
        let deepest = deepest.max(bytes.len() - blank);
        self.stack = Some((stretch, deepest));
        deepest
    }

    /// The bytes of a stretch of its memory.
    ///
    /// # Panics
    ///
    /// Where it is off or does not tell.
    pub fn memory(&mut self, stretch: &Range<usize>) -> Vec<u8> {
        let path = self.folder.join("memory");
        let _ = fs::remove_file(&path);
        let command = format!("pmemsave {:#x} {:#x} \"{}\"\n", stretch.start, stretch.len(), path.display());
        self.lines().monitor.put(command.as_bytes());
        let start = Instant::now();
        loop {
            match fs::read(&path) {
                Ok(bytes) if bytes.len() == stretch.len() => return bytes,
                _ => assert!(start.elapsed() < PATIENCE, "QEMU does not save its memory"),
            }
            self.run(Duration::from_millis(10));
        }
    }

    /// A debugger at the board, which stands still while there is one.
    ///
    /// # Panics
    ///
    /// Where it is off.
    #[must_use]
    pub fn debugger(&self) -> Debugger {
        Debugger::attach(&self.folder.join("debugger"), PATIENCE)
    }

    /// Sets the time, and walks to `OPERATIONAL`.
    ///
    /// # Panics
    ///
    /// Where it does not get there.
    pub fn walk(&mut self) {
        self.set_time(START);
        self.walk_to_operational();
        assert_eq!(self.main_state(), Main::Operational);
    }
}

impl Operate for Qemu {
    fn exchange(&mut self, packet: &ToBoard) -> ToHost {
        let answer = self.exchange_before(packet, Instant::now() + PATIENCE);
        answer.unwrap_or_else(|| panic!("no answer to {packet:?}"))
    }

    fn parties(&mut self) -> &mut Parties {
        &mut self.parties
    }

    fn device(&mut self) -> &mut Device {
        &mut self.device
    }

    fn let_poll(&mut self) {
        // The one that runs may have begun before.
        let polls = self.polls + 2;
        self.wait_for("another poll", |board| board.polls >= polls);
    }

    fn let_sighting_age(&mut self) {
        self.power_off();
        self.power_on();
        self.meet();
        self.set_time(START + 60);
    }
}

/// Not what was asked before: that was sent twice where its answer came late, and is answered twice.
fn is_answer(packet: &ToBoard, answer: &ToHost) -> bool {
    match (packet, answer) {
        (ToBoard::Ask(asked), ToHost::Say(said)) => said.counter >= asked.counter,
        (ToBoard::Hello { party, .. }, ToHost::Here(hello)) => hello.party == *party,
        (ToBoard::Provision(_), ToHost::Provisioned(_)) => true,
        (_, ToHost::Refused { .. }) => true,
        _ => false,
    }
}

impl Drop for Qemu {
    fn drop(&mut self) {
        self.stack = None;
        if self.process.is_some() {
            self.power_off();
        }
        if std::thread::panicking() {
            eprintln!("what is left of the board is in {}", self.folder.display());
        } else {
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}
