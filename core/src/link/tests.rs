#![allow(clippy::arithmetic_side_effects, clippy::indexing_slicing, reason = "a test fails by a panic")]

use super::*;
use crate::Action;
use crate::command::Command;
use crate::id::Id;
use crate::id::{Digest, Label, Organisation};
use crate::party::Party;
use crate::party::{Principal, Role};
use crate::time::Time;
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

fn seal(party: Party, counter: u64, command: Command, bytes: [u8; KEY]) -> Sealed<Ask> {
    Sealed::new(SESSION, party, counter, Ask::Command { at: None, command }, &key(bytes))
}

fn sealed(counter: u64, command: Command) -> Sealed<Ask> {
    seal(Party::Customer, counter, command, CUSTOMER)
}

#[test]
fn what_its_party_sealed_is_heard_once() {
    let mut gate = gate();
    let first = sealed(1, deny(1));
    assert_eq!(gate.admit(&first), Ok(Admitted::New(&first.body)));
    assert_eq!(gate.admit(&first), Ok(Admitted::Again));
    let second = sealed(7, deny(2));
    assert_eq!(gate.admit(&second), Ok(Admitted::New(&second.body)));
    assert_eq!(gate.admit(&first), Err(Refused::Replayed(Party::Customer)));
    assert_eq!(gate.admit(&sealed(7, deny(3))), Err(Refused::Replayed(Party::Customer)), "the counter is used");
    assert_eq!(gate.next_counter(Party::Customer), 8);
    assert_eq!(gate.next_counter(Party::Provider), 1, "each party has its own");
    assert_eq!(gate.refusals(), Refusals { replayed: 2, ..Refusals::default() });
}

#[test]
fn nobody_speaks_for_another_party() {
    let mut gate = gate();
    let forged = seal(Party::Customer, 1, deny(1), PROVIDER);
    assert_eq!(gate.admit(&forged), Err(Refused::Forged(Party::Customer)));
    let borrowed = seal(Party::Provider, 1, deny(1), PROVIDER);
    assert_eq!(gate.admit(&borrowed), Err(Refused::NotTheirs(Party::Provider)));
    let support = seal(Party::Vendor, 1, Command::new(by(Role::Support), Action::Tick {}), PROVIDER);
    assert_eq!(gate.admit(&support), Err(Refused::NoKey(Party::Vendor)));
    for role in [Role::Core, Role::Sensor, Role::Clock, Role::Enforcer] {
        let command = Command::new(Principal::device(role), Action::Tick {});
        for bytes in [PROVIDER, CUSTOMER] {
            let own = seal(Party::Device, 1, command, bytes);
            assert_eq!(gate.admit(&own), Err(Refused::NoKey(Party::Device)), "{role:?}");
        }
    }
    assert_eq!(gate.refusals(), Refusals { broken: 0, no_key: 9, forged: 1, replayed: 0, not_theirs: 1 });
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
    assert_eq!(gate.admit(&both), Ok(Admitted::New(&both.body)));
}

#[test]
fn a_new_key_ends_the_old_one() {
    let mut gate = gate();
    let next = key([9; KEY]);
    gate.set_customer_key(Some(next));
    assert_eq!(gate.admit(&sealed(1, deny(1))), Err(Refused::Forged(Party::Customer)));
    assert!(gate.admit(&seal(Party::Customer, 1, deny(1), [9; KEY])).is_ok());
    gate.set_customer_key(None);
    assert_eq!(gate.admit(&seal(Party::Customer, 2, deny(1), [9; KEY])), Err(Refused::NoKey(Party::Customer)));
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
        if let Ok(changed) = postcard::from_bytes::<Sealed<Ask>>(&flipped)
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
fn a_tag_is_hmac_over_domain_session_party_counter_and_body() {
    let sealed = sealed(7, deny(1));
    let mut text = std::vec::Vec::from(&b"strongroom link ask 1\0"[..]);
    text.extend([5; 16]);
    text.extend([0, 7]);
    text.extend(postcard::to_stdvec(&sealed.body).unwrap());
    let pad = |byte: u8| [[2 ^ byte; 32], [byte; 32]].concat();
    let Digest(inner) = crate::canonical::sha256(&[&pad(0x36), &text]);
    let Digest(outer) = crate::canonical::sha256(&[&pad(0x5c), &inner]);
    assert_eq!(sealed.tag, Tag(outer));
}

#[test]
fn what_a_host_asks_is_not_what_a_board_says() {
    let key = key(PROVIDER);
    let said = Sealed::new(SESSION, Party::Provider, 1, Say::Done, &key);
    assert!(said.is_by(SESSION, &key) && !said.is_by(Id([6; 16]), &key));
    let asked = Sealed { party: said.party, counter: 1, body: Ask::Status, tag: said.tag, second: None };
    assert_eq!(gate().admit(&asked), Err(Refused::Forged(Party::Provider)));
}

#[test]
fn only_the_board_answers_a_nonce() {
    let (serial, nonce) = (Label::new("700022").unwrap(), Id([3; 16]));
    let hello = Hello::new(serial, SESSION, Party::Provider, 1, nonce, Some(&key(PROVIDER)));
    assert!(hello.is_by(nonce, &key(PROVIDER)));
    assert!(!hello.is_by(Id([4; 16]), &key(PROVIDER)) && !hello.is_by(nonce, &key(CUSTOMER)));
    assert!(!Hello { session: Id([6; 16]), ..hello.clone() }.is_by(nonce, &key(PROVIDER)));
    assert!(!Hello { tag: None, ..hello }.is_by(nonce, &key(PROVIDER)));
}

fn through<P: Packet>(packet: &P) -> P {
    let mut frame = [0; wire::MAX_FRAME];
    let length = encode(packet, &mut frame).unwrap();
    let mut receiver = Receiver::default();
    frame[..length].iter().find_map(|byte| receiver.feed(*byte)).unwrap().unwrap()
}

#[test]
fn the_largest_packets_fit_a_frame() {
    let label = Label([b'x'; 16]);
    let statement = crate::Statement { serial: label, organisation: Organisation([0xff; 16]), state: crate::Main::Quarantined };
    let allocate =
        Action::Allocate { organisation: Organisation([0xff; 16]), region: label, network: label, replaces: Some(statement) };
    let reading = crate::Reading { critical_events: Some(u32::MAX), ..crate::Reading::default() };
    let (at, cover) = (Some(Time::from_unix(u64::MAX)), Cover { ephemeral: [0xff; KEY], covered: [0xff; KEY] });
    let command = |action| Command::new(by(Role::Pool), action).with(by(Role::Admin));
    let claim =
        Action::Claim { credential_replaced: true, owner_key: Digest([0xff; 32]), proof: Some(Time::from_unix(u64::MAX)) };
    for body in [
        Ask::Command { at, command: command(allocate) },
        Ask::Command { at, command: command(Action::ReadHealth { reading }) },
        Ask::Bind { command: command(claim), cover },
    ] {
        let sealed = Sealed::new(SESSION, Party::Provider, u64::MAX, body, &key(PROVIDER)).with(SESSION, &key(CUSTOMER));
        let packet = ToBoard::Ask(sealed);
        assert_eq!(through(&packet), packet);
    }
    let part = Part { bytes: [[0xff; 32]; 3], length: 96 };
    let packet = ToHost::Say(Sealed::new(SESSION, Party::Provider, u64::MAX, Say::Head(part), &key(PROVIDER)));
    assert_eq!(through(&packet), packet);
}

#[test]
fn a_message_of_a_file_is_no_packet() {
    let mut frame = [0; wire::MAX_FRAME];
    let message = wire::Message::<wire::Answer>::Command { engine: 0, line: 0, at: None, command: deny(1) };
    let length = wire::encode(&message, &mut frame).unwrap();
    let mut receiver = Receiver::default();
    let read = frame[..length].iter().find_map(|byte| receiver.feed::<ToBoard>(*byte)).unwrap();
    assert_eq!(read, Err(wire::Error::Version(wire::VERSION)));
}

#[cfg(feature = "ed25519")]
#[test]
fn a_covered_key_is_uncovered_by_the_device_with_the_same_key_and_counter_alone() {
    let device = |seed| ed25519_dalek::SigningKey::from_bytes(&[seed; 32]);
    let (key, other, at) = (key(PROVIDER), key(CUSTOMER), (SESSION, 3));
    let secret = [7; 32];
    let cover = Cover::new(&device(1).verifying_key().to_bytes(), [9; 32], &key, at, secret).unwrap();
    let uncovered = |seed, key: &Key, at| cover.uncover(&device(seed), key, at).map(|key| *key.dangerous_bytes());
    assert_eq!(uncovered(1, &key, at), Some(secret));
    assert_eq!(crate::checkpoint::SmallSigner::new(&[1; 32]).agree(&cover.ephemeral), device(1).agree(&cover.ephemeral));
    for wrong in
        [uncovered(2, &key, at), uncovered(1, &other, at), uncovered(1, &key, (SESSION, 4)), uncovered(1, &key, (Id([6; 16]), 3))]
    {
        assert_ne!(wrong, Some(secret));
    }
    // A point of small order has nothing in common with anybody.
    let nothing = Cover { ephemeral: [0; 32], ..cover.clone() };
    assert!(nothing.uncover(&device(1), &key, at).is_none());
    let is_none = |byte| Cover::new(&[byte; 32], [9; 32], &key, at, secret).is_none();
    assert!((0..u8::MAX).any(is_none), "about half of all numbers are no device's key");
}

#[cfg(feature = "ed25519")]
#[test]
fn refusals_have_numbers_of_their_own() {
    use crate::checkpoint::Unverified;
    let party = Party::Provider;
    let refused = [Refused::NoKey(party), Refused::Forged(party), Refused::Replayed(party), Refused::NotTheirs(party)];
    let mut codes = std::vec::Vec::from(refused.map(Refused::code));
    codes.push(Refused::ALREADY_PROVISIONED);
    codes.extend([Unverified::Malformed, Unverified::OtherKey, Unverified::Forged].map(Unverified::code));
    let count = codes.len();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), count);
}
