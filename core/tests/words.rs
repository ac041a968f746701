//! What is told in words: every error says what it is, and no two the same.

#![cfg(feature = "ed25519")]
#![allow(clippy::expect_used, reason = "a test fails by a panic")]

use serde::de::{DeserializeOwned, Deserializer, Visitor, value};
use std::collections::BTreeSet;
use strongroom_core::checkpoint::Unverified;
use strongroom_core::journal::{Damage, Error, Fault, Other};
use strongroom_core::lease::chart::Event;
use strongroom_core::*;

fn each_says_its_own(texts: &[String]) {
    assert!(texts.iter().all(|text| text.len() > 8), "{texts:?}");
    assert_eq!(texts.iter().collect::<BTreeSet<_>>().len(), texts.len(), "{texts:?}");
}

#[test]
fn every_error_says_what_it_is_and_where() {
    let faults: [Fault<u8>; 5] = [
        Fault::Layout,
        Fault::NoRoom { needed: 77, has: 66 },
        Fault::NotErased { at: 55 },
        Fault::NotWritten { at: 44 },
        Fault::Earlier,
    ];
    let texts = faults.map(|fault| fault.to_string());
    each_says_its_own(&texts);
    for place in ["77", "66", "55", "44"] {
        assert!(texts.iter().any(|text| text.contains(place)), "{place}");
    }
    each_says_its_own(&[Error::<u8>::Closed.to_string(), Error::<u8>::NotStored(Fault::Layout).to_string()]);
    each_says_its_own(&[Damage::NoMark, Damage::Marks, Damage::Entry { at: 77 }].map(|damage| damage.to_string()));
    each_says_its_own(&[Other::Policy, Other::Capacity, Other::Format { format: 77 }].map(|other| other.to_string()));
    each_says_its_own(&[Unverified::Malformed, Unverified::OtherKey, Unverified::Forged].map(|why| why.to_string()));
    let wire =
        [wire::Error::TooLong, wire::Error::Broken, wire::Error::Checksum, wire::Error::Version(7), wire::Error::Malformed];
    each_says_its_own(&wire.map(|error| error.to_string()));
    assert_eq!(rule::UnknownRule(7).to_string(), "no rule has the number 7");
}

/// C programs and Python's exceptions have them too.
#[test]
fn every_error_has_its_number() {
    let wire =
        [wire::Error::TooLong, wire::Error::Broken, wire::Error::Checksum, wire::Error::Version(7), wire::Error::Malformed];
    assert_eq!(wire.map(wire::Error::code), [1010, 1011, 1012, 1013, 1014]);
    let reply = Engine::<4, 8, 8, 8>::vacant().apply(None, &Command::tick());
    let errors: [Error<u8>; 3] =
        [Error::Closed, Error::NotStored(Fault::Layout), Error::DoneNotStored { reply, fault: Fault::Layout }];
    assert_eq!(errors.map(|error| error.code()), [1041, 1042, 1043]);
    let faults: [Fault<u8>; 7] = [
        Fault::Medium(7),
        Fault::Earlier,
        Fault::Layout,
        Fault::NoRoom { needed: 77, has: 66 },
        Fault::Unencodable,
        Fault::NotErased { at: 55 },
        Fault::NotWritten { at: 44 },
    ];
    assert_eq!(faults.map(|fault| fault.code()), [1044, 1044, 1045, 1046, 1046, 1047, 1048]);
}

#[cfg(feature = "link")]
#[test]
fn a_gate_says_why_it_did_not_hear_and_whom() {
    use strongroom_core::link::Refused;
    let texts =
        [Refused::NoKey, Refused::Forged, Refused::Replayed, Refused::NotTheirs].map(|why| why(Party::Vendor).to_string());
    each_says_its_own(&texts);
    assert!(texts.iter().all(|text| text.contains("vendor")), "{texts:?}");
}

#[test]
fn every_event_of_the_chart_has_its_own_name() {
    let names: BTreeSet<&str> = lease::chart::CHART.iter().map(|row| row.event.name()).collect();
    let events: BTreeSet<Event> = lease::chart::CHART.iter().map(|row| row.event).collect();
    assert_eq!(names.len(), events.len());
    assert!(names.iter().all(|name| name.len() > 3));
}

#[test]
fn a_set_of_subjects_is_a_bit_each() {
    use strongroom_core::policy::Subjects;
    let all = Subjects::of(Subject::ALL);
    assert_eq!(all.bits().count_ones() as usize, Subject::ALL.len());
    assert_eq!(Subjects::from_bits(all.bits()), all);
    let one = Subjects::of(&[Subject::VmLinux]);
    assert_eq!(one.bits(), 1 << Subject::VmLinux as u64);
    assert_eq!((one.and(one), one.and(all)), (one, all));
}

/// A format, with names or without, in which nothing stands.
struct Nothing {
    named: bool,
}

impl<'de> Deserializer<'de> for Nothing {
    type Error = value::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, value::Error> {
        visitor.visit_unit()
    }

    fn is_human_readable(&self) -> bool {
        self.named
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct newtype_struct seq tuple
        tuple_struct map struct enum identifier ignored_any
    }
}

#[test]
fn whoever_reads_something_else_is_told_what_was_expected() {
    fn said<T: DeserializeOwned>(named: bool) -> String {
        T::deserialize(Nothing { named }).err().map(|error| error.to_string()).unwrap_or_default()
    }
    let expected = [
        (said::<Roster>(true), "a list of at most 4 names"),
        (said::<policy::Subjects>(true), "a list of subjects"),
        (said::<Id>(false), "16 bytes"),
        (said::<Digest>(false), "32 bytes"),
        (said::<Record>(false), "the 118 bytes of a record"),
    ];
    for (said, expected) in expected {
        assert_eq!(said, format!("invalid type: unit value, expected {expected}"));
    }
}
