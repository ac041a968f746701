//! Where a power cut does most harm: in the first step, between two marks, while an account opens, in a compaction.

#![allow(clippy::expect_used, clippy::arithmetic_side_effects, clippy::indexing_slicing, reason = "a test fails by a panic")]

mod common;
#[path = "common/flash.rs"]
mod flash;

use common::*;
use flash::{Flash, PowerCut};
use std::vec::Vec;
use strongroom_core::journal::*;
use strongroom_core::*;

const CAPACITY: u32 = 32 * 1024;

type Kept = Durable<Flash>;

fn layout() -> Layout {
    Layout::over(CAPACITY, 64).expect("fits")
}

fn mounted(flash: Flash) -> (Kept, Mounted) {
    let mut durable = Durable::new(flash);
    let mounted = durable.mount(&layout(), DEVICE, &Policy::AZURE).expect("the medium works");
    (durable, mounted)
}

fn fresh() -> Kept {
    mounted(Flash::blank(CAPACITY as usize)).0
}

fn arrive(durable: &mut Kept) -> Result<Reply, Error<PowerCut>> {
    let arrive = Action::Arrive { serial: DEVICE.serial };
    durable.apply(Some(Time::from_unix(1_000_000)), &Command::new(person(Role::Hands, 1), arrive))
}

fn register(durable: &mut Kept, organisation: Organisation) -> Result<Reply, Error<PowerCut>> {
    let register = Action::Register { organisation, approved: true };
    let now = durable.engine().state().base.clock.last_good;
    durable.apply(Some(now), &Command::new(person(Role::Pool, 1), register))
}

/// A device in its pool.
fn pooled() -> Kept {
    let mut bench = Bench::new();
    bench.heard = Some(Vec::new());
    let mut durable = fresh();
    for (now, command) in bench.pooled().heard.expect("it was told") {
        durable.apply(now, &command).expect("stored");
    }
    durable
}

/// The medium for each place in `act` that a cut can come in, every `every`th of them.
fn cuts<R>(durable: &Kept, every: usize, act: impl Fn(&mut Kept) -> R) -> impl Iterator<Item = Flash> {
    let mut whole = durable.clone();
    whole.medium_mut().power_on();
    let _ = act(&mut whole);
    let operations = whole.medium_mut().power.used;
    assert!(operations > 0);
    let durable = durable.clone();
    (0..operations).step_by(every).map(move |operation| {
        let mut cut = durable.clone();
        cut.medium_mut().cut_after(operation, operation);
        let _ = act(&mut cut);
        cut.medium_mut().power_on();
        cut.into_medium()
    })
}

fn is_blank(flash: &Flash, stretch: Stretch) -> bool {
    flash.bytes[stretch.from as usize..stretch.to as usize].iter().all(|byte| *byte == 0xff)
}

#[test]
fn cuts_in_the_first_step_leave_a_new_device_or_the_step() {
    let mut torn = 0;
    for flash in cuts(&fresh(), 3, arrive) {
        let (durable, mounted) = mounted(flash.clone());
        let steps = durable.engine().state().base.steps;
        assert!(matches!(mounted, Mounted::Fresh | Mounted::Restored { .. }), "{mounted:?}");
        // The same once more, where a mark was torn that is not there yet.
        if mounted == Mounted::Fresh && layout().marks.iter().any(|track| !is_blank(&flash, *track)) {
            torn += 1;
            for flash in cuts(&durable, 11, arrive) {
                let (durable, mounted) = self::mounted(flash);
                assert!(matches!(mounted, Mounted::Fresh | Mounted::Restored { .. }), "{mounted:?}");
                assert!(durable.engine().state().base.steps >= steps);
            }
        }
    }
    assert!(torn > 1);
}

#[test]
fn what_one_track_alone_says_outlives_the_next_cut() {
    let mut durable = pooled();
    register(&mut durable, CUSTOMER).expect("stored");
    for track in layout().marks {
        // The step that opened the account was marked in the other track, and the mark in this one torn.
        let mut flash = durable.clone().into_medium();
        let bytes = &mut flash.bytes[track.from as usize..track.to as usize];
        let last = bytes.chunks(64).rposition(|mark| mark != [0xff; 64]).expect("a mark");
        bytes[64 * last + 20] ^= 1;
        let (durable, _) = mounted(flash);
        assert!(durable.engine().state().base.account.is_open());
        for flash in cuts(&durable, 3, |durable| register(durable, CUSTOMER)) {
            let (durable, mounted) = mounted(flash);
            assert!(matches!(mounted, Mounted::Restored { .. }), "{mounted:?}");
            assert!(durable.engine().state().base.account.is_open());
        }
    }
}

#[test]
fn an_account_that_a_cut_kept_from_opening_leaves_nothing_of_its_customer() {
    let mut told = [false; 2];
    for flash in cuts(&pooled(), 3, |durable| register(durable, CUSTOMER)) {
        let (mut durable, mounted) = mounted(flash);
        assert!(matches!(mounted, Mounted::Restored { .. }), "{mounted:?}");
        let open = durable.engine().state().base.account.is_open();
        told[usize::from(open)] = true;
        let flash = durable.medium_mut();
        assert!(open || layout().tenant.iter().all(|segment| is_blank(flash, *segment)));
    }
    assert_eq!(told, [true; 2]);
}

#[test]
fn the_tenants_area_is_erased_at_every_mounting_until_that_is_confirmed() {
    let mut durable = pooled();
    register(&mut durable, CUSTOMER).expect("stored");
    register(&mut durable, Organisation::NONE).expect("stored");
    let entry = durable.engine().pending().first().cloned().expect("it is asked for");
    assert_eq!(entry.kind, outbox::Kind::EraseTenantArea);
    let again = |durable: Kept| {
        let mut flash = durable.into_medium();
        flash.power_on();
        let mut durable = mounted(flash).0;
        let used = durable.medium_mut().power.used;
        (durable, used)
    };
    for _ in 0..2 {
        let used;
        (durable, used) = again(durable);
        assert!(used > 0);
    }
    let confirm = Command::new(Principal::device(Role::Enforcer), Action::Confirm { effect: entry.id });
    durable.apply(Some(entry.asked), &confirm).expect("stored");
    assert_eq!(again(durable).1, 0);
}

#[test]
fn a_compaction_that_is_cut_loses_nothing() {
    let mut durable = fresh();
    arrive(&mut durable).expect("stored");
    for flash in cuts(&durable, 3, Kept::compact) {
        let (read, mounted) = mounted(flash);
        assert!(matches!(mounted, Mounted::Restored { .. }), "{mounted:?}");
        assert_eq!(read.engine(), durable.engine());
    }
}

#[test]
fn after_one_operation_that_failed_nothing_more_is_written() {
    let mut whole = fresh();
    arrive(&mut whole).expect("stored");
    for operation in 0..whole.medium_mut().power.used {
        let mut durable = fresh();
        durable.medium_mut().fail_after(operation, operation);
        assert_eq!(arrive(&mut durable), Err(Error::NotStored(Fault::Medium(PowerCut))));
        assert_eq!(durable.medium_mut().power.used, operation + 1);
        let (durable, mounted) = mounted(durable.into_medium());
        let steps = durable.engine().state().base.steps;
        assert!(mounted == Mounted::Fresh || steps <= 1, "{mounted:?}");
    }
}
