//! What only the journal itself can put on a medium.

#![allow(clippy::arithmetic_side_effects, clippy::indexing_slicing, reason = "a test fails by a panic")]

use super::codeword::Codeword;
use super::entry::{self, FORMAT, Header};
use super::*;
use crate::encoding::write;
use crate::engine::Verdict;
use crate::rule::{RULES_VERSION, Rule};
use crate::{Action, Deployment, Device, Id, Label, Organisation, Principal, Role};
use flash::Flash;

mod entries;
#[path = "../../tests/common/flash.rs"]
mod flash;

const DEVICE: Device = Device {
    serial: Label(*b"700022\0\0\0\0\0\0\0\0\0\0"),
    provider: Organisation([1; 16]),
    vendor: Organisation([2; 16]),
    deployment: Deployment::Firmware,
};

fn mounted() -> Durable<Flash> {
    let mut durable = Durable::new(Flash::blank(32_768));
    durable.mount(&Layout::over(32_768, 64).unwrap(), DEVICE, &Policy::AZURE).unwrap();
    durable
}

fn arrive() -> Command {
    let hands = Principal { role: Role::Hands, organisation: DEVICE.provider, id: Id([3; 16]) };
    Command::new(hands, Action::Arrive { serial: DEVICE.serial })
}

const NOW: Option<Time> = Some(Time::from_unix(1_000_000));

/// A journal with one more step, as `change` has its header, marked or not.
fn with_step(change: impl Fn(&mut Header), marked: bool) -> Durable<Flash> {
    with_step_and(&[], change, marked)
}

/// The same with `more` at the end of the step's body.
fn with_step_and(more: &[u8], change: impl Fn(&mut Header), marked: bool) -> Durable<Flash> {
    let mut durable = mounted();
    durable.apply(NOW, &Command::tick()).unwrap();
    durable.apply(NOW, &arrive()).unwrap();
    let unbound = Command::new(Principal::device(Role::Core), Action::Unbound {});
    let base = durable.engine.state().base.clone();
    let mut header = Header {
        tag: Codeword::STEP,
        length: 0,
        sequence: base.steps + 1,
        word: Codeword::of_verdict(Verdict::Refused),
        main: Codeword::of_main(base.lease.main),
        rules: RULES_VERSION,
        rule: Rule::NotInChart.code(),
        format: FORMAT,
    };
    change(&mut header);
    let stretch = durable.segment(durable.head.segment.unwrap());
    let Head { next, chain, segment, .. } = durable.head;
    let entry = entry::write(&mut durable.flash, stretch, next, header, &chain, &|sink| {
        write(&NOW, sink)?;
        write(&unbound, sink)?;
        sink.put(more);
        Ok(())
    });
    if marked {
        durable.mark(segment.unwrap(), &entry.unwrap(), base.lease.main).unwrap();
    }
    durable
}

fn read(durable: Durable<Flash>) -> (Durable<Flash>, Mounted) {
    let mut read = Durable::new(durable.into_medium());
    let mounted = read.mount(&Layout::over(32_768, 64).unwrap(), DEVICE, &Policy::AZURE).unwrap();
    (read, mounted)
}

#[test]
fn a_step_that_was_stored_and_never_marked_is_taken() {
    for marked in [true, false] {
        let (durable, mounted) = read(with_step(|_| {}, marked));
        assert_eq!(mounted, Mounted::Restored { steps: 2, torn: false });
        assert_eq!(durable.engine.state().base.steps, 2);
        // From now on it is named by a mark, wherever it stands: what it was read from can go.
        let old = durable.layout.lifecycle[0];
        let mut durable = durable;
        if !marked {
            durable.flash.bytes[old.from as usize..old.to as usize].fill(0);
        }
        let (durable, _) = read(durable);
        assert_eq!(durable.engine.state().base.steps, 2, "marked: {marked}");
    }
}

#[test]
fn a_tail_of_other_rules_is_held_and_left_as_it_is() {
    for marked in [true, false] {
        let durable = with_step(|header| header.rules += 1, marked);
        let bytes = durable.flash.bytes.clone();
        let (mut durable, mounted) = read(durable);
        assert_eq!(mounted, Mounted::Held(Other::Rules { version: RULES_VERSION + 1 }));
        assert_eq!(durable.apply(NOW, &arrive()), Err(Error::Closed));
        assert_eq!(durable.compact(), Err(Error::Closed));
        assert_eq!(durable.flash.bytes, bytes);
    }
    let (_, mounted) = read(with_step(|header| header.format += 1, true));
    assert_eq!(mounted, Mounted::Held(Other::Format { format: FORMAT + 1 }));
}

#[test]
fn a_stored_word_that_contradicts_the_state_is_noticed() {
    let changes: [fn(&mut Header); 5] = [
        |header| header.word = Codeword::of_verdict(Verdict::Accepted),
        |header| header.main = Codeword::of_main(Main::Operational),
        |header| header.sequence += 1,
        |header| header.tag = Codeword::IMAGE,
        |header| header.rule = u16::MAX,
    ];
    for change in changes {
        let (durable, mounted) = read(with_step(change, true));
        assert!(matches!(mounted, Mounted::Invalid(Damage::Contradiction { .. })), "{mounted:?}");
        assert_eq!(durable.engine.state().base.lease.main, Main::Invalid);
    }
}

/// A journal whose newest entry is an image with `more` at its end.
fn with_image_and(more: &[u8]) -> Durable<Flash> {
    let mut durable = mounted();
    durable.apply(NOW, &arrive()).unwrap();
    let base = &durable.engine.state().base;
    let (main, stretch) = (base.lease.main, durable.segment(1));
    let header = Header {
        tag: Codeword::IMAGE,
        length: 0,
        sequence: base.steps,
        word: Codeword::of_intent(main),
        main: Codeword::of_main(main),
        rules: RULES_VERSION,
        rule: 0,
        format: FORMAT,
    };
    let engine = &durable.engine;
    let entry = entry::write(&mut durable.flash, stretch, stretch.from, header, &[0; 16], &|sink| {
        engine.save(sink)?;
        sink.put(more);
        Ok(())
    });
    durable.mark(1, &entry.unwrap(), main).unwrap();
    durable
}

#[test]
fn an_entry_with_more_in_it_than_it_says_is_noticed() {
    let both = |more: &[u8]| [with_image_and(more), with_step_and(more, |_| {}, true)].map(|durable| read(durable).1);
    let [image, step] = both(&[]);
    assert!(matches!((image, step), (Mounted::Restored { .. }, Mounted::Restored { .. })), "{image:?} {step:?}");
    for mounted in both(&[0]) {
        assert!(matches!(mounted, Mounted::Invalid(Damage::Contradiction { .. })), "{mounted:?}");
    }
}

#[test]
fn marks_that_contradict_each_other_or_the_state_are_noticed() {
    let mut durable = with_step(|_| {}, true);
    let entry::Found::Whole(image) = entry::read(&mut durable.flash, durable.layout.lifecycle[0].from, 32_768, &[0; 16]).unwrap()
    else {
        panic!("an image")
    };
    durable.head.places[1] = None;
    durable.head.mark += 1;
    let mut other = durable.clone();
    other.mark(0, &image, Main::InTransit).unwrap();
    // The same number, another entry, one in each track.
    let track = durable.layout.marks[1];
    durable.mark(0, &image, Main::Received).unwrap();
    let bytes = &other.flash.bytes[track.from as usize..track.to as usize];
    durable.flash.bytes[track.from as usize..track.to as usize].copy_from_slice(bytes);
    let (durable, mounted) = read(durable);
    assert_eq!(mounted, Mounted::Invalid(Damage::Marks));
    assert!(durable.head.mark > 2, "what is founded anew is marked by a higher number");
    // A mark that goes back behind what was answered.
    let (_, mounted) = read(other);
    assert!(matches!(mounted, Mounted::Invalid(Damage::Entry { .. })), "{mounted:?}");
}

#[test]
fn each_word_of_a_mark_must_be_the_states() {
    let changes: [fn(&mut mark::Mark); 3] = [
        |mark| mark.main = Codeword::of_main(Main::Operational),
        |mark| mark.intent = Codeword::of_intent(Main::Zeroizing),
        |mark| mark.sequence += 1,
    ];
    for change in changes {
        let mut durable = with_step(|_| {}, true);
        let newest = mark::read(&mut durable.flash, durable.layout.marks[0]).unwrap().newest.unwrap();
        let mut mark = mark::Mark { number: newest.number + 1, ..newest };
        change(&mut mark);
        mark::write(&mut durable.flash, durable.head.places[0].unwrap(), mark).unwrap();
        let (_, mounted) = read(durable);
        assert!(matches!(mounted, Mounted::Invalid(Damage::Contradiction { .. })), "{mounted:?}");
    }
}

#[test]
fn two_steps_that_no_mark_names_are_not_taken_for_one() {
    let (mut durable, _) = read(with_step(|_| {}, true));
    for number in 0..3 {
        let second = Command::new(Principal::device(Role::Core), Action::Unbound {});
        durable.apply(Some(Time::from_unix(2_000_000 + number)), &second).unwrap();
    }
    for track in durable.layout.marks {
        let track = &mut durable.flash.bytes[track.from as usize..track.to as usize];
        let last = track.chunks(mark::SIZE).rposition(|mark| mark != [0xff; mark::SIZE]).unwrap();
        track[(last - 1) * mark::SIZE] ^= 1;
        track[last * mark::SIZE] ^= 1;
    }
    let (_, mounted) = read(durable);
    assert!(matches!(mounted, Mounted::Invalid(Damage::Entry { .. })), "{mounted:?}");
}
