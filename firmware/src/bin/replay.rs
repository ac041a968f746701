//! **A test image. It must never be shipped**: it believes whatever its line says.
//!
//! Whoever writes to UART 0 is any party at any time, the device's own parts included. It replays scenarios as every other
//! face does, with the board's drivers and, where that is asked for, with its journal in the EEPROM; `strongroom_replay` has
//! the protocol. The board's image (`board.rs`) has none of this code and takes none of these frames.
#![no_std]
#![no_main]

use cortex_m::peripheral::{NVIC, SCB};
use cortex_m_rt::{ExceptionFrame, entry, exception};
use defmt_semihosting as _;
use embedded_io::{Read, Write};
use strongroom_core::journal::{Eeprom, Layout};
use strongroom_core::link::Receiver;
use strongroom_firmware::eeprom::{JOURNAL, Stretch};
use strongroom_firmware::interrupts::HOST;
use strongroom_firmware::lm3s6965::clock;
use strongroom_firmware::lm3s6965::gpio::Port;
use strongroom_firmware::lm3s6965::i2c::Bus;
use strongroom_firmware::lm3s6965::tick;
use strongroom_firmware::lm3s6965::uart::{Line, Uart};
use strongroom_replay::{Player, ToPlayer};

/// Said at the start, where a technician would look: on the terminal, and to the debugger.
const WARNING: &str = "TEST IMAGE: takes anybody's word for anything. Never ship this.\r\n";

#[entry]
fn main() -> ! {
    // A static, so that it counts as static RAM and not as stack.
    static mut PLAYER: Player<Eeprom<Stretch>> = Player::new(Eeprom(Stretch::Journal), Layout::over(JOURNAL, 64));

    clock::start();
    tick::start();
    for (port, pins) in [(Port::A, 0b11), (Port::G, 0b11)] {
        port.give(pins);
    }
    Bus::start();
    let mut host = Uart::new(Line::Host, 115_200);
    let Ok(()) = Uart::new(Line::Technician, 9_600).write_all(WARNING.as_bytes());
    defmt::warn!("{=str}", WARNING);
    // SAFETY: the handler touches its line's receive side and its buffer only, both behind a critical section.
    unsafe { NVIC::unmask(HOST) };
    let mut receiver = Receiver::default();
    loop {
        let mut byte = [0];
        match host.read(&mut byte) {
            Ok(0) => cortex_m::asm::wfi(),
            Ok(_) => {
                let Some(packet) = receiver.feed::<ToPlayer>(byte[0]) else { continue };
                let answer = PLAYER.take(packet.as_ref().map_err(|error| *error));
                let Ok(()) = host.write_all(answer);
            }
        }
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

/// Begins anew. Whoever feeds notices: the numbers do not go on.
fn end() -> ! {
    SCB::sys_reset()
}
