//! Readings out of any text.
//!
//! Input: what a console prints.
//!
//! - The reading and the outcome are the same in whatever pieces the text comes.
//! - A parser that has finished is as a new one.
//! - The worst wins: whatever follows, nothing that was read gets better.
//! - A line with bytes that no console prints is counted and tells nothing.
//! - A transcript is read as its text is, or it is said why not.

use crate::bytes::Random;
use crate::{Seeds, scenarios};
use strongroom_core::Reading;
use strongroom_core::console::{Outcome, Parser};
use strongroom_core::reading::{Parts, TamperClass};
use strongroom_host::transcript;

/// What may stand before a text: its lines belong to that command, or to any.
const ECHOES: &[&str] = &[
    "lunash:>\r\n",
    "lunash:>status sensors\r\n",
    "[10g2] lunash:> hsm show\r\n",
    "lunash:>hsm tamper show\r\n",
    "lunash:>hsm information show\r\n",
    "lunash:>hsm stm show\r\n",
    "lunash:>status sysstat show\r\n",
    "lunash:>network show\r\n",
];

/// Reads `data`.
///
/// # Panics
///
/// Where the property does not hold.
pub fn check(data: &[u8]) {
    let random = &mut Random::of(data);
    let mut parser = Parser::new();
    parser.feed(data);
    let whole = parser.finish();
    assert_eq!(parser.finish(), (Reading::default(), Outcome::default()), "nothing is left");
    if data.first() != Some(&b'\n') {
        parser.feed(data);
        assert_eq!(parser.finish(), whole, "a parser that has finished is as a new one");
    }
    in_pieces(data, whole, random);
    as_transcript(data, whole);
    let echo = ECHOES[random.below(ECHOES.len())];
    the_worst_wins(echo, data, random);
    noise_is_not_news(echo, data, random);
}

fn in_pieces(data: &[u8], whole: (Reading, Outcome), random: &mut Random) {
    let mut parser = Parser::new();
    data.iter().for_each(|byte| parser.feed(&[*byte]));
    assert_eq!(parser.finish(), whole, "byte by byte");
    let mut rest = data;
    while !rest.is_empty() {
        let (piece, later) = rest.split_at(1 + random.below(rest.len()));
        let mut piece = Some(piece);
        while let Some(bytes) = piece {
            piece = parser.feed_command(bytes);
        }
        let _ = (parser.reading(), parser.is_at_prompt());
        rest = later;
    }
    assert_eq!(parser.finish(), whole, "in pieces, command by command");
    let Outcome { lines, unknown, garbled, overlong, .. } = whole.1;
    assert!(unknown + garbled <= lines && overlong <= lines, "{:?}", whole.1);
}

fn as_transcript(data: &[u8], whole: (Reading, Outcome)) {
    match transcript::read(data) {
        Ok(read) => assert_eq!(read, whole),
        Err(transcript::Problem::Cut { line }) => assert_eq!(Some(line), whole.1.truncated),
        Err(problem) => assert!(whole.0 == Reading::default() && !problem.to_string().is_empty()),
    }
}

fn the_worst_wins(echo: &str, data: &[u8], random: &mut Random) {
    let (before, after) = data.split_at(random.below(data.len() + 1));
    let mut parser = Parser::new();
    parser.feed(echo.as_bytes());
    parser.feed(before);
    let old = parser.reading();
    parser.feed(after);
    let new = parser.reading();
    assert!(is_as_bad(&old, &new), "{old:?} got better: {new:?}");
    assert!(is_as_bad(&new, &parser.finish().0), "{new:?} got better by the last line");
}

/// Whether `new` says nothing better than `old` of anything that `old` speaks of.
fn is_as_bad(old: &Reading, new: &Reading) -> bool {
    let parts = |old: Parts, new: Parts| old.worst <= new.worst && old.seen <= new.seen && old.bad <= new.bad;
    let stays = |old: Option<bool>, new: Option<bool>, bad| old.is_none() || new == old || new == Some(bad);
    let graver = |old: TamperClass, new: Option<TamperClass>| {
        new == Some(old)
            || new.is_some_and(|new| {
                !old.always_destroys() && new.always_destroys() || old == TamperClass::Unspecified && new != old
            })
    };
    parts(old.fans, new.fans)
        && parts(old.power_supplies, new.power_supplies)
        && parts(old.voltages, new.voltages)
        && parts(old.temperatures, new.temperatures)
        && parts(old.batteries, new.batteries)
        && old.service <= new.service
        && old.codes.iter().zip(new.codes).all(|(old, new)| *old == 0 || *old == new)
        && old.critical_events <= new.critical_events
        && old.logins_left.is_none_or(|old| new.logins_left.is_some_and(|new| new <= old))
        && stays(old.zeroized, new.zeroized, false)
        && stays(old.tampered, new.tampered, true)
        && old.tamper.is_none_or(|old| graver(old, new.tamper))
        && stays(old.chassis_open, new.chassis_open, true)
        && stays(old.transport_mode, new.transport_mode, true)
}

fn noise_is_not_news(echo: &str, data: &[u8], random: &mut Random) {
    let mut parser = Parser::new();
    parser.feed(echo.as_bytes());
    parser.feed(data);
    parser.feed(b"\n");
    let (reading, outcome) = (parser.reading(), parser.outcome());
    // It does not begin as a prompt does: whatever the rest, it is no echo.
    let mut noise = vec![0x80 | random.bytes::<1>()[0]];
    noise.extend(data.iter().copied().filter(|byte| !matches!(byte, b'\r' | b'\n' | 0x08 | 0x7f)).take(random.below(100)));
    parser.feed(&noise);
    parser.feed(b"\r\n");
    assert_eq!(parser.reading(), reading, "{noise:02x?} told something");
    let lines = (outcome.lines + 1, outcome.garbled + 1);
    assert_eq!((parser.outcome().lines, parser.outcome().garbled), lines, "noise is counted");
}

/// What a real device printed, and what of it was cut.
#[must_use]
pub fn seeds() -> Seeds {
    let transcripts = scenarios::files(&scenarios::workspace().join("tests/console/luna-7.2"));
    transcripts.iter().map(|path| std::fs::read(path).expect("a transcript can be read")).collect()
}
