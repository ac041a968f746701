//! The board's decisions, to be attacked: `tests/faults` runs this image in a simulator, skips instructions and turns bits.
//!
//! Engine, console, guard, gate and drivers are the board's own. What is not: a story stands for the lease so far, RAM for the
//! EEPROM, and constants for what device and technician send. Each [situation](Situation) is prepared up to the moment in which
//! something is decided, between [`strongroom_faults_begin`] and [`strongroom_faults_end`]; what opens is seen at the registers of
//! the relay's pin and of the device's line, as from outside.
#![no_std]
#![no_main]

use core::sync::atomic::{AtomicBool, Ordering};
use cortex_m_rt::entry;
use defmt_semihosting as _;
use embedded_storage::nor_flash::{ErrorType, NorFlash, NorFlashErrorKind, ReadNorFlash};
use strongroom_core::board::console::{Console, Monitor};
use strongroom_core::board::kernel::Kernel;
use strongroom_core::board::wires::Wires;
use strongroom_core::journal::{Durable, Layout};
use strongroom_core::link::Seat;
use strongroom_core::wire::{self, Message, Nothing};
use strongroom_core::{Action, Command, Id, Policy, Principal, Role, Time};
use strongroom_firmware::lm3s6965::gpio::{Output, Port};
use strongroom_firmware::lm3s6965::uart::{Line, Uart};
use strongroom_firmware::ram::{CAPACITY, Ram};

/// `tests/scenarios/console/outside-the-window.jsonl`.
static STORY: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/story.wire"));

/// Seconds since 1970: the customer was asked at 2026-03-09 08:05, and the window opened at 08:10, for eight hours.
const ASKED: u64 = 1_773_043_500;
const OPENED: u64 = 1_773_043_800;
const WINDOW: u64 = 8 * 3600 * 1000;

/// Who asked.
const ENGINEER: Id = Id([0xb0, 0, 0, 0, 0, 0, 0x40, 0, 0x80, 0, 0, 0, 0, 0, 0, 0xb6]);
/// Who may restrict the monitoring.
const ADMIN: Id = Id([0xc0, 0, 0, 0, 0, 0, 0x40, 0, 0x80, 0, 0, 0, 0, 0, 0, 0xa2]);

/// The host's data register, in which the simulator says which situation it is.
const CHOICE: usize = 0x4000_c000;

/// What is being decided. An odd number is the same where it is allowed, to see that it opens.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Situation {
    /// A command that the monitoring role may not run.
    Command,
    /// A command of an engineer whose window has just ended.
    Window,
    /// An account that is not the monitoring one.
    Account,
    /// The technician's side of a device whose customer lets nobody monitor, with an engineer who has not been let in.
    Mode,
    /// The relay of a board whose medium has failed.
    Relay,
}

impl Situation {
    const ALL: [Self; 5] = [Self::Command, Self::Window, Self::Account, Self::Mode, Self::Relay];
}

/// The medium, which can fail.
struct Medium(Ram);

static FAILS: AtomicBool = AtomicBool::new(false);

impl ErrorType for Medium {
    type Error = NorFlashErrorKind;
}

impl ReadNorFlash for Medium {
    const READ_SIZE: usize = 1;

    fn read(&mut self, offset: u32, bytes: &mut [u8]) -> Result<(), NorFlashErrorKind> {
        self.0.read(offset, bytes)
    }

    fn capacity(&self) -> usize {
        CAPACITY
    }
}

impl NorFlash for Medium {
    const WRITE_SIZE: usize = 1;
    const ERASE_SIZE: usize = 64;

    fn erase(&mut self, from: u32, to: u32) -> Result<(), NorFlashErrorKind> {
        self.0.erase(from, to)
    }

    fn write(&mut self, offset: u32, bytes: &[u8]) -> Result<(), NorFlashErrorKind> {
        if FAILS.load(Ordering::Relaxed) { Err(NorFlashErrorKind::Other) } else { self.0.write(offset, bytes) }
    }
}

type Lines = Wires<Uart, Uart, Uart, Output>;

/// The board's parts, and how late it is.
struct Board {
    kernel: Kernel<Medium>,
    console: Console,
    wires: Lines,
    millis: u64,
}

impl Board {
    /// The turn of `Board::turn`, with what was typed meanwhile.
    fn turn(&mut self, typed: &[u8]) {
        self.kernel.turn(self.millis);
        self.decide(typed);
    }

    /// The same once its time is known.
    #[inline(never)]
    fn decide(&mut self, typed: &[u8]) {
        for byte in typed {
            self.console.typed(*byte, &mut self.kernel, &mut self.wires.sink());
        }
        self.console.turn(self.millis, true, &mut self.kernel, &mut self.wires.sink());
        self.wires.connect(&self.kernel.well());
    }

    /// Lets the device print that and be quiet.
    #[inline(never)]
    fn print(&mut self, text: &[u8]) {
        for byte in text {
            self.console.printed(*byte, self.millis, &mut self.wires.sink());
        }
        self.millis += 100;
        self.turn(b"");
    }

    /// From the first turn to the end of the first poll.
    fn settle(&mut self) {
        self.turn(b"");
        for prompt in [&b"\nlogin: "[..], b"\nPassword: "] {
            self.print(prompt);
        }
        for _ in 0..16 {
            self.print(b"\n[hsm] lunash:>");
        }
    }
}

/// The lease so far, up to this time.
fn tell(durable: &mut Durable<Medium>, until: u64) -> bool {
    for frame in STORY.split(|byte| *byte == 0).filter(|frame| !frame.is_empty()) {
        match wire::decode::<Nothing>(frame) {
            Ok(Message::Start { device, policy, .. }) => {
                let preset = Policy::PRESETS.iter().find(|preset| preset.digest() == policy);
                let (Some(preset), Some(layout)) = (preset, Layout::over(CAPACITY as u32, 64)) else { return false };
                if durable.mount(&layout, device, preset).is_err() {
                    return false;
                }
            }
            Ok(Message::Command { at: Some(at), command, .. }) => {
                if at.as_unix() > until {
                    return true;
                }
                while durable.engine().is_due(at) {
                    let _ = durable.apply(Some(at), &Command::tick());
                }
                let _ = durable.apply(Some(at), &command);
            }
            _ => {}
        }
    }
    true
}

fn filled<const SIZE: usize>(text: &[u8]) -> [u8; SIZE] {
    let mut bytes = [0; SIZE];
    bytes.iter_mut().zip(text).for_each(|(place, byte)| *place = *byte);
    bytes
}

#[entry]
fn main() -> ! {
    static mut DURABLE: Durable<Medium> = Durable::new(Medium(Ram::blank()));

    // SAFETY: a register of this part, which nobody else uses in this image.
    let choice = unsafe { core::ptr::with_exposed_provenance::<u32>(CHOICE).read_volatile() };
    let allowed = choice & 1 == 1;
    let Some(situation) = Situation::ALL.get(choice as usize >> 1).copied() else { strongroom_faults_failed() };
    let granted = situation == Situation::Window || situation == Situation::Mode && allowed;
    if !tell(DURABLE, if granted { OPENED } else { ASKED }) {
        strongroom_faults_failed();
    }
    let Some(monitor) = Monitor::new(filled(b"monitor"), filled(b"watching"), 1 << 30, Id([1; 16])) else {
        strongroom_faults_failed();
    };
    let wires = Wires {
        host: Uart::new(Line::Host, 115_200),
        device: Uart::new(Line::Device, 9_600),
        technician: Uart::new(Line::Technician, 9_600),
        relay: Output::new(Port::F, 0),
    };
    let mut board = Board { kernel: Kernel::new(DURABLE), console: Console::new(monitor), wires, millis: 0 };
    board.kernel.set_time(Time::from_unix(OPENED), 0);
    if situation == Situation::Mode {
        let organisation = board.kernel.engine().state().base.account.organisation;
        let admin = Principal { role: Role::Admin, organisation, id: ADMIN };
        let _ = board.kernel.apply(&Command::new(admin, Action::SetMonitoring { allowed: false }));
    }
    if matches!(situation, Situation::Window | Situation::Mode) {
        board.console.take_seat(Seat::Engineer(ENGINEER), 0, &mut board.wires.sink());
    }
    let typed: [&[u8]; 2] = match situation {
        Situation::Command => [b"hsm zeroize\r", b"status sensors\r"],
        Situation::Window => [b"network show\r"; 2],
        Situation::Account => [b"admin\r", b"monitor\r"],
        Situation::Mode => [b"admin\r"; 2],
        Situation::Relay => [b""; 2],
    };
    let typed = typed[usize::from(allowed)];
    if situation == Situation::Mode {
        // Told to end the session, the device has not answered yet.
        board.turn(b"");
        for byte in b"\nlogin: " {
            board.console.printed(*byte, board.millis, &mut board.wires.sink());
        }
    } else {
        board.settle();
        if situation == Situation::Account {
            board.print(b"\nlogin: ");
        }
        board.turn(typed.split_last().map_or(b"", |(_, begun)| begun));
    }
    board.millis += if situation == Situation::Window && !allowed { WINDOW } else { 100 };
    if situation == Situation::Relay && !allowed {
        FAILS.store(true, Ordering::Relaxed);
        let _ = board.kernel.act(Role::Sensor, Action::PollUnanswered {});
        board.turn(b"");
    }
    board.kernel.turn(board.millis);
    strongroom_faults_begin();
    let last: &[u8] = if matches!(situation, Situation::Mode | Situation::Relay) { b"" } else { b"\r" };
    board.decide(last);
    strongroom_faults_decided();
    // The loop goes on: what the fault has left behind counts too.
    board.turn(if situation == Situation::Mode { typed } else { b"" });
    board.turn(b"");
    strongroom_faults_end();
    loop {
        cortex_m::asm::nop();
    }
}

macro_rules! marks {
    ($($(#[$doc:meta])* $name:ident $number:literal;)*) => { $(
        $(#[$doc])*
        // SAFETY: no other symbol has this name.
        #[unsafe(no_mangle)]
        #[inline(never)]
        extern "C" fn $name() {
            // Unlike the others, so that they are not folded into one.
            core::hint::black_box($number);
        }
    )* };
}

marks! {
    /// Something is about to be decided.
    strongroom_faults_begin 1_u32;
    /// It is, and what follows from it has been done.
    strongroom_faults_decided 2_u32;
    /// Some turns later.
    strongroom_faults_end 3_u32;
}

/// The image could not be brought where it should be.
// SAFETY: no other symbol has this name.
#[unsafe(no_mangle)]
#[inline(never)]
extern "C" fn strongroom_faults_failed() -> ! {
    loop {
        cortex_m::asm::udf();
    }
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    strongroom_faults_failed()
}
