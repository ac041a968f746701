//! Entries and marks at their edges.

use super::super::entry::{self, Entry, FORMAT, Found, Header};
use super::super::mark::{self, Mark};
use super::flash::{Flash, PowerCut};
use super::*;

fn header() -> Header {
    let (word, main) = (Codeword::of_verdict(Verdict::Accepted), Codeword::of_main(Main::Received));
    Header { tag: Codeword::STEP, length: 0, sequence: 1, word, main, rules: RULES_VERSION, rule: 1, format: FORMAT }
}

fn write(flash: &mut Flash, to: u32, body: &[u8]) -> Result<Entry, Fault<PowerCut>> {
    entry::write(flash, Stretch { from: 0, to }, 0, header(), &[0; 16], &|sink| {
        sink.put(body);
        Ok(())
    })
}

#[test]
fn an_entry_of_any_length_may_end_where_its_stretch_ends_and_no_later() {
    for length in 0..400 {
        let body = std::vec![0x5a; length];
        let size = entry::size(length as u32);
        // What comes after the stretch is another's.
        let mut flash: Flash = Flash::blank(1024);
        flash.bytes[size as usize..].fill(0);
        let written = write(&mut flash, size, &body).unwrap();
        assert_eq!((written.header.length as usize, written.next), (length, size));
        assert!(matches!(entry::read(&mut flash, size, size, &written.chain), Ok(Found::Blank)), "{length}");

        let (mut flash, has) = (Flash::blank(1024), size - PIECE as u32);
        assert_eq!(write(&mut flash, has, &body).err(), Some(Fault::NoRoom { needed: size, has }));
        assert!(flash.bytes.iter().all(|byte| *byte == 0xff));
    }
}

#[test]
fn a_length_that_leads_out_of_the_stretch_is_not_followed() {
    for length in [209, 1 << 20, u32::MAX - 64, u32::MAX] {
        let mut flash = Flash::blank(256);
        write(&mut flash, 256, &[0x5a; 208]).unwrap();
        flash.bytes[4..8].copy_from_slice(&length.to_le_bytes());
        assert!(matches!(entry::read(&mut flash, 0, 256, &[0; 16]), Ok(Found::Broken)), "{length}");
    }
}

#[test]
fn a_medium_that_writes_nothing_is_noticed_even_where_an_older_entry_stands() {
    let mut flash = Flash::blank(256);
    write(&mut flash, 256, b"older").unwrap();
    flash.protected = true;
    assert_eq!(write(&mut flash, 256, b"newer").err(), Some(Fault::NotWritten { at: 0 }));
}

#[test]
fn a_mark_with_any_bit_changed_is_none() {
    let main = Main::Operational;
    let (intent, main) = (Codeword::of_intent(main), Codeword::of_main(main));
    let mark = Mark { main, intent, segment: 2, number: 7, sequence: 9, chain: [0x5a; 16] };
    let track = Stretch { from: 0, to: mark::SIZE as u32 };
    let mut flash: Flash = Flash::blank(mark::SIZE);
    mark::write(&mut flash, 0, mark).unwrap();
    assert_eq!(mark::read(&mut flash, track).unwrap().newest, Some(mark));
    for bit in 0..8 * mark::SIZE {
        flash.bytes[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(mark::read(&mut flash, track).unwrap().newest, None, "bit {bit}");
        flash.bytes[bit / 8] ^= 1 << (bit % 8);
    }
}
