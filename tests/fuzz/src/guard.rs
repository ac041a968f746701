//! A guard between any technician and any device, under any caller.
//!
//! Input: a scene a byte, with what it needs after it.
//!
//! - What goes to the device is a command's own name with plain arguments that the caller passed, an account's name
//!   likewise, the password after it, an allowed answer, or a CR, an interrupt and `exit` where they belong.
//! - What the device prints sends nothing; a guard that is shut shows nothing.
//!
//! The model that says so is the property tests' own.

#[path = "../../../core/tests/guard/bench.rs"]
#[expect(dead_code, reason = "only the two ends are used here")]
mod bench;
#[path = "../../../core/tests/guard/inputs.rs"]
mod inputs;
#[path = "../../../core/tests/guard/model.rs"]
mod model;

use crate::Seeds;
use crate::bytes::{Bytes, Random};
use inputs::{ANSWERS, ARGUMENTS, Input, MODES, PRINTED, TYPED, asks, enters, line, names, waits};
use strongroom_core::console::guard::Confirmation;
use strongroom_core::lunash::{COMMANDS, POLLED};

/// Scenes that one input is read for.
const SCENES: usize = 200;

/// Reads `data`.
///
/// # Panics
///
/// Where the property does not hold.
pub fn check(data: &[u8]) {
    let mut bytes = Bytes(data);
    let scenes = std::iter::from_fn(|| (!bytes.is_empty()).then(|| scene(&mut bytes)));
    model::run(scenes.take(SCENES).flatten().inspect(|input| crate::tell(|| told(input))));
}

fn scene(bytes: &mut Bytes<'_>) -> Vec<Input> {
    let one = match bytes.byte() % 24 {
        0 | 1 => Input::Typed(text(bytes, TYPED)),
        2 => Input::Typed(raw(bytes)),
        3 => Input::Typed(text(bytes, names())),
        4 => Input::Printed(text(bytes, PRINTED)),
        5 => Input::Printed(raw(bytes)),
        6 => Input::Quiet,
        7 => Input::Break,
        8 => Input::Pass(confirmation(bytes)),
        9 => Input::Refuse,
        10 => Input::Close,
        11 => Input::Wake,
        12 => Input::BeginPoll,
        13 => Input::SendPoll(index(bytes, COMMANDS + 10)),
        14 => Input::SendPoll(polled(bytes)),
        15 => Input::LogIn,
        16 => Input::GivePassword,
        17 => Input::EndPoll,
        18 => Input::Open(*bytes.choose(MODES)),
        19 => return waits(text(bytes, PRINTED)),
        20 => return waits(raw(bytes)),
        21 => return command(bytes),
        22 => return enters(confirmation(bytes)),
        _ => return asks(command(bytes), word(bytes, ANSWERS)),
    };
    vec![one]
}

fn word(bytes: &mut Bytes<'_>, words: &[&'static str]) -> &'static str {
    let word: &&str = bytes.choose(words);
    word
}

fn text(bytes: &mut Bytes<'_>, words: &[&'static str]) -> Vec<u8> {
    word(bytes, words).into()
}

/// Up to a line and a half.
fn raw(bytes: &mut Bytes<'_>) -> Vec<u8> {
    let length = usize::from(bytes.byte());
    bytes.take(length).into()
}

fn confirmation(bytes: &mut Bytes<'_>) -> Confirmation {
    *bytes.choose(&[Confirmation::Refused, Confirmation::Allowed])
}

fn index(bytes: &mut Bytes<'_>, end: u16) -> u16 {
    u16::try_from(bytes.number::<2>() % u64::from(end)).unwrap_or_default()
}

fn polled(bytes: &mut Bytes<'_>) -> u16 {
    *bytes.choose(&POLLED.iter().collect::<Vec<_>>())
}

fn command(bytes: &mut Bytes<'_>) -> Vec<Input> {
    line(index(bytes, COMMANDS), word(bytes, ARGUMENTS), confirmation(bytes))
}

fn told(input: &Input) -> String {
    match input {
        Input::Typed(bytes) => format!("typed {:?}", String::from_utf8_lossy(bytes)),
        Input::Printed(bytes) => format!("printed {:?}", String::from_utf8_lossy(bytes)),
        Input::SendPoll(index) => format!("polls {:?}", names().get(usize::from(*index))),
        other => format!("{other:?}"),
    }
}

/// Random scenes; what comes of them is the fuzzer's to see.
#[must_use]
pub fn seeds() -> Seeds {
    let mut random = Random::of(b"guard");
    (0..40).map(|_| random.bytes::<120>().to_vec()).collect()
}
