//! Flipped bits: every one of the medium, and every pair within a word. Each is noticed or harmless; none opens access.

use strongroom_core::journal::{Durable, Mounted};
use strongroom_core::{Engine, Status};
use strongroom_storage::flash::Flash;
use strongroom_storage::patience;
use strongroom_storage::story::{self, Story};
use strongroom_storage::trial::{CAPACITY, Medium, layout, mount};

/// What flips came to.
#[derive(Debug, Default)]
struct Count {
    noticed: u64,
    harmless: u64,
}

/// The story up to the step after which `stop` says yes, on its medium.
fn told_until(story: &Story, mut stop: impl FnMut(&Engine) -> bool) -> (Flash, Engine) {
    let (mut durable, _) = mount(story, <Flash as Medium>::blank());
    for moment in &story.moments {
        durable.apply(moment.now, &moment.command).expect("stored");
        if stop(durable.engine()) {
            break;
        }
    }
    let engine = durable.engine().clone();
    (durable.into_medium(), engine)
}

/// Mounts the medium and puts what came of it on the count.
fn try_out(story: &Story, durable: &mut Durable<Flash>, was: &Engine, count: &mut Count, what: &dyn Fn() -> String) {
    let mounted = durable.mount(&layout::<Flash>(), story.device, story.policy).expect("the medium works");
    match mounted {
        Mounted::Restored { .. } => {
            assert!(durable.engine() == was, "{}: read as another state", what());
            count.harmless += 1;
        }
        Mounted::Invalid(_) | Mounted::Held(_) => {
            let requests = &durable.engine().state().requests;
            assert!(requests.iter().all(|request| request.status != Status::Approved), "{}: access is open", what());
            count.noticed += 1;
        }
        Mounted::Fresh => panic!("{}: taken for a blank medium", what()),
    }
}

fn whole_story() -> Story {
    story::stories(&story::folder().join("lease.jsonl")).remove(0)
}

fn is_granted(engine: &Engine) -> bool {
    engine.state().requests.iter().any(|request| request.status == Status::Approved)
}

#[test]
fn every_bit_of_the_medium() {
    let story = whole_story();
    let mut count = Count::default();
    for (medium, engine) in [told_until(&story, is_granted), told_until(&story, |engine| engine.state().base.steps == 7)] {
        let mut durable = mount(&story, medium).0;
        for at in 0..CAPACITY {
            // What is blank is tried in a soak.
            if durable.medium_mut().bytes[at] == 0xff && patience() == 1 {
                continue;
            }
            for bit in 0..8 {
                durable.medium_mut().bytes[at] ^= 1 << bit;
                try_out(&story, &mut durable, &engine, &mut count, &|| format!("byte {at}, bit {bit}"));
                durable.medium_mut().bytes[at] ^= 1 << bit;
            }
        }
    }
    println!("single bits: {} noticed, {} harmless, none opened access", count.noticed, count.harmless);
    assert!(count.noticed > 10_000, "{count:?}");
}

#[test]
fn every_pair_of_bits_within_a_word() {
    let story = whole_story();
    let mut count = Count::default();
    let (medium, engine) = told_until(&story, is_granted);
    let mut durable = mount(&story, medium).0;
    for word in (0..CAPACITY).step_by(4) {
        let bytes: [u8; 4] = durable.medium_mut().bytes[word..word + 4].try_into().expect("four bytes");
        // What may be lost altogether is tried in a soak.
        durable.medium_mut().bytes[word..word + 4].copy_from_slice(&bytes.map(|byte| !byte));
        let lost = durable.mount(&layout::<Flash>(), story.device, story.policy);
        if matches!(lost, Ok(Mounted::Restored { .. })) && patience() == 1 {
            durable.medium_mut().bytes[word..word + 4].copy_from_slice(&bytes);
            continue;
        }
        let stored = u32::from_le_bytes(bytes);
        for one in 0..32 {
            for other in one + 1..32 {
                let flipped = (stored ^ 1 << one ^ 1 << other).to_le_bytes();
                durable.medium_mut().bytes[word..word + 4].copy_from_slice(&flipped);
                try_out(&story, &mut durable, &engine, &mut count, &|| format!("word at {word}, bits {one} and {other}"));
            }
        }
        durable.medium_mut().bytes[word..word + 4].copy_from_slice(&bytes);
    }
    println!("pairs within a word: {} noticed, {} harmless, none opened access", count.noticed, count.harmless);
    assert!(count.noticed > 100_000, "{count:?}");
}
