//! What the journal keeps, and what it says of what it cannot read.

#![allow(clippy::expect_used, clippy::arithmetic_side_effects, clippy::indexing_slicing, reason = "a test fails by a panic")]

mod common;
#[path = "common/flash.rs"]
mod flash;

use common::*;
use flash::Flash;
use strongroom_core::journal::*;
use strongroom_core::*;

const CAPACITY: usize = 32 * 1024;

fn durable(flash: Flash) -> Durable<Flash> {
    Durable::new(flash, Layout::over(CAPACITY as u32, 64).expect("fits"))
}

fn fresh() -> Durable<Flash> {
    let mut durable = durable(Flash::blank(CAPACITY));
    assert_eq!(durable.mount(DEVICE, &Policy::AZURE), Ok(Mounted::Fresh));
    durable
}

fn arrive() -> Command {
    Command::new(person(Role::Hands, 1), Action::Arrive { serial: DEVICE.serial })
}

fn at(seconds: u64) -> Option<Time> {
    Some(Time::from_unix(seconds))
}

/// The same medium, mounted anew.
fn again(old: Durable<Flash>) -> (Durable<Flash>, Mounted) {
    let mut new = durable(old.into_medium());
    let mounted = new.mount(DEVICE, &Policy::AZURE).expect("the medium works");
    (new, mounted)
}

#[test]
fn what_was_answered_is_there_after_the_power_was_off() {
    let mut durable = fresh();
    let reply = durable.apply(at(1_000_000), &arrive()).expect("stored");
    assert_eq!((reply.verdict, reply.main), (Verdict::Accepted, Main::Received));
    let refused = durable.apply(at(1_000_001), &Command::new(person(Role::Monitor, 1), Action::Unbound {})).expect("stored");
    assert_eq!(refused.verdict, Verdict::Refused);
    let before = durable.engine().clone();
    let (durable, mounted) = again(durable);
    assert_eq!(mounted, Mounted::Restored { steps: 2, torn: false });
    assert_eq!(durable.engine(), &before);
}

#[test]
fn mounting_writes_nothing() {
    let mut durable = fresh();
    durable.apply(at(1_000_000), &arrive()).expect("stored");
    let bytes = durable.into_medium().bytes;
    let mut flash = Flash::blank(CAPACITY);
    flash.bytes.clone_from(&bytes);
    let mut durable = self::durable(flash);
    durable.mount(DEVICE, &Policy::AZURE).expect("works");
    assert_eq!(durable.into_medium().bytes, bytes);
}
