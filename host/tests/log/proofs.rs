//! Proofs: made from a directory, checked with nothing but the key.

use crate::make::{LIFECYCLE, Scratch, drained, key, note, note_of, records};
use base64ct::{Base64, Encoding};
use strongroom_core::Record;
use strongroom_host::log::proof::NotProved;
use strongroom_host::log::{Directory, Error, Proved, PublicKey, check, proof};
use strongroom_host::merkle;

fn public() -> PublicKey {
    key(1).verifying_key().into()
}

fn refused<T: std::fmt::Debug>(result: Result<T, Error>) -> String {
    match result {
        Err(Error::Refused(why)) => why,
        other => panic!("not refused: {other:?}"),
    }
}

#[test]
fn a_record_is_proved_with_what_it_says() {
    let scratch = Scratch::new();
    let directory = drained(&scratch.join("a"), &[3, 300]);
    for index in [0, 2, 255, 256, 299] {
        let text = proof::inclusion(&directory, index).unwrap();
        assert!(text.starts_with("c2sp.org/tlog-proof@v1\nextra AQ"), "{text}");
        assert!(text.ends_with(&note(300)));
        let Ok(Proved::Inclusion { origin, size, root, record }) = check(&text, &public()) else { panic!("{text}") };
        assert_eq!((origin.to_string().as_str(), size, *record), (LIFECYCLE, 300, records(index, index + 1)[0]));
        assert_eq!(root, directory.head().unwrap().root);
    }
}

#[test]
fn what_cannot_be_proved_is_said() {
    let scratch = Scratch::new();
    let mut directory = drained(&scratch.join("a"), &[3, 5]);
    directory.append(&records(5, 8)).unwrap();
    assert_eq!(refused(proof::inclusion(&directory, 8)), "there is no record 8: the last one is 7");
    assert_eq!(refused(proof::inclusion(&directory, 6)), "record 6 is not signed yet: the checkpoint counts 5 records");
    assert_eq!(refused(proof::consistency(&directory, 4, 5)), "nobody signed a log of 4 records; signed are 3, 5");
    assert_eq!(refused(proof::consistency(&directory, 5, 3)), "the old size comes first: 3 5");
    let mut unsigned = Directory::create(&scratch.join("b")).unwrap();
    unsigned.append(&records(0, 2)).unwrap();
    assert_eq!(refused(proof::inclusion(&unsigned, 0)), "there is no checkpoint, and so nothing to prove");
    assert_eq!(refused(proof::consistency(&unsigned, 1, 2)), "nobody signed a log of 1 records; signed are none");
    assert_eq!(refused(proof::inclusion(&drained(&scratch.join("c"), &[0]), 0)), "there are no records");
    let many: Vec<u32> = (1..=30).collect();
    let why = refused(proof::consistency(&drained(&scratch.join("d"), &many), 31, 32));
    assert!(why.ends_with(
        "signed are 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30 and 10 smaller ones"
    ));
}

#[test]
fn growth_is_proved_between_any_two_signed_sizes() {
    let scratch = Scratch::new();
    let sizes = [0, 1, 3, 256, 300];
    let directory = drained(&scratch.join("a"), &sizes);
    for new in sizes {
        for old in sizes.into_iter().filter(|old| *old <= new) {
            let text = proof::consistency(&directory, old, new).unwrap();
            assert!(text.starts_with("strongroom-consistency-proof@v1\n") && text.ends_with(&note(new)));
            let Ok(Proved::Consistency { old: before, new: after, .. }) = check(&text, &public()) else { panic!("{text}") };
            assert_eq!((before, after), (old, new));
        }
    }
}

#[test]
fn a_damaged_directory_gives_no_proof() {
    let scratch = Scratch::new();
    let directory = drained(&scratch.join("a"), &[3, 300]);
    // The byte in `tile/0/000` is in a leaf beside that of record 0; no proof here needs level 1.
    for (file, place, grows) in [("tile/entries/000", 9, true), ("tile/0/000", 40, false), ("tile/0/001.p/44", 9, false)] {
        let path = scratch.join("a").join(file);
        let sound = std::fs::read(&path).unwrap();
        let mut bytes = sound.clone();
        bytes[place] ^= 1;
        std::fs::write(&path, bytes).unwrap();
        let why = proof::inclusion(&directory, 0).unwrap_err().to_string();
        assert!(why.contains("does not fit the checkpoint of 300 records") || why.contains("has no record"), "{file}: {why}");
        assert_eq!(proof::consistency(&directory, 3, 300).is_ok(), grows, "{file}");
        std::fs::write(&path, sound).unwrap();
    }
    std::fs::remove_file(scratch.join("a/tile/0/001.p/44")).unwrap();
    assert_eq!(proof::inclusion(&directory, 0).unwrap_err().to_string(), "tile/0/001.p/44 is missing");
}

#[test]
fn every_changed_byte_of_a_proof_is_noticed() {
    let scratch = Scratch::new();
    let directory = drained(&scratch.join("a"), &[3, 7]);
    for text in [proof::inclusion(&directory, 2).unwrap(), proof::consistency(&directory, 3, 7).unwrap()] {
        assert!(check(&text, &public()).is_ok());
        for place in 0..text.len() {
            for bits in [1, 2, 0x20] {
                let mut bytes = text.clone().into_bytes();
                bytes[place] ^= bits;
                if let Ok(changed) = String::from_utf8(bytes) {
                    assert!(check(&changed, &public()).is_err(), "byte {place} of {text}");
                }
            }
            assert!(text.get(..place).is_none_or(|cut| check(cut, &public()).is_err()));
        }
        assert!(check(&format!("{text}\n"), &public()).is_err());
        assert!(check(&format!("\n{text}"), &public()).is_err());
        assert!(check(&format!("{text}{text}"), &public()).is_err());
        assert!(matches!(check(&text, &key(2).verifying_key().into()), Err(NotProved::Unsigned(_))));
    }
}

#[test]
fn what_is_wrong_with_a_proof_is_said() {
    let scratch = Scratch::new();
    let directory = drained(&scratch.join("a"), &[3, 7]);
    let inclusion = proof::inclusion(&directory, 2).unwrap();
    let consistency = proof::consistency(&directory, 3, 7).unwrap();
    let why = |text: &str| check(text, &public()).unwrap_err().to_string();
    assert!(why("").contains("no empty line"));
    assert!(why("hello\n\nyou").starts_with("line 1: a proof begins with c2sp.org/tlog-proof@v1 or strongroom"));
    assert!(why(&inclusion.replace("\nindex 2\n", "\nindex 02\n")).contains("there is no line `index N`"));
    assert!(why(&inclusion.replace("\nindex 2\n", "\nindex 3\n")).contains("from this record at place 3 to the root"));
    assert!(why(&inclusion.replace("\nindex 2\n", "\nindex 7\n")).contains("at place 7"));
    let line = inclusion.lines().nth(1).unwrap();
    assert!(why(&inclusion.replace(&format!("{line}\n"), "")).contains("no line `extra`"));
    assert!(why(&inclusion.replace(line, "extra !")).starts_with("line 2: the extra data"));
    let hash = inclusion.lines().nth(3).unwrap();
    assert!(why(&inclusion.replacen(hash, "AAAA", 1)).starts_with("line 4: this is no hash"));
    let many = format!("{hash}\n").repeat(50);
    assert!(why(&inclusion.replacen(&format!("{hash}\n"), &many, 1)).contains("this is no hash of a proof"));
    assert!(why(&consistency.replacen(&note(3), "", 1)).starts_with("two signed notes belong behind the hashes"));
    assert!(why(&consistency.replacen(&note(3), &note(4), 1)).contains("from the log of 4 records to that of 7"));
    assert!(why(&consistency.replacen("lifecycle\n3", "lifecycle\nx", 1)).starts_with("the old checkpoint: line 2"));
    let other = note_of("strongroom/8/lifecycle", &records(0, 3));
    assert!(why(&consistency.replacen(&note(3), &other, 1)).starts_with("the checkpoints are of different logs"));
    let foreign = note_of("example.com/log", &records(0, 3));
    assert!(why(&consistency.replacen(&note(3), &foreign, 1)).starts_with("the old checkpoint is of \"example.com/log\""));
}

/// A device may be made to sign what is no log of ours: that proves nothing.
#[test]
fn a_record_at_another_place_than_its_own_proves_nothing() {
    let record = records(5, 6)[0];
    let extra = Base64::encode_string(&record.to_bytes());
    let text = format!("c2sp.org/tlog-proof@v1\nextra {extra}\nindex 0\n\n{}", note_of(LIFECYCLE, &[record]));
    let why = check(&text, &public()).unwrap_err().to_string();
    assert_eq!(why, "record 5 of a lifecycle log stands at place 0 of strongroom/700022/lifecycle");
    let tenant = note_of("strongroom/700022/tenant/3", &records(0, 1));
    let extra = Base64::encode_string(&records(0, 1)[0].to_bytes());
    let text = format!("c2sp.org/tlog-proof@v1\nextra {extra}\nindex 0\n\n{tenant}");
    assert!(check(&text, &public()).unwrap_err().to_string().starts_with("record 0 of a lifecycle log"));
    let nothing = [0_u8; 118];
    let leaf = Base64::encode_string(&merkle::root(&[merkle::leaf(&nothing)]));
    let signed = crate::make::sign(&key(1), LIFECYCLE, &format!("{LIFECYCLE}\n1\n{leaf}\n"));
    let text = format!("c2sp.org/tlog-proof@v1\nextra {}\nindex 0\n\n{signed}", Base64::encode_string(&nothing));
    assert_eq!(check(&text, &public()).unwrap_err().to_string(), "what is proved to be in the log is no record");
    assert_eq!(Record::from_bytes(&nothing), None);
}
