//! Power cuts at every write and every erasure, with any subset of the bits in flight, and again while the state
//! is read back and the step is tried anew.
//!
//! Each trial asserts that the state is the one before or the one after, that what was answered stays, that no word is
//! written twice, and that nothing of a former customer is left; see `trial::run`.

use strongroom_core::journal::{Durable, Eeprom, Mounted};
use strongroom_storage::eeprom::Part;
use strongroom_storage::flash::{Bytes, Flash, Seeded};
use strongroom_storage::patience;
use strongroom_storage::story::{self, Moment, Story};
use strongroom_storage::trial::{Medium, Outcome, mount, run};

/// The story with everything in it, from the sealed device to the next customer's.
fn whole_story() -> Story {
    story::stories(&story::folder().join("lease.jsonl")).remove(0)
}

/// Tells the story on a blank medium; `cut` tries each step before it happens, on a journal that goes on and on one
/// that was just mounted.
fn tell<F: Medium>(story: &Story, mut cut: impl FnMut(&Moment, &Durable<F>) -> u64) -> u64 {
    let mut cuts = 0;
    let (mut durable, mounted) = mount(story, F::blank());
    assert_eq!(mounted, Ok(Mounted::Fresh));
    for moment in &story.moments {
        cuts += cut(moment, &durable);
        let (read, _) = mount(story, durable.medium_mut().clone());
        cuts += cut(moment, &read);
        durable.apply(moment.now, &moment.command).expect("stored");
    }
    cuts
}

/// Every position of every step, with so many seeds each.
fn everywhere<F: Medium>(story: &Story, seeds: u64) -> u64 {
    tell::<F>(story, |moment, durable| {
        let mut cuts = 0;
        for operations in 0.. {
            for seed in 0..seeds {
                match run(story, moment, durable, operations, seed) {
                    Outcome::Cut(more) => cuts += more,
                    Outcome::Over => return cuts,
                }
            }
        }
        cuts
    })
}

/// So many positions of every step, as the seed has it.
fn somewhere<F: Medium>(story: &Story, positions: u64, seed: u64) -> u64 {
    let mut chance = Seeded(seed);
    tell::<F>(story, |moment, durable| {
        let mut whole = durable.clone();
        whole.medium_mut().power_on();
        whole.apply(moment.now, &moment.command).expect("stored");
        let length = whole.medium_mut().used();
        let mut cuts = 0;
        for _ in 0..positions.min(length) {
            let outcome = run(story, moment, durable, chance.below(length), chance.draw());
            if let Outcome::Cut(more) = outcome {
                cuts += more;
            }
        }
        cuts
    })
}

#[test]
fn flash_every_word_and_every_page() {
    let cuts = everywhere::<Flash>(&whole_story(), patience());
    println!("flash, words of 4 bytes, the whole story: {cuts} cuts");
    assert!(cuts > 100_000, "{cuts}");
}

#[test]
fn eeprom_every_page() {
    let cuts = everywhere::<Eeprom<Bytes>>(&whole_story(), 3 * patience());
    println!("EEPROM, pages of 64 bytes, the whole story: {cuts} cuts");
    assert!(cuts > 50_000, "{cuts}");
}

/// The part writes whole pages: a cut may ruin what stands beside the bytes that were written.
#[test]
fn a_24c256_behind_its_driver() {
    let cuts = somewhere::<Eeprom<Part>>(&whole_story(), 60 * patience(), 5);
    println!("24C256 on its bus, the whole story: {cuts} cuts");
    assert!(cuts > 10_000, "{cuts}");
}

#[test]
fn other_words_and_pages() {
    let story = whole_story();
    let many = 40 * patience();
    for (name, cuts) in [
        ("1 byte, pages of 64", somewhere::<Flash<1, 64>>(&story, many, 1)),
        ("8 bytes, pages of 256", somewhere::<Flash<8, 256>>(&story, many, 2)),
        ("16 bytes, sectors of 4096", somewhere::<Flash<16, 4096>>(&story, many, 3)),
        ("32 bytes, sectors of 2048", somewhere::<Flash<32, 2048>>(&story, many, 4)),
    ] {
        println!("flash, words of {name}: {cuts} cuts");
        assert!(cuts > 1000, "{name}: {cuts}");
    }
}

#[test]
fn every_scenario() {
    let (mut cuts, mut steps) = (0, 0);
    for (seed, story) in (0..).zip(story::all()) {
        cuts += somewhere::<Flash>(&story, 4 * patience(), seed);
        cuts += somewhere::<Eeprom<Bytes>>(&story, 2 * patience(), seed);
        steps += story.moments.len();
    }
    println!("every scenario, {steps} steps: {cuts} cuts");
    assert!(cuts > 20_000, "{cuts}");
}
