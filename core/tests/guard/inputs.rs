//! What can happen to a guard, and what often happens together.

use super::bench::{PROMPT, QUESTION};
use std::sync::OnceLock;
use strongroom_core::console::guard::{Confirmation, Mode};

const CSV: &str = include_str!("../../../tests/console/luna-7.2-privileges.csv");

/// One thing that happens.
#[derive(Debug, Clone)]
pub(super) enum Input {
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

/// What people type, besides the names of commands.
pub(super) const TYPED: &[&str] = &[
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

/// What devices print.
pub(super) const PRINTED: &[&str] = &[
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

/// What people put behind a command.
pub(super) const ARGUMENTS: &[&str] = &["", " -a", " all", ";hsm init", " x y"];

/// What people answer when the device asks whether they are sure.
pub(super) const ANSWERS: &[&str] = &["proceed\r", "quit\r", "yes\r", "hsm init\r"];

/// How far a guard is open; monitoring most often.
pub(super) const MODES: &[Mode] = &[Mode::Shut, Mode::Monitor, Mode::Monitor, Mode::Grant, Mode::Full];

/// The names of the device's commands, from its own list.
pub(super) fn names() -> &'static [&'static str] {
    static NAMES: OnceLock<Vec<&str>> = OnceLock::new();
    NAMES.get_or_init(|| CSV.lines().skip(1).map(|row| row.split(',').next().unwrap()).collect())
}

/// The name of one command.
pub(super) fn name(index: u16) -> &'static str {
    names().get(usize::from(index)).unwrap()
}

/// The device prints and waits.
pub(super) fn waits(printed: Vec<u8>) -> Vec<Input> {
    vec![Input::Printed(b"\r\n".to_vec()), Input::Printed(printed), Input::Quiet]
}

/// A command is typed and passed.
pub(super) fn line(index: u16, arguments: &str, confirmation: Confirmation) -> Vec<Input> {
    vec![Input::Typed(format!("{}{arguments}\r", name(index)).into_bytes()), Input::Pass(confirmation)]
}

/// Somebody logs in, and their password is asked for.
pub(super) fn enters(confirmation: Confirmation) -> Vec<Input> {
    let name = [Input::Typed(b"monitor\r".to_vec()), Input::Pass(confirmation)];
    let password = [Input::Printed(b"\r\nPassword: ".to_vec()), Input::Quiet, Input::Typed(b"secret".to_vec())];
    [&name[..], &password].concat()
}

/// After `line` the device asks whether they are sure.
pub(super) fn asks(line: Vec<Input>, answer: &str) -> Vec<Input> {
    let question = [Input::Printed(QUESTION.as_bytes().to_vec()), Input::Quiet, Input::Typed(answer.as_bytes().to_vec())];
    [line, question.to_vec()].concat()
}
