//! A journal on a medium with anything on it.
//!
//! Input: which scenario and how far it has come, on flash or an EEPROM; a power cut in a later step; what somebody or
//! chance does to the medium; and whether every digest on it is made right afterwards, so that they are no wall.
//!
//! - Mounting is no panic, nor is anything that is asked afterwards.
//! - What is restored is a state that the engine had, and the scenario goes on from it as it did. (With digests made
//!   right anything whole may be restored: whoever can write the medium and knows the format can write a state.)
//! - Where nothing is restored nothing is open: no request is approved, nobody has access.
//! - A beginning is only where nothing stands but what a cut in the first image may leave; mounting again comes to the
//!   same.
//! - What was answered is there when it is mounted again.

mod edits;
mod seal;
mod stories;

use crate::Seeds;
use crate::bytes::Bytes;
use std::fmt::Debug;
use stories::Place;
use strongroom_core::journal::{Durable, Mounted};
use strongroom_core::{Command, Main, Principal, Role, Status, Time};
use strongroom_storage::story::Moment;
use strongroom_storage::trial::{Medium, layout};

/// Edits that one input is read for.
const EDITS: usize = 10;

/// Steps that follow.
const STEPS: usize = 4;

const EEPROM: u8 = 1;
const SEALED: u8 = 2;
const CUT: u8 = 4;

/// Reads `data`.
///
/// # Panics
///
/// Where the property does not hold.
pub fn check(data: &[u8]) {
    let mut bytes = Bytes(data);
    let kind = bytes.byte();
    let places = stories::places();
    let place = usize::try_from(bytes.number::<2>()).unwrap_or_default() % places.flash.len();
    if kind & EEPROM == 0 {
        medium(kind, &places.flash[place], &mut bytes);
    } else {
        medium(kind, &places.eeprom[place], &mut bytes);
    }
}

fn medium<F: Medium + Debug>(kind: u8, place: &Place<F>, bytes: &mut Bytes<'_>) {
    let mut durable = place.durable.clone();
    if kind & CUT != 0 {
        durable.medium_mut().cut_after(bytes.number::<2>(), bytes.number::<2>());
        for moment in &place.story.moments[place.steps..] {
            if durable.apply(moment.now, &moment.command).is_err() {
                break;
            }
        }
    }
    let mut contents = std::mem::take(durable.into_medium().bytes());
    for _ in 0..EDITS {
        if !bytes.is_empty() {
            edits::edit(&mut contents, bytes);
        }
    }
    let sealed = kind & SEALED != 0;
    if sealed {
        seal::seal(&mut contents, &layout::<F>());
    }
    mounted(place, sealed, F::with(contents));
}

/// A medium with these contents.
trait With: Medium {
    fn with(contents: Vec<u8>) -> Self {
        let mut medium = Self::blank();
        *medium.bytes() = contents;
        medium
    }
}

impl<M: Medium> With for M {}

fn mounted<F: Medium + Debug>(place: &Place<F>, sealed: bool, medium: F) {
    let story = &place.story;
    let mount = |durable: &mut Durable<F>| durable.mount(&layout::<F>(), story.device, story.policy);
    let mut durable = Durable::new(medium.clone());
    let Ok(mounted) = mount(&mut durable) else { return };
    crate::tell(|| format!("{}, {} steps, sealed {sealed}: {mounted:?}", story.name, place.steps));
    let engine = durable.engine().clone();
    assert!(mount(&mut durable).is_ok() && *durable.engine() == engine, "mounting again comes to the same");
    match mounted {
        Mounted::Fresh => {
            let behind = layout::<F>().lifecycle[0].to as usize;
            let blank = durable.medium_mut().bytes()[behind..].iter().all(|byte| *byte == 0xff);
            assert!(blank && engine.state().base.steps == 0, "only what nothing was kept on is a beginning");
        }
        Mounted::Restored { .. } if sealed => go_on(&mut durable, &story.moments[place.steps..], &mount),
        Mounted::Restored { .. } => {
            let steps = story.place(&engine).expect("what is restored is a state that the engine had");
            for moment in story.moments[steps..].iter().take(STEPS) {
                assert!(durable.apply(moment.now, &moment.command).is_ok(), "the medium works");
                assert!(*durable.engine() == moment.after, "it goes on as it did");
            }
        }
        Mounted::Invalid(_) | Mounted::Held(_) => {
            closed(place, &durable);
            let boot = Command::new(Principal::device(Role::Core), boot());
            let _ = durable.apply(Some(Time::from_unix(1 << 32)), &boot);
            for moment in story.moments[place.steps..].iter().take(STEPS) {
                let _ = durable.apply(moment.now, &moment.command);
            }
            closed(place, &durable);
        }
    }
}

/// Steps on a state that nobody would come to; each that is answered is there when it is mounted again.
fn go_on<F: Medium + Debug, E: Debug>(
    durable: &mut Durable<F>,
    moments: &[Moment],
    mount: &impl Fn(&mut Durable<F>) -> Result<Mounted, E>,
) {
    for moment in moments.iter().take(STEPS) {
        if durable.apply(moment.now, &moment.command).is_err() {
            return;
        }
    }
    let engine = durable.engine().clone();
    let mounted = mount(durable);
    assert!(matches!(mounted, Ok(Mounted::Restored { .. })), "{mounted:?}");
    assert!(*durable.engine() == engine, "what was answered is there");
}

fn boot() -> strongroom_core::Action {
    strongroom_core::Action::Boot { self_test_passed: true }
}

/// That nobody has access.
fn closed<F: Medium + Debug>(place: &Place<F>, durable: &Durable<F>) {
    let state = durable.engine().state();
    assert!(state.requests.iter().all(|request| request.status != Status::Approved), "a request is approved");
    assert_ne!(state.base.lease.main, Main::Operational);
    for (engineer, subject, now) in place.grants.iter() {
        assert_eq!(durable.access(*now, *engineer, *subject), None, "{engineer} has access");
    }
}

/// An edit of each kind and a cut, here and there.
#[must_use]
pub fn seeds() -> Seeds {
    let places = stories::places().flash.len();
    let mut seeds = vec![vec![0, 0, 0], vec![EEPROM, 0, 1]];
    for kind in 0..8 {
        for edit in 0..edits::KINDS {
            let place = u16::try_from((usize::from(kind) * 7 + usize::from(edit) * 13) % places).unwrap_or_default();
            let [high, low] = place.to_be_bytes();
            seeds.push(vec![kind, high, low, 0, 40, 0, 1, edit, 0, 3, 5, 9, edit, 0, 40, 1, 7]);
        }
    }
    seeds
}
