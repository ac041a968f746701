#![allow(clippy::arithmetic_side_effects, clippy::indexing_slicing, reason = "a test fails by a panic")]

use super::*;
use crate::Action;
use crate::id::{Digest, Label, Organisation};
use crate::party::{Principal, Role};
use crate::wire;

const SESSION: Id = Id([5; 16]);
const PROVIDER: [u8; KEY] = [1; KEY];
const CUSTOMER: [u8; KEY] = [2; KEY];

fn key(bytes: [u8; KEY]) -> Key {
    Key::new(bytes).unwrap()
}

fn gate() -> Gate {
    Gate::new(SESSION, Keys { provider: Some(key(PROVIDER)), customer: Some(key(CUSTOMER)), vendor: None })
}

fn by(role: Role) -> Principal {
    Principal { role, organisation: Organisation([role.party() as u8; 16]), id: Id([role as u8; 16]) }
}

fn deny(request: u32) -> Command {
    Command::new(by(Role::Approver), Action::Deny { request, reason: Digest::NONE })
}

fn sealed(counter: u64, command: Command) -> Sealed {
    Sealed::new(SESSION, counter, command, &key(CUSTOMER))
}

#[test]
fn what_its_party_sealed_is_heard_once() {
    let mut gate = gate();
    let first = sealed(1, deny(1));
    assert_eq!(gate.admit(&first), Ok(Admitted::Command(&first.command)));
    assert_eq!(gate.admit(&first), Ok(Admitted::Again));
    let second = sealed(7, deny(2));
    assert_eq!(gate.admit(&second), Ok(Admitted::Command(&second.command)));
    assert_eq!(gate.admit(&first), Err(Refused::Replayed(Party::Customer)));
    assert_eq!(gate.admit(&sealed(7, deny(3))), Err(Refused::Replayed(Party::Customer)), "the counter is used");
    assert_eq!(gate.next_counter(Party::Customer), 8);
    assert_eq!(gate.next_counter(Party::Provider), 1, "each party has its own");
    assert_eq!(gate.refusals(), Refusals { replayed: 2, ..Refusals::default() });
}

#[test]
fn nobody_speaks_for_another_party() {
    let mut gate = gate();
    let forged = Sealed::new(SESSION, 1, deny(1), &key(PROVIDER));
    assert_eq!(gate.admit(&forged), Err(Refused::Forged(Party::Customer)));
    let support = Sealed::new(SESSION, 1, Command::new(by(Role::Support), Action::Tick {}), &key(PROVIDER));
    assert_eq!(gate.admit(&support), Err(Refused::NoKey(Party::Vendor)));
    for role in [Role::Core, Role::Sensor, Role::Clock, Role::Enforcer] {
        let command = Command::new(Principal::device(role), Action::Tick {});
        for bytes in [PROVIDER, CUSTOMER] {
            let own = Sealed::new(SESSION, 1, command.clone(), &key(bytes));
            assert_eq!(gate.admit(&own), Err(Refused::NoKey(Party::Device)), "{role:?}");
        }
    }
    assert_eq!(gate.refusals(), Refusals { no_key: 9, forged: 1, replayed: 0 });
}

#[test]
fn another_session_is_another_world() {
    let recorded = sealed(1, deny(1));
    let mut later = Gate::new(Id([6; 16]), Keys { customer: Some(key(CUSTOMER)), ..Keys::default() });
    assert_eq!(later.admit(&recorded), Err(Refused::Forged(Party::Customer)));
    assert_eq!(later.next_counter(Party::Customer), 1, "a forged counter moves nothing");
}

#[test]
fn two_parties_seal_what_they_do_together() {
    let mut gate = gate();
    let pair = Command::new(by(Role::Admin), Action::Quarantine {}).with(by(Role::Pool));
    let alone = sealed(1, pair);
    assert_eq!(gate.admit(&alone), Err(Refused::Forged(Party::Provider)));
    let twice = alone.clone().with(SESSION, &key(CUSTOMER));
    assert_eq!(gate.admit(&twice), Err(Refused::Forged(Party::Provider)));
    let both = alone.with(SESSION, &key(PROVIDER));
    assert_eq!(gate.admit(&both), Ok(Admitted::Command(&both.command)));
}

#[test]
fn a_new_key_ends_the_old_one() {
    let mut gate = gate();
    let next = key([9; KEY]);
    gate.set_customer_key(Some(next.clone()));
    assert_eq!(gate.admit(&sealed(1, deny(1))), Err(Refused::Forged(Party::Customer)));
    assert!(gate.admit(&Sealed::new(SESSION, 1, deny(1), &next)).is_ok());
    gate.set_customer_key(None);
    assert_eq!(gate.admit(&Sealed::new(SESSION, 2, deny(1), &next)), Err(Refused::NoKey(Party::Customer)));
}

/// Every bit of a sealed command is under its tag.
#[test]
fn no_bit_can_be_changed() {
    let whole = sealed(1, Command::new(by(Role::Approver), Action::Arrive { serial: Label::new("700022").unwrap() }));
    let mut frame = [0; 512];
    let bytes = postcard::to_slice(&whole, &mut frame).unwrap().to_vec();
    let mut heard = 0;
    for bit in 0..bytes.len() * 8 {
        let mut flipped = bytes.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        if let Ok(changed) = postcard::from_bytes::<Sealed>(&flipped)
            && changed != whole
        {
            assert!(gate().admit(&changed).is_err(), "bit {bit}");
            heard += 1;
        }
    }
    assert!(heard > 500, "{heard} were sealed commands at all");
}

#[test]
fn a_blank_medium_holds_no_key() {
    assert_eq!(Key::new([0; KEY]), None);
    assert_eq!(Key::new([0xff; KEY]), None);
    assert_eq!(std::format!("{:?}", Keys { customer: Some(key(CUSTOMER)), ..Keys::default() }).matches('2').count(), 0);
}

/// The tag by hand (RFC 2104), so that others can make it.
#[test]
fn a_tag_is_hmac_over_domain_session_counter_and_command() {
    let command = Command::new(by(Role::Approver), Action::Deny { request: 1, reason: Digest::NONE });
    let mut text = std::vec::Vec::from(&b"strongroom link command 1\0"[..]);
    text.extend([5; 16]);
    text.extend(7_u64.to_le_bytes());
    text.extend(postcard::to_stdvec(&command).unwrap());
    let pad = |byte: u8| [[2 ^ byte; 32], [byte; 32]].concat();
    let Digest(inner) = crate::canonical::sha256(&[&pad(0x36), &text]);
    let Digest(outer) = crate::canonical::sha256(&[&pad(0x5c), &inner]);
    assert_eq!(sealed(7, command).tag, Tag(outer));
}

#[test]
fn the_largest_command_fits_a_frame() {
    let statement =
        crate::Statement { serial: Label([b'x'; 16]), organisation: Organisation([0xff; 16]), state: crate::Main::Quarantined };
    let label = Label([b'x'; 16]);
    let action =
        Action::Allocate { organisation: Organisation([0xff; 16]), region: label, network: label, replaces: Some(statement) };
    let command = Command::new(by(Role::Pool), action).with(by(Role::Admin));
    let largest = Sealed::new(SESSION, u64::MAX, command, &key(PROVIDER)).with(SESSION, &key(CUSTOMER));
    assert!(wire::encode_as(2, &largest, &mut [0; wire::MAX_FRAME]).is_ok());
}
