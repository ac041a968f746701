//! Keys as `openssl` and C2SP write them, and the signatures they make.

use crate::make::{LIFECYCLE, key, note, sign};
use strongroom_host::log::key::{NotAKey, NotSigned, read_private};
use strongroom_host::log::{Note, PublicKey};

// Written by `openssl genpkey -algorithm ed25519` and `openssl pkey -pubout`, OpenSSL 3.0, for these tests.
const PRIVATE: &str = "\
-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEID1ukb/p50dMHCWhkJTtxcD9D6mFboPXWkPxaDXFCWTK
-----END PRIVATE KEY-----
";
const PUBLIC: &str = "\
-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEAM4F/Yg/zHEqK8LeRycGzgOupWtFMneVZUlJIms0Rjmo=
-----END PUBLIC KEY-----
";

#[test]
fn openssls_keys_are_read_and_belong_together() {
    let private = read_private(PRIVATE).unwrap();
    let public = PublicKey::read(PUBLIC).unwrap();
    assert_eq!(private.verifying_key().as_bytes(), public.as_bytes());
    assert_eq!(PublicKey::read(&PUBLIC.replace('\n', "\r\n")), Ok(public.clone()));
    assert_eq!(PublicKey::from(private.verifying_key()), public);
}

#[test]
fn the_three_forms_are_one_key() {
    let public = PublicKey::read(PUBLIC).unwrap();
    let hex: String = public.as_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(PublicKey::read(&hex), Ok(public.clone()));
    assert_eq!(PublicKey::read(&format!(" {}\n", hex.to_uppercase())), Ok(public.clone()));
    let named = PublicKey::read(&public.named(LIFECYCLE)).unwrap();
    assert_eq!(named.as_bytes(), public.as_bytes());
}

/// The key of the specification's own example.
#[test]
fn the_specifications_key_is_read() {
    let text = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    assert!(PublicKey::read(text).is_ok());
    assert_eq!(PublicKey::read(&text.replace("c74f", "c74e")), Err(NotAKey::Hash));
    assert_eq!(PublicKey::read(&text.replace("Peter", "Pete")), Err(NotAKey::Hash));
    assert_eq!(PublicKey::read(&text.replace("ARpc", "Ahpc")), Err(NotAKey::Kind));
    assert_eq!(PublicKey::read(&text.replace("10TW", "10T")), Err(NotAKey::Form));
}

#[test]
fn what_is_no_key_is_told_apart() {
    for text in ["", "a", "+a+b", "a b+c+d", &"0".repeat(63), &"0".repeat(66), &"é".repeat(32), &"-".repeat(5000)] {
        assert_eq!(PublicKey::read(text), Err(NotAKey::Form), "{text}");
    }
    assert_eq!(PublicKey::read(PRIVATE), Err(NotAKey::Private));
    assert_eq!(read_private(PUBLIC), Err(NotAKey::Form));
    assert_eq!(read_private(&PRIVATE.replace("PRIVATE", "ENCRYPTED PRIVATE")), Err(NotAKey::Encrypted));
    assert_eq!(read_private(&PRIVATE.replace("MC4C", "MC4D")), Err(NotAKey::Kind));
    // The neutral element, which every signature of a certain form fits.
    assert_eq!(PublicKey::read(&format!("01{}", "00".repeat(31))), Err(NotAKey::Kind));
}

#[test]
fn a_signature_holds_for_its_key_its_name_and_its_text() {
    let public = PublicKey::from(key(1).verifying_key());
    let check = |key: &PublicKey, text: &str| key.check(&Note::read(text).unwrap());
    let text = note(3);
    assert_eq!(check(&public, &text), Ok(()));
    assert_eq!(check(&PublicKey::read(&public.named(LIFECYCLE)).unwrap(), &text), Ok(()));
    assert_eq!(check(&PublicKey::read(&public.named("other")).unwrap(), &text), Err(NotSigned::ByOthers));
    assert_eq!(check(&key(2).verifying_key().into(), &text), Err(NotSigned::ByOthers));
    assert_eq!(check(&public, &text.replacen("\n3\n", "\n4\n", 1)), Err(NotSigned::Forged));
    let (body, signature) = text.rsplit_once("\n\n").unwrap();
    assert_eq!(check(&public, &format!("{body}\nanother line\n\n{signature}")), Err(NotSigned::Forged));
}

#[test]
fn other_signatures_are_ignored_and_a_second_one_of_ours_must_hold_too() {
    let public = PublicKey::from(key(1).verifying_key());
    let (body, own) = { note(3).rsplit_once("\n\n").map(|(body, own)| (format!("{body}\n"), own.to_owned())) }.unwrap();
    let foreign = sign(&key(2), "witness.example", &body).rsplit_once("\n\n").unwrap().1.to_owned();
    let both = Note::read(&format!("{body}\n{foreign}{own}")).unwrap();
    assert_eq!((public.check(&both), both.signatures.len()), (Ok(()), 2));
    let short = format!("\u{2014} {LIFECYCLE} {}\n", &own.split(' ').nth(2).unwrap()[..8]);
    assert_eq!(public.check(&Note::read(&format!("{body}\n{own}{short}")).unwrap()), Err(NotSigned::Forged));
}
