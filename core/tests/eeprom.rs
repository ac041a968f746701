//! The model of an EEPROM has the physics that drivers get wrong, and a maintained driver gets right.

#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects, clippy::indexing_slicing, reason = "a test fails by a panic")]

#[path = "common/eeprom.rs"]
mod eeprom;
#[path = "common/flash.rs"]
mod flash;

use eeprom::{ADDRESS, CAPACITY, Cycle, Fault, PAGE, Part};
use embedded_hal::delay::DelayNs;
use embedded_hal::i2c::{I2c, Operation};
use embedded_storage::{ReadStorage, Storage};

/// A driver that knows neither pages nor write cycles.
fn naive(part: &mut Part, at: u16, bytes: &[u8]) -> Result<(), Fault> {
    part.bus().write(ADDRESS, &[&at.to_be_bytes(), bytes].concat())
}

fn counted() -> Vec<u8> {
    (0..=u8::MAX).collect()
}

#[test]
fn what_goes_over_the_end_of_a_page_comes_to_its_beginning() {
    let mut part = Part::blank();
    naive(&mut part, 60, &[1, 2, 3, 4, 5, 6]).unwrap();
    assert_eq!(part.contents()[60..66], [1, 2, 3, 4, 0xff, 0xff]);
    assert_eq!(part.contents()[..3], [5, 6, 0xff]);
    // Of more than a page only the last bytes count.
    let mut part = Part::blank();
    naive(&mut part, 64, &counted()[..80]).unwrap();
    assert_eq!(part.contents()[64..128], [&counted()[64..80], &counted()[16..64]].concat());
    assert_eq!(part.contents()[128], 0xff);
}

#[test]
fn a_driver_that_ignores_pages_is_caught_and_the_maintained_one_is_not() {
    let (mut wrong, mut right) = (Part::blank(), Part::blank());
    naive(&mut wrong, 40, &counted()[..100]).unwrap();
    right.write(40, &counted()[..100]).unwrap();
    let mut read = [0; 100];
    right.read(40, &mut read).unwrap();
    assert_eq!(read, counted()[..100]);
    wrong.delay().delay_ms(5);
    wrong.read(40, &mut read).unwrap();
    assert_ne!(read, counted()[..100]);
}

#[test]
fn a_part_that_writes_answers_nobody_until_it_has_written() {
    let mut part = Part::blank();
    naive(&mut part, 0, &[1]).unwrap();
    assert_eq!(naive(&mut part, 1, &[2]), Err(Fault::Nack));
    assert_eq!(part.bus().write_read(ADDRESS, &[0, 0], &mut [0]), Err(Fault::Nack));
    part.delay().delay_ms(4);
    assert_eq!(part.bus().read(ADDRESS, &mut [0]), Err(Fault::Nack));
    part.delay().delay_ms(1);
    naive(&mut part, 1, &[2]).unwrap();
    assert_eq!(part.contents()[..3], [1, 2, 0xff]);
}

#[test]
fn a_slow_part_needs_a_driver_that_polls() {
    // The maintained driver waits for five milliseconds, whatever the part says; some take ten.
    let mut part = Part::blank().taking(10);
    assert_eq!(part.write(0, &[7; 130]), Err(Fault::Nack));
    let mut part = Part::blank().taking(10);
    part.polls = true;
    part.write(0, &[7; 130]).unwrap();
    assert!(part.contents()[..130] == [7; 130] && part.now() > 20_000_000);
}

#[test]
fn without_a_stop_or_without_power_nothing_is_written() {
    let mut part = Part::blank();
    let mut read = [0];
    part.bus().transaction(ADDRESS, &mut [Operation::Write(&[0, 5, 9]), Operation::Read(&mut read)]).unwrap();
    let turns = &mut [Operation::Write(&[0, 5, 9]), Operation::Read(&mut read), Operation::Write(&[0, 6])];
    part.bus().transaction(ADDRESS, turns).unwrap();
    assert_eq!(part.contents(), [0xff; CAPACITY]);
    part.bus().write(ADDRESS, &[0, 5]).unwrap();
    assert_eq!(part.bus().write(ADDRESS + 1, &[0, 5, 9]), Err(Fault::Nack));
    part.cut_after(0, 1);
    assert_eq!(part.write(0, &[1]), Err(Fault::PowerCut));
    let after = part.contents().to_vec();
    assert_eq!((part.write(64, &[1]), part.read(0, &mut [0])), (Err(Fault::PowerCut), Err(Fault::PowerCut)));
    assert_eq!(part.contents(), after);
    part.power_on();
    part.write(64, &[1]).unwrap();
}

#[test]
fn reading_goes_on_from_the_last_byte_and_round_the_end() {
    let mut part = Part::blank();
    part.write(CAPACITY as u32 - 2, &[1, 2]).unwrap();
    part.write(0, &[3, 4]).unwrap();
    let (mut some, mut more) = ([0; 3], [0; 1]);
    part.read(CAPACITY as u32 - 2, &mut some).unwrap();
    part.bus().read(ADDRESS, &mut more).unwrap();
    assert_eq!((some, more), ([1, 2, 3], [4]));
    assert_eq!(part.write(CAPACITY as u32 - 1, &[1, 2]), Err(Fault::Bounds));
    // The highest bit of the address is not looked at.
    part.bus().write_read(ADDRESS, &[0x80, 1], &mut more).unwrap();
    assert_eq!(more, [4]);
}

/// A page of sevens of which a middle part becomes eights, cut.
fn cut(cycle: Cycle, seed: u64) -> Part {
    let mut part = Part::of(cycle);
    part.write(64, &[7; PAGE]).unwrap();
    part.cut_after(3, seed);
    assert_eq!(part.write(80, &[8; 16]), Err(Fault::PowerCut));
    part
}

#[test]
fn a_cut_leaves_the_old_the_new_or_some_of_both_and_never_touches_another_page() {
    for cycle in [Cycle::Bytes, Cycle::Page] {
        let (mut old, mut new, mut mixed, mut around) = (0, 0, 0, 0);
        for seed in 0..200 {
            let part = cut(cycle, seed);
            let written = &part.contents()[80..96];
            old += written.iter().filter(|byte| **byte == 7).count();
            new += written.iter().filter(|byte| **byte == 8).count();
            mixed += written.iter().filter(|byte| !matches!(**byte, 7 | 8)).count();
            around += part.contents()[64..80].iter().chain(&part.contents()[96..128]).filter(|byte| **byte != 7).count();
            assert!(part.contents()[..64].iter().chain(&part.contents()[128..]).all(|byte| *byte == 0xff));
        }
        assert!(old > 300 && new > 300 && mixed > 300, "{old} old, {new} new, {mixed} mixed");
        // What stands beside the bytes that are written suffers exactly where the page is rewritten.
        assert_eq!(around > 300, cycle == Cycle::Page, "{around}");
    }
}

#[test]
fn the_same_seed_leaves_the_same() {
    assert_eq!(cut(Cycle::Page, 9).contents(), cut(Cycle::Page, 9).contents());
    assert_ne!(cut(Cycle::Page, 9).contents(), cut(Cycle::Page, 10).contents());
}

#[test]
fn the_power_lasts_for_so_many_bytes() {
    let mut part = Part::blank();
    part.cut_after(70, 1);
    part.write(0, &[1; PAGE]).unwrap();
    part.write(64, &[1; 6]).unwrap();
    assert_eq!(part.used(), 70);
    assert_eq!(part.write(128, &[1]), Err(Fault::PowerCut));
}

#[test]
fn a_page_wears_by_the_cycle_and_not_by_the_byte() {
    let mut part = Part::blank();
    part.write(0, &[1; PAGE]).unwrap();
    (0..5).for_each(|at| part.write(at, &[2]).unwrap());
    part.write(60, &[3; 8]).unwrap();
    part.cut_after(0, 1);
    assert!(part.write(0, &[4]).is_err());
    assert_eq!(part.worn()[..3], [8, 1, 0]);
}
