//! A guard as it looks from outside: what may come out of it, whatever comes in.
//!
//! The model knows the names of the commands from the device's own list, and what it has itself passed. The property
//! tests and the fuzz target of the guard share it.

use super::bench::Ends;
use super::inputs::{Input, name};
use std::{mem, string::String, vec::Vec};
use strongroom_core::console::guard::{Answer, Confirmation, Event, Guard, Mode, Session};
use strongroom_core::lunash::{Arguments, Lookup, Name, POLLED};

/// What waits for the caller, as the guard told it.
#[derive(Debug, Clone, PartialEq)]
enum Waits {
    Command { index: u16, arguments: Vec<u8>, kind: Arguments },
    NoCommand,
    Name(Vec<u8>),
}

/// What was told to the caller, and what may follow from it.
#[derive(Default)]
pub(super) struct Model {
    waits: Option<Waits>,
    /// Names sent and passwords not yet: at most one.
    passwords: u32,
    /// Whether the last command passed may be confirmed.
    confirms: bool,
    /// An interrupt was sent to end a session, and its end was not told.
    closing: bool,
    pub(super) passed: u32,
    pub(super) closed: u32,
    pub(super) entered: u32,
    pub(super) answered: u32,
    pub(super) secrets: u32,
}

fn allowed_answers(answer: Answer) -> &'static [u8] {
    match answer {
        Answer::Proceed => b"proceed\r",
        Answer::Quit => b"quit\r",
        Answer::Yes => b"yes\r",
        Answer::No => b"no\r",
    }
}

/// Gives all of it to a guard, and looks at each byte that comes out.
pub(super) fn run(inputs: impl IntoIterator<Item = Input>) -> Model {
    let mut guard = Guard::new();
    let mut ends = Ends::default();
    let mut model = Model::default();
    for input in inputs {
        match input {
            Input::Typed(bytes) => {
                for byte in bytes {
                    typed_byte(&mut guard, &mut ends, &mut model, byte);
                }
            }
            Input::Printed(bytes) => {
                for byte in bytes {
                    let event = guard.device(byte, &mut ends);
                    assert!(matches!(event, Event::None | Event::Polled(_)));
                    assert!(ends.device.is_empty(), "what the device prints sends nothing");
                }
                assert!(guard.mode() != Mode::Shut || ends.technician.is_empty());
            }
            Input::Quiet => {
                let event = guard.quiet(&mut ends);
                match event {
                    Event::Answered(answer) => {
                        assert_eq!(answer, Answer::Quit);
                        assert_eq!(mem::take(&mut ends.device), b"quit\r");
                    }
                    Event::Closed => {
                        assert!(mem::take(&mut model.closing));
                        model.closed += 1;
                        model.passwords = 0;
                    }
                    Event::Prompt(Session::Password) => assert!(model.passwords > 0 || guard.mode() == Mode::Full),
                    Event::Prompt(Session::Confirm) => assert!(model.confirms || guard.mode() == Mode::Full),
                    Event::Prompt(_) => (model.passwords, model.confirms) = (0, false),
                    other => assert_eq!(other, Event::None),
                }
                let sent = mem::take(&mut ends.device);
                assert!(sent.is_empty() || model.closing && (sent == b"exit\r" || sent == b"\x03"));
            }
            Input::Break => guard.line_break(&mut ends),
            Input::Pass(confirmation) => {
                let passed = guard.pass(confirmation, &mut ends);
                let expected = match model.waits.take() {
                    Some(Waits::Command { index, arguments, kind }) if kind != Arguments::NotPlain => {
                        let mut line = name(index).as_bytes().to_vec();
                        if !arguments.is_empty() {
                            line.push(b' ');
                            line.extend(arguments);
                        }
                        model.confirms |= passed && confirmation == Confirmation::Allowed;
                        Some(line)
                    }
                    Some(Waits::Name(name)) => {
                        // Where it is not sent, the password of a name that the board sent may still be due.
                        model.passwords = if passed { 1 } else { model.passwords };
                        model.entered += u32::from(passed);
                        Some(name)
                    }
                    _ => None,
                };
                let sent = mem::take(&mut ends.device);
                assert!(!passed || expected.is_some());
                assert_eq!(sent, if passed { [expected.unwrap(), vec![b'\r']].concat() } else { vec![] });
                model.passed += u32::from(passed);
            }
            Input::Refuse => {
                guard.refuse("no", &mut ends);
                model.waits = None;
            }
            Input::Open(mode) => {
                let before = guard.mode();
                let opens = guard.open(mode);
                assert!(!opens || !model.closing && mode >= before);
                assert_eq!(guard.mode(), if opens { mode } else { before });
            }
            Input::Close => {
                let event = guard.close(&mut ends);
                model.closing = event != Event::Closed;
                (model.waits, model.confirms, model.passwords) = (None, false, 0);
                let sent = mem::take(&mut ends.device);
                let ends_it = [&b"\x03"[..], b"\x03\r", b"\x03exit\r"].contains(&&sent[..]);
                assert_eq!(model.closing, ends_it);
                assert!(model.closing || sent.is_empty());
            }
            Input::Wake => {
                let woken = guard.wake(&mut ends);
                assert_eq!(mem::take(&mut ends.device), if woken { &b"\r"[..] } else { b"" });
            }
            Input::BeginPoll => {
                let polls = guard.begin_poll();
                assert!(!polls || !model.closing);
            }
            Input::SendPoll(index) => {
                let sent = guard.send_poll(index, &mut ends);
                assert!(!sent || POLLED.contains(index));
                let expected = if sent { format!("{}\r", name(index)) } else { String::new() };
                assert_eq!(mem::take(&mut ends.device), expected.into_bytes());
            }
            Input::LogIn => {
                let sent = guard.log_in(b"monitor", &mut ends);
                model.passwords += u32::from(sent);
                assert_eq!(mem::take(&mut ends.device), if sent { &b"monitor\r"[..] } else { b"" });
            }
            Input::GivePassword => {
                let sent = guard.give_password(b"S3cret", &mut ends);
                assert_eq!(mem::take(&mut ends.device), if sent { &b"S3cret\r"[..] } else { b"" });
            }
            Input::EndPoll => {
                guard.end_poll(&mut ends);
                let sent = mem::take(&mut ends.device);
                assert!(sent.is_empty() || sent == b"\x03");
            }
        }
        assert!(ends.device.is_empty());
        ends.technician.clear();
    }
    model
}

/// One key: what it may send follows from what was seen before it.
fn typed_byte(guard: &mut Guard, ends: &mut Ends, model: &mut Model, byte: u8) {
    let (before, mode) = (guard.session(), guard.mode());
    let event = guard.technician(byte, ends);
    let mut answered = None;
    match event {
        Event::Line(line) => {
            assert!(before == Session::Shell && mode != Mode::Shut);
            model.waits = Some(match line.lookup {
                Lookup::Command { index, arguments } => {
                    assert_eq!(Name::of(index).unwrap().to_string(), name(index));
                    Waits::Command { index, arguments: arguments.to_vec(), kind: line.arguments }
                }
                _ => Waits::NoCommand,
            });
        }
        Event::Login(typed) => {
            assert!(before == Session::Login && !typed.eq_ignore_ascii_case(b"recover"));
            model.waits = Some(Waits::Name(typed.to_vec()));
        }
        Event::RecoverLogin => model.waits = Some(Waits::Name(vec![])),
        Event::Answered(answer) => {
            assert!(before == Session::Confirm && (mode == Mode::Full || model.confirms));
            answered = Some(allowed_answers(answer));
            model.answered += 1;
        }
        other => assert!(matches!(other, Event::None | Event::Spoilt)),
    }
    // A passed `recover` is sent as it was typed, in either case.
    if event == Event::RecoverLogin {
        guard.refuse("no", ends);
        model.waits = None;
    }
    let sent = mem::take(&mut ends.device);
    let fits = match (&sent[..], answered) {
        ([], None) => true,
        (sent, Some(answer)) => sent == answer,
        (_, None) if mode == Mode::Shut => false,
        // A password, byte by byte; its end uses the prompt up.
        ([one], None) if before == Session::Password => {
            assert!(model.passwords > 0 || mode == Mode::Full);
            model.secrets += 1;
            assert!(*one == byte || *one == b'\r' && byte == b'\n');
            if *one == b'\r' && mode != Mode::Full {
                model.passwords = 0;
            }
            matches!(*one, b' '..=b'~' | b'\r')
        }
        (b"\r", None) => before != Session::Running && before != Session::Confirm,
        (b"\x03", None) => before == Session::Running && byte == 0x03,
        (b"exit\r", None) => before == Session::Shell,
        _ => false,
    };
    assert!(fits, "{byte:?} at {before:?} in {mode:?} sent {:?}", String::from_utf8_lossy(&sent));
}
