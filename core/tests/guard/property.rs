//! Whatever comes from both sides, in whatever order, and however the caller decides.
//!
//! The model is outside of the guard: it knows the names of the commands from the device's own list, and what it has
//! itself passed.

use super::bench::{Ends, PROMPT, QUESTION};
use proptest::prelude::*;
use std::{mem, string::String, vec::Vec};
use strongroom_core::console::guard::{Answer, Confirmation, Event, Guard, Mode, Session};
use strongroom_core::lunash::{Arguments, COMMANDS, Lookup, Name, POLLED};

const CSV: &str = include_str!("../../../tests/console/luna-7.2-privileges.csv");

#[derive(Debug, Clone)]
enum Input {
    Typed(Vec<u8>),
    Printed(Vec<u8>),
    Quiet,
    Break,
    Pass(Confirmation),
    Refuse,
    Open(Mode),
    Close,
    Wake,
    BeginPoll,
    SendPoll(u16),
    LogIn,
    GivePassword,
    EndPoll,
}

fn typed() -> impl Strategy<Value = Vec<u8>> {
    let names: Vec<&'static str> = CSV.lines().skip(1).map(|row| row.split(',').next().unwrap()).collect();
    let words = [
        "\r",
        "\n",
        "\r\n",
        "\r",
        "\r",
        "\x03",
        "\x08",
        "\x15",
        "\x1b[A",
        "\x1b",
        "\x1b]",
        "\0",
        "proceed\r",
        "yes\r",
        "quit\r",
        "no\r",
        "exit\r",
        "recover\r",
        "monitor\r",
        "-f\r",
        "secret",
        "secret\r",
        ";",
        " -a",
        " all",
        "hsm fac",
        "stat sens\r",
        "status time\r",
    ];
    prop_oneof![
        3 => prop::sample::select(names).prop_map(|name| name.as_bytes().to_vec()),
        6 => prop::sample::select(words.to_vec()).prop_map(|word| word.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..8),
        1 => prop::collection::vec(b' '..=b'~', 0..150),
    ]
}

fn printed() -> impl Strategy<Value = Vec<u8>> {
    let words = [
        "\r\n",
        "\r\n",
        "lunash:>",
        PROMPT,
        "\r\nmyluna login: ",
        "\r\nPassword: ",
        "\r\n(current) UNIX password: ",
        QUESTION,
        "\r\n> ",
        "\r\nCommand Result : 0 (Success)\r\n",
        "\r\n[10g2] lunash:>",
        "\r\nlunash:>",
        "*",
        " ",
        "\0",
        "\r",
        "\x1b[2J",
        "x",
        "type 'proceed'\r\n",
    ];
    prop_oneof![
        8 => prop::sample::select(words.to_vec()).prop_map(|word| word.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..8),
    ]
}

fn confirmation() -> impl Strategy<Value = Confirmation> {
    prop_oneof![3 => Just(Confirmation::Refused), 1 => Just(Confirmation::Allowed)]
}

/// What belongs together comes together often enough to get anywhere.
fn scene() -> impl Strategy<Value = Vec<Input>> {
    let mode = prop::sample::select(vec![Mode::Shut, Mode::Monitor, Mode::Monitor, Mode::Grant, Mode::Full]);
    let lines = ["", " -a", " all", ";hsm init", " x y"].map(String::from).to_vec();
    let one = prop_oneof![
        12 => typed().prop_map(Input::Typed),
        8 => printed().prop_map(Input::Printed),
        6 => Just(Input::Quiet),
        1 => Just(Input::Break),
        2 => confirmation().prop_map(Input::Pass),
        1 => Just(Input::Refuse),
        1 => Just(Input::Close),
        1 => Just(Input::Wake),
        2 => Just(Input::BeginPoll),
        2 => (0..COMMANDS + 10).prop_map(Input::SendPoll),
        2 => prop::sample::select(POLLED.iter().collect::<Vec<_>>()).prop_map(Input::SendPoll),
        1 => Just(Input::LogIn),
        1 => Just(Input::GivePassword),
        2 => Just(Input::EndPoll),
    ];
    let waits = printed().prop_map(|bytes| vec![Input::Printed(b"\r\n".to_vec()), Input::Printed(bytes), Input::Quiet]);
    let line = (0..COMMANDS, prop::sample::select(lines), confirmation())
        .prop_map(|(index, arguments, confirmation)| {
            vec![Input::Typed(format!("{}{arguments}\r", name(index)).into_bytes()), Input::Pass(confirmation)]
        })
        .boxed();
    let enters = confirmation().prop_map(|confirmation| {
        let name = [Input::Typed(b"monitor\r".to_vec()), Input::Pass(confirmation)];
        let password = [Input::Printed(b"\r\nPassword: ".to_vec()), Input::Quiet, Input::Typed(b"secret".to_vec())];
        [&name[..], &password].concat()
    });
    let asks =
        (line.clone(), prop::sample::select(vec!["proceed\r", "quit\r", "yes\r", "hsm init\r"])).prop_map(|(line, answer)| {
            let question = [Input::Printed(QUESTION.as_bytes().to_vec()), Input::Quiet, Input::Typed(answer.as_bytes().to_vec())];
            [line, question.to_vec()].concat()
        });
    let opens = mode.prop_map(|mode| vec![Input::Open(mode)]);
    prop_oneof![3 => one.prop_map(|input| vec![input]), 4 => waits, 2 => line, 1 => enters, 1 => asks, 2 => opens]
}

fn scenes() -> impl Strategy<Value = Vec<Input>> {
    prop::collection::vec(scene(), 0..150).prop_map(|scenes| scenes.concat())
}

/// What waits for the caller, as the guard told it.
#[derive(Debug, Clone, PartialEq)]
enum Waits {
    Command { index: u16, arguments: Vec<u8>, kind: Arguments },
    NoCommand,
    Name(Vec<u8>),
}

/// What was told to the caller, and what may follow from it.
#[derive(Default)]
struct Model {
    waits: Option<Waits>,
    /// Names sent and passwords not yet: at most one.
    passwords: u32,
    /// Whether the last command passed may be confirmed.
    confirms: bool,
    /// An interrupt was sent to end a session, and its end was not told.
    closing: bool,
    passed: u32,
    closed: u32,
    entered: u32,
    answered: u32,
    secrets: u32,
}

fn name(index: u16) -> String {
    CSV.lines().nth(usize::from(index) + 1).unwrap().split(',').next().unwrap().into()
}

fn allowed_answers(answer: Answer) -> &'static [u8] {
    match answer {
        Answer::Proceed => b"proceed\r",
        Answer::Quit => b"quit\r",
        Answer::Yes => b"yes\r",
        Answer::No => b"no\r",
    }
}

fn run(inputs: Vec<Input>) -> Result<Model, TestCaseError> {
    let mut guard = Guard::new();
    let mut ends = Ends::default();
    let mut model = Model::default();
    for input in inputs {
        match input {
            Input::Typed(bytes) => {
                for byte in bytes {
                    typed_byte(&mut guard, &mut ends, &mut model, byte)?;
                }
            }
            Input::Printed(bytes) => {
                for byte in bytes {
                    let event = guard.device(byte, &mut ends);
                    prop_assert!(matches!(event, Event::None | Event::Polled(_)));
                    prop_assert!(ends.device.is_empty(), "what the device prints sends nothing");
                }
                prop_assert!(guard.mode() != Mode::Shut || ends.technician.is_empty());
            }
            Input::Quiet => {
                let event = guard.quiet(&mut ends);
                match event {
                    Event::Answered(answer) => {
                        prop_assert_eq!(answer, Answer::Quit);
                        prop_assert_eq!(mem::take(&mut ends.device), b"quit\r");
                    }
                    Event::Closed => {
                        prop_assert!(mem::take(&mut model.closing));
                        model.closed += 1;
                        model.passwords = 0;
                    }
                    Event::Prompt(Session::Password) => prop_assert!(model.passwords > 0 || guard.mode() == Mode::Full),
                    Event::Prompt(Session::Confirm) => prop_assert!(model.confirms || guard.mode() == Mode::Full),
                    Event::Prompt(_) => (model.passwords, model.confirms) = (0, false),
                    other => prop_assert_eq!(other, Event::None),
                }
                let sent = mem::take(&mut ends.device);
                prop_assert!(sent.is_empty() || model.closing && (sent == b"exit\r" || sent == b"\x03"));
            }
            Input::Break => guard.line_break(&mut ends),
            Input::Pass(confirmation) => {
                let passed = guard.pass(confirmation, &mut ends);
                let expected = match model.waits.take() {
                    Some(Waits::Command { index, arguments, kind }) if kind != Arguments::NotPlain => {
                        let mut line = name(index).into_bytes();
                        if !arguments.is_empty() {
                            line.push(b' ');
                            line.extend(arguments);
                        }
                        model.confirms |= passed && confirmation == Confirmation::Allowed;
                        Some(line)
                    }
                    Some(Waits::Name(name)) => {
                        model.passwords = u32::from(passed);
                        model.entered += u32::from(passed);
                        Some(name)
                    }
                    _ => None,
                };
                let sent = mem::take(&mut ends.device);
                prop_assert!(!passed || expected.is_some());
                prop_assert_eq!(sent, if passed { [expected.unwrap(), vec![b'\r']].concat() } else { vec![] });
                model.passed += u32::from(passed);
            }
            Input::Refuse => {
                guard.refuse("no", &mut ends);
                model.waits = None;
            }
            Input::Open(mode) => {
                let before = guard.mode();
                let opens = guard.open(mode);
                prop_assert!(!opens || !model.closing && mode >= before);
                prop_assert_eq!(guard.mode(), if opens { mode } else { before });
            }
            Input::Close => {
                let event = guard.close(&mut ends);
                model.closing = event != Event::Closed;
                (model.waits, model.confirms, model.passwords) = (None, false, 0);
                let sent = mem::take(&mut ends.device);
                let ends_it = [&b"\x03"[..], b"\x03\r", b"\x03exit\r"].contains(&&sent[..]);
                prop_assert_eq!(model.closing, ends_it);
                prop_assert!(model.closing || sent.is_empty());
            }
            Input::Wake => {
                let woken = guard.wake(&mut ends);
                prop_assert_eq!(mem::take(&mut ends.device), if woken { &b"\r"[..] } else { b"" });
            }
            Input::BeginPoll => {
                let polls = guard.begin_poll();
                prop_assert!(!polls || !model.closing);
            }
            Input::SendPoll(index) => {
                let sent = guard.send_poll(index, &mut ends);
                prop_assert!(!sent || POLLED.contains(index));
                let expected = if sent { format!("{}\r", name(index)) } else { String::new() };
                prop_assert_eq!(mem::take(&mut ends.device), expected.into_bytes());
            }
            Input::LogIn => {
                let sent = guard.log_in(b"monitor", &mut ends);
                model.passwords += u32::from(sent);
                prop_assert_eq!(mem::take(&mut ends.device), if sent { &b"monitor\r"[..] } else { b"" });
            }
            Input::GivePassword => {
                let sent = guard.give_password(b"S3cret", &mut ends);
                prop_assert_eq!(mem::take(&mut ends.device), if sent { &b"S3cret\r"[..] } else { b"" });
            }
            Input::EndPoll => {
                guard.end_poll(&mut ends);
                let sent = mem::take(&mut ends.device);
                prop_assert!(sent.is_empty() || sent == b"\x03");
            }
        }
        prop_assert!(ends.device.is_empty());
        ends.technician.clear();
    }
    Ok(model)
}

/// One key: what it may send follows from what was seen before it.
fn typed_byte(guard: &mut Guard, ends: &mut Ends, model: &mut Model, byte: u8) -> Result<(), TestCaseError> {
    let (before, mode) = (guard.session(), guard.mode());
    let event = guard.technician(byte, ends);
    let mut answered = None;
    match event {
        Event::Line(line) => {
            prop_assert!(before == Session::Shell && mode != Mode::Shut);
            model.waits = Some(match line.lookup {
                Lookup::Command { index, arguments } => {
                    prop_assert_eq!(Name::of(index).unwrap().to_string(), name(index));
                    Waits::Command { index, arguments: arguments.to_vec(), kind: line.arguments }
                }
                _ => Waits::NoCommand,
            });
        }
        Event::Login(typed) => {
            prop_assert!(before == Session::Login && !typed.eq_ignore_ascii_case(b"recover"));
            model.waits = Some(Waits::Name(typed.to_vec()));
        }
        Event::RecoverLogin => model.waits = Some(Waits::Name(vec![])),
        Event::Answered(answer) => {
            prop_assert!(before == Session::Confirm && (mode == Mode::Full || model.confirms));
            answered = Some(allowed_answers(answer));
            model.answered += 1;
        }
        other => prop_assert!(matches!(other, Event::None | Event::Spoilt)),
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
            prop_assert!(model.passwords > 0 || mode == Mode::Full);
            model.secrets += 1;
            prop_assert!(*one == byte || *one == b'\r' && byte == b'\n');
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
    prop_assert!(fits, "{:?} at {:?} in {:?} sent {:?}", byte, before, mode, String::from_utf8_lossy(&sent));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn only_what_was_decided_reaches_the_device(inputs in scenes()) {
        run(inputs)?;
    }

    #[test]
    fn any_bytes_are_survived(bytes in prop::collection::vec((any::<bool>(), any::<u8>()), 0..2000)) {
        let inputs = bytes.into_iter().map(|(typed, byte)| if typed { Input::Typed(vec![byte]) } else { Input::Printed(vec![byte]) });
        run([Input::Open(Mode::Full)].into_iter().chain(inputs).collect())?;
    }
}

/// The property is about something: random inputs do pass lines, log in, and close.
#[test]
fn the_random_inputs_get_somewhere() {
    use proptest::{strategy::ValueTree, test_runner::TestRunner};
    let mut runner = TestRunner::deterministic();
    let mut seen = [0; 5];
    for _ in 0..500 {
        let model = run(scenes().new_tree(&mut runner).unwrap().current()).unwrap();
        let these = [model.passed, model.closed, model.entered, model.answered, model.secrets];
        seen.iter_mut().zip(these).for_each(|(sum, these)| *sum += these);
    }
    assert!(seen.iter().all(|sum| *sum > 30), "passed, closed, entered, answered, secrets: {seen:?}");
}

#[test]
fn a_guard_is_small() {
    assert!(size_of::<Guard>() <= 320, "{} bytes", size_of::<Guard>());
}
