//! Signed heads of the logs: their text, their names, and that no power cut makes two contradict each other.

#![cfg(feature = "ed25519")]
#![allow(clippy::expect_used, clippy::arithmetic_side_effects, clippy::indexing_slicing, reason = "a test fails by a panic")]

mod common;
#[path = "common/flash.rs"]
mod flash;

use base64ct::Encoding;
use common::*;
use ed25519_dalek::{Signature, SigningKey, Verifier};
use flash::Flash;
use strongroom_core::checkpoint::{Checkpoint, Signer, key_id};
use strongroom_core::journal::*;
use strongroom_core::*;

const CAPACITY: u32 = 32 * 1024;

fn mounted(flash: Flash, device: Device) -> Durable<Flash> {
    let mut durable = Durable::new(flash);
    durable.mount(&Layout::over(CAPACITY, 64).expect("fits"), device, &Policy::AZURE).expect("works");
    durable
}

fn fresh() -> Durable<Flash> {
    mounted(Flash::blank(CAPACITY as usize), DEVICE)
}

fn arrive(durable: &mut Durable<Flash>, second: u64) {
    let hands = person(Role::Hands, 1);
    let serial = durable.engine().state().base.device.serial;
    durable.apply(Some(Time::from_unix(1_000_000 + second)), &Command::new(hands, Action::Arrive { serial })).expect("stored");
}

#[test]
fn a_note_is_text_and_a_signature_under_its_own_name() {
    let mut durable = fresh();
    arrive(&mut durable, 0);
    let mut key = SigningKey::from_bytes(&[7; 32]);
    let checkpoint = durable.checkpoint(LogName::Lifecycle).expect("open");
    let note = checkpoint.sign(&mut key).expect("signs");
    assert_eq!((checkpoint.origin(), checkpoint.size()), ("strongroom/700022/lifecycle", 1));
    let (text, line) = note.rsplit_once("\n\n").expect("a blank line");
    assert_eq!(format!("{text}\n"), checkpoint.text().as_str());
    let signed = line.strip_prefix("\u{2014} strongroom/700022/lifecycle ").expect("under its name").trim_end();
    let mut bytes = [0; 68];
    base64ct::Base64::decode(signed, &mut bytes).expect("base64");
    assert_eq!(bytes[..4], key_id(checkpoint.origin(), &key.public_key()));
    let signature = Signature::from_slice(&bytes[4..]).expect("a signature");
    key.verifying_key().verify(checkpoint.text().as_bytes(), &signature).expect("verifies");
}

#[test]
fn the_key_id_is_the_specifications() {
    // The key and name of Go's checksum database, whose key id is published: sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8
    let mut key = [0; 33];
    base64ct::Base64::decode("Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8", &mut key).expect("base64");
    assert_eq!(key_id("sum.golang.org", key[1..].try_into().expect("32 bytes")), [0x03, 0x3d, 0xe0, 0xae]);
}

#[test]
fn each_lease_is_a_tree_of_its_own() {
    let mut bench = Bench::new();
    bench.heard = Some(Vec::new());
    let mut durable = fresh();
    for (now, command) in bench.operational().heard.expect("told") {
        durable.apply(now, &command).expect("stored");
    }
    let epoch = durable.engine().state().base.tenant_log.epoch;
    assert!(epoch > 0);
    let checkpoint = durable.checkpoint(LogName::Tenant).expect("open");
    assert_eq!(checkpoint.origin(), format!("strongroom/700022/tenant/{epoch}"));
}

#[test]
fn a_serial_number_with_anything_in_it_is_still_a_name() {
    let device = Device { serial: label("a b+c/%\"~"), ..DEVICE };
    let durable = mounted(Flash::blank(CAPACITY as usize), device);
    let checkpoint = durable.checkpoint(LogName::Lifecycle).expect("open");
    assert_eq!(checkpoint.origin(), "strongroom/a%20b%2Bc%2F%25%22%7E/lifecycle");
    let longest = Device { serial: label("++++++++++++++++"), ..DEVICE };
    let durable = mounted(Flash::blank(CAPACITY as usize), longest);
    let mut key = SigningKey::from_bytes(&[7; 32]);
    let note = durable.checkpoint(LogName::Lifecycle).expect("open").sign(&mut key).expect("signs");
    assert_eq!(note.lines().count(), 5);
}

#[test]
fn what_begins_after_a_loss_has_another_name() {
    let mut durable = fresh();
    (0..3).for_each(|second| arrive(&mut durable, second));
    let mut flash = durable.into_medium();
    flash.bytes[..2048].fill(0);
    let mut durable = mounted(flash, DEVICE);
    assert_eq!(durable.checkpoint(LogName::Lifecycle), Err(Error::Closed));
    let quarantine = Command::new(person(Role::Pool, 1), Action::Quarantine {}).with(person(Role::Pool, 2));
    durable.apply(Some(Time::from_unix(2_000_000)), &quarantine).expect("stored");
    let checkpoint = durable.checkpoint(LogName::Lifecycle).expect("open");
    let rest = checkpoint.origin().strip_prefix("strongroom/700022/after-loss-").expect("another name");
    assert_eq!(rest.len(), "00000000/lifecycle".len());
    assert!(!checkpoint.text().is_empty());
}

#[test]
fn no_power_cut_makes_two_heads_of_one_size_differ() {
    // Each step is tried with a cut, then another step takes its place, and the heads are compared with all before.
    let mut heads: Vec<Checkpoint> = Vec::new();
    let mut note = |durable: &Durable<Flash>| {
        let head = durable.checkpoint(LogName::Lifecycle).expect("open");
        let known = heads.iter().find(|known| known.origin() == head.origin() && known.size() == head.size());
        assert!(known.is_none_or(|known| *known == head), "two heads of {} records", head.size());
        heads.push(head);
    };
    let mut durable = fresh();
    for cut in 0..400 {
        arrive(&mut durable, 2 * cut);
        note(&durable);
        let next = durable.engine().log().size(LogName::Lifecycle);
        let take = Action::Acknowledge { log: LogName::Lifecycle, next };
        durable.apply(None, &Command::new(person(Role::Pool, 1), take)).expect("stored");
        note(&durable);
        durable.medium_mut().cut_after(cut, cut);
        let refused = Command::new(person(Role::Monitor, 1), Action::TamperClear {});
        if durable.apply(Some(Time::from_unix(1_000_001 + 2 * cut)), &refused).is_ok() {
            note(&durable);
        }
        let mut flash = durable.into_medium();
        flash.power_on();
        durable = mounted(flash, DEVICE);
        note(&durable);
    }
    assert!(heads.len() > 1000);
}

#[test]
fn a_note_is_believed_as_it_was_signed_and_in_no_other_way() {
    use strongroom_core::checkpoint::Unverified::{Forged, Malformed, OtherKey};
    let mut durable = fresh();
    arrive(&mut durable, 0);
    let mut key = SigningKey::from_bytes(&[7; 32]);
    let public = key.public_key();
    let checkpoint = durable.checkpoint(LogName::Lifecycle).expect("open");
    let note = checkpoint.sign(&mut key).expect("signs").as_str().to_owned();
    let read = Checkpoint::verify(&note, &public).expect("believed");
    assert_eq!((&read, read.root()), (&checkpoint, durable.engine().log().root(LogName::Lifecycle)));
    // A witness may sign beside, before or after.
    let (text, ours) = note.rsplit_once("\n\n").expect("a blank line");
    let theirs = "\u{2014} witness AAAAAAAA\n";
    assert_eq!(Checkpoint::verify(&format!("{text}\n\n{theirs}{ours}"), &public), Ok(checkpoint.clone()));
    assert_eq!(Checkpoint::verify(&format!("{text}\n\n{ours}{theirs}"), &public), Ok(checkpoint.clone()));
    let other = SigningKey::from_bytes(&[8; 32]).verifying_key().to_bytes();
    let signed_again = ours.replacen("strongroom/700022/lifecycle", "strongroom/700023/lifecycle", 1);
    let refused = [
        (note.clone(), other, OtherKey),
        (format!("{text}\n\n{signed_again}"), public, OtherKey),
        (format!("{text}\n\n{theirs}"), public, OtherKey),
        (note.replacen("\n1\n", "\n2\n", 1), public, Forged),
        // As nobody writes it: a number with a sign or with noughts, a line more, a line less, another beginning.
        (note.replacen("\n1\n", "\n+1\n", 1), public, Malformed),
        (note.replacen("\n1\n", "\n01\n", 1), public, Malformed),
        (note.replacen("\n\n", "\nmore\n\n", 1), public, Malformed),
        (note.replacen("\n1\n", "\n", 1), public, Malformed),
        (note.replacen("strongroom/", "somewhere/", 1), public, Malformed),
        (format!("{text}\n\n{ours}\u{2014}  AAAA\n"), public, Malformed),
        (format!("{text}\n\n{ours}\u{2014} witness \n"), public, Malformed),
        (format!("{text}\n\n{ours}witness AAAA\n"), public, Malformed),
        (note.trim_end().to_owned(), public, Malformed),
    ];
    for (note, key, why) in refused {
        assert_eq!(Checkpoint::verify(&note, &key), Err(why), "{note}");
    }
}

#[test]
fn a_head_is_of_at_most_as_many_records_as_a_log_can_have() {
    use strongroom_core::checkpoint::Unverified::{Malformed, OtherKey};
    let most = audit::Frontier::CAPACITY;
    for (size, why) in [(most, OtherKey), (most + 1, Malformed)] {
        let note = format!("strongroom/700022/lifecycle\n{size}\n{}=\n\n\u{2014} w AAAA\n", "A".repeat(43));
        assert_eq!(Checkpoint::verify(&note, &[1; 32]), Err(why));
    }
}
