//! A day of the shipped image on QEMU: whatever it does is done, so that its stack has been as deep as it gets.

use crate::cast::{OWN_KEY, START, person};
use crate::operate::Operate;
use crate::party::Host;
use crate::qemu::Qemu;
use std::ops::Range;
use std::path::Path;
use strongroom_core::link::{Ask, ToBoard};
use strongroom_core::party::{Party, Role};
use strongroom_core::{Action, Command, Digest, Id, LogName, Main, Seconds};

/// Lives through it; how many bytes of stack it took, at most. `stack` is where that may be in RAM.
///
/// # Panics
///
/// Where the board does not do what it should.
#[must_use]
pub fn live(image: &Path, stack: Range<usize>) -> usize {
    let mut board = Qemu::new(image, "day");
    board.watch_stack(stack);
    board.send(&[0x55; 700]);
    board.send(&[0]);
    board.provision(Seconds(2));
    board.walk();
    console(&mut board);
    let request = board.asked();
    board.approve(request);
    board.type_until("partition list\r", "Storage");
    proofs(&mut board);
    board.go(Command::new(person(Role::Approver, 3), Action::Revoke { request, reason: Digest([4; 32]) }));
    // Everything is read back; then it goes on, long enough for the journal to begin new images.
    board.power_off();
    board.power_on();
    board.meet();
    for minute in 2..30 {
        board.set_time(START + 60 * minute);
        board.settle();
    }
    board.open("up");
    board.wait_for("a tamper", |board| board.main_state() == Main::TamperLatched);
    board.open("right");
    board.wait_for("the decommission button", |board| board.main_state() == Main::Zeroizing);
    proofs(&mut board);
    board.look_at_stack()
}

/// A technician types what passes, what does not, and what is none.
fn console(board: &mut Qemu) {
    board.let_poll();
    board.type_until("status sensors\r", "PSU1_+12V_value");
    for line in ["hsm zeroize\r", "partition list\r", "stat sens\r", "\x03\x1b[A\r", &"x".repeat(600), "\r"] {
        board.type_at_prompt(line);
        board.settle();
    }
}

/// Signed heads and records of both logs, a forgery, and somebody without a key.
fn proofs(board: &mut Qemu) {
    for log in [LogName::Lifecycle, LogName::Tenant] {
        for number in 0..3 {
            board.ask_customer(Ask::Head(log, number));
            board.ask_customer(Ask::Record(log, u32::from(number)));
        }
    }
    let forged = Host::new(Party::Provider, OWN_KEY).seal(Ask::Status);
    board.exchange(&ToBoard::Ask(forged));
    board.exchange(&ToBoard::Hello { party: Party::Vendor, nonce: Id([4; 16]) });
}
