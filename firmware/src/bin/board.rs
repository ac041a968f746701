//! The serial monitor board.
//!
//! UART 0 is the host's line, UART 1 the device's console, UART 2 the technician's terminal. Port E has the switches: chassis,
//! fan bay, battery door, decommission button, each closed to ground while nothing is wrong: a cut wire is high, and tells. Pin 0
//! of port F is the relay of the technician's line, low while it is open. The EEPROM is a 24C256.
#![no_std]
#![no_main]

use cortex_m::peripheral::{NVIC, SCB};
use cortex_m_rt::{ExceptionFrame, entry, exception};
use defmt_semihosting as _;
use embedded_hal::digital::OutputPin;
use strongroom_core::Policy;
use strongroom_core::board::clock::Millis;
use strongroom_core::board::input::Contact;
use strongroom_core::board::keys::{Identity, KeyStore};
use strongroom_core::board::wires::Wires;
use strongroom_core::board::{Board, blank};
use strongroom_core::checkpoint::{Signer, SmallSigner};
use strongroom_core::journal::{Durable, Eeprom, Layout, Mounted};
use strongroom_core::link::Receiver;
use strongroom_core::reading::TamperClass;
use strongroom_firmware::eeprom::{JOURNAL, Stretch};
use strongroom_firmware::interrupts::{DEVICE, HOST, TECHNICIAN};
use strongroom_firmware::lm3s6965::clock;
use strongroom_firmware::lm3s6965::gpio::{Input, Output, Port};
use strongroom_firmware::lm3s6965::i2c::Bus;
use strongroom_firmware::lm3s6965::tick;
use strongroom_firmware::lm3s6965::uart::{Line, Uart};
use strongroom_firmware::lm3s6965::watchdog::Watchdog;

/// How long the loop may take, in milliseconds: a step that begins a new image writes some kilobytes to the EEPROM.
const PATIENCE: u32 = 5_000;

const _: () = assert!(strongroom_core::opening::HARDENED, "a board that guards something has the gate whole");

type Keys = KeyStore<Eeprom<Stretch>>;

#[entry]
fn main() -> ! {
    // A static, so that it counts as static RAM and not as stack.
    static mut DURABLE: Durable<Eeprom<Stretch>> = Durable::new(Eeprom(Stretch::Journal));

    clock::start();
    let relay = Output::new(Port::F, 0);
    let mut watchdog = Watchdog::start(PATIENCE);
    tick::start();
    for (port, pins) in [(Port::A, 0b11), (Port::D, 0b1100), (Port::G, 0b11)] {
        port.give(pins);
    }
    Bus::start();
    let mut wires = Wires {
        host: Uart::new(Line::Host, 115_200),
        device: Uart::new(Line::Device, 9_600),
        technician: Uart::new(Line::Technician, 9_600),
        relay,
    };
    for interrupt in [HOST, DEVICE, TECHNICIAN] {
        // SAFETY: each handler touches its line's receive side and its buffer only, both behind a critical section.
        unsafe { NVIC::unmask(interrupt) };
    }
    let classes = [TamperClass::Chassis, TamperClass::Fan, TamperClass::Battery, TamperClass::Decommission];
    let mut pin = 0;
    let mut contacts = classes.map(|class| {
        let contact = Contact::new(Input::new(Port::E, pin), class, true);
        pin += 1;
        contact
    });
    let mut keys = KeyStore::new(Eeprom(Stretch::Keys));
    let identity = identity(&mut keys, &mut wires.host, &mut watchdog);
    defmt::info!("guards {=[u8]:a}", identity.device.serial.as_bytes());
    let mounted = Layout::over(JOURNAL, 64).map(|layout| DURABLE.mount(&layout, identity.device, &Policy::AZURE));
    match mounted {
        Some(Ok(Mounted::Fresh)) => defmt::info!("the journal is blank"),
        Some(Ok(Mounted::Restored { steps, torn })) => defmt::info!("restored {=u32} steps, torn: {=bool}", steps, torn),
        Some(Ok(Mounted::Invalid(_))) => defmt::warn!("what is stored cannot be read: every access is closed"),
        _ => stop("the journal cannot be mounted"),
    }
    let signer = SmallSigner::new(&identity.seed);
    // Used where it is made: a second place for it would be kilobytes of stack.
    let mut started = Board::start(DURABLE, keys, signer, identity.monitor);
    let Ok(board) = &mut started else { stop("the boot cannot be stored") };
    let mut millis = Millis::default();
    let mut before = None;
    loop {
        // The watchdog resets a board that is not well: then what was stored is read again.
        if board.turn(millis.at(tick::millis()), &mut wires, &mut contacts) {
            watchdog.feed();
        }
        let lease = &board.kernel().engine().state().base.lease;
        let now = (lease.main, lease.health(), board.console().mode());
        if before != Some(now) {
            defmt::info!("{}, {}, {}", now.0, now.1, now.2);
            before = Some(now);
        }
    }
}

/// What the board is; waits until somebody makes it one. Apart: what it takes of the stack is not the loop's to keep.
#[inline(never)]
fn identity(keys: &mut Keys, host: &mut Uart, watchdog: &mut Watchdog) -> Identity {
    let mut receiver = Receiver::default();
    let mut told = false;
    loop {
        match keys.identity() {
            Ok(Some(identity)) => return identity,
            Ok(None) if !told => defmt::info!("blank: waits for what makes it a board"),
            Ok(None) => {}
            Err(_) => stop("the EEPROM cannot be read"),
        }
        told = true;
        loop {
            watchdog.feed();
            match blank::turn(keys, &mut receiver, host, |seed| SmallSigner::new(seed).public_key()) {
                Ok(true) => break,
                Ok(false) => cortex_m::asm::wfi(),
                Err(_) => defmt::warn!("what came makes no board"),
            }
        }
    }
}

/// Nothing more can be done; the watchdog tries again. The relay is open.
fn stop(why: &str) -> ! {
    defmt::error!("{=str}", why);
    loop {
        cortex_m::asm::wfi();
    }
}

#[exception]
// SAFETY: does not touch what it interrupted, and does not return to it.
unsafe fn HardFault(_: &ExceptionFrame) -> ! {
    end()
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    end()
}

/// Opens the relay, and begins anew.
fn end() -> ! {
    let Ok(()) = Output::new(Port::F, 0).set_low();
    SCB::sys_reset()
}
