//! The guard between a technician's terminal and the device's console (H-04, H-05, H-53).
//!
//! Two serial lines end here, and no byte of the technician's goes from one to the other. What is typed
//! is collected into a line; the line is shown to the caller, who decides; what then goes out is the
//! command's own name and plain arguments. The guard decides nothing but what a line is.
//!
//! # Operations
//!
//! | Caller's | When |
//! |---|---|
//! | [`technician`](Guard::technician), [`device`](Guard::device) | a byte came from that side |
//! | [`line_break`](Guard::line_break) | the technician's line was held in BREAK |
//! | [`quiet`](Guard::quiet) | the device has printed nothing for [`QUIET_MILLISECONDS`] |
//! | [`pass`](Guard::pass), [`pass_by`](Guard::pass_by), [`refuse`](Guard::refuse) | the answer to [`Event::Line`], [`Event::Login`], [`Event::RecoverLogin`] |
//! | [`open`](Guard::open), [`open_by`](Guard::open_by), [`close`](Guard::close) | access begins; access ends |
//! | [`wake`](Guard::wake) | the session is [`Session::Unknown`], as it is at first |
//! | [`begin_poll`](Guard::begin_poll) … [`end_poll`](Guard::end_poll) | the board's own turn |
//!
//! # Properties
//!
//! - **Nothing is forwarded that was typed**, but for the bytes of a password, at a password prompt that a passed log-in
//!   or, in [`Mode::Full`], a passed command led to. Those are neither kept nor echoed nor told.
//! - **One line, one decision.** What is typed before the prompt is back is dropped, and with it the rest of its line.
//! - **A prompt is the whole of its line, and the last thing printed.** Text that looks like one and is followed
//!   by more is text: that is what the quiet is for. What cannot be told apart is a fake prompt after which the device
//!   itself falls silent; it lets the caller pass a further line, which may then come too early.
//! - **What is not understood takes nothing.** A session of which no prompt was seen takes no line until one is.
//! - **Access ends in one direction.** Modes are only raised; [`close`](Guard::close) is the way down.
//! - **The terminal is not the device's either.** Of what the device prints only text and line ends are shown: no
//!   sequence that makes a terminal type or hide.

mod decision;
mod device;
mod editor;
mod keys;
mod poll;
mod screen;
mod technician;

use crate::command::Action;
use crate::lunash::{Arguments, Lookup, Name};
use crate::opening::{Level, Opening};
use crate::word::words;
#[cfg(feature = "board")]
pub(crate) use decision::ACCOUNT;
pub use editor::CAPACITY as LINE_CAPACITY;
use editor::Editor;
use keys::Keys;
use screen::Screen;

/// How long the device must have printed nothing before [`Guard::quiet`] is called, in milliseconds: some
/// fifty characters at 9600 baud. Longer is safer, shorter is not.
pub const QUIET_MILLISECONDS: u32 = 50;

/// The longest name of an account, in bytes.
const NAME_CAPACITY: usize = 32;

const EXIT: &[u8] = b"exit";
const INTERRUPT: &[u8] = b"\x03";
const BELL: &[u8] = b"\x07";

/// Where bytes go.
pub trait Sink {
    /// To the device's console.
    fn to_device(&mut self, bytes: &[u8]);
    /// To the technician's terminal.
    fn to_technician(&mut self, bytes: &[u8]);
}

words! {
    /// How far the technician's side is open.
    #[derive(PartialOrd, Ord)]
    pub enum Mode {
        /// Nothing passes, either way. The board itself can poll.
        Shut = 0 "shut",
        /// The monitoring role (H-05).
        Monitor = 1 "monitor",
        /// An approved request (L-39).
        Grant = 2 "grant",
        /// No tenant is bound, and two persons of the provider are there: confirmations and commands that ask for
        /// passwords work.
        Full = 3 "full",
    }
}

words! {
    /// What the device is doing, as far as it can be told.
    pub enum Session {
        /// No prompt was seen since something happened that nobody asked for.
        Unknown = 0 "unknown",
        /// It waits for an account's name.
        Login = 1 "login",
        /// It waits for a password.
        Password = 2 "password",
        /// It waits for a command.
        Shell = 3 "shell",
        /// It waits for `proceed` or `quit`.
        Confirm = 4 "confirm",
        /// It works on what was sent to it.
        Running = 5 "running",
    }
}

words! {
    /// Whether a command that asks for confirmation may be confirmed.
    pub enum Confirmation {
        /// The guard answers `quit` itself.
        Refused = 0 "refused",
        /// The technician answers.
        Allowed = 1 "allowed",
    }
}

words! {
    /// An answer to a confirmation prompt. Its name is what the device is sent.
    pub enum Answer {
        /// `proceed`
        Proceed = 1 "proceed",
        /// `quit`
        Quit = 2 "quit",
        /// `yes`
        Yes = 3 "yes",
        /// `no`
        No = 4 "no",
    }
}

impl Answer {
    const fn word(self) -> &'static [u8] {
        self.name().as_bytes()
    }
}

/// A line typed at the shell's prompt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line<'a> {
    /// What was typed: printable ASCII, at most [`LINE_CAPACITY`] bytes. For a digest; not for the device.
    pub text: &'a [u8],
    /// What it is.
    pub lookup: Lookup<'a>,
    /// Of what kind its arguments are. With [`Arguments::NotPlain`] it cannot be passed.
    pub arguments: Arguments,
}

/// The number that no command has.
const NO_COMMAND: u16 = u16::MAX;

impl Line<'_> {
    /// What to ask the engine about it. Where that is accepted, [`Guard::pass`] it; else [`Guard::refuse`] it with the
    /// text of the reply's rule.
    #[must_use]
    pub fn action(&self) -> Action {
        let command = match self.lookup {
            Lookup::Command { index, .. } => index,
            Lookup::Ambiguous | Lookup::Unknown | Lookup::Empty => NO_COMMAND,
        };
        Action::ConsoleLine { command, arguments: self.arguments, line: crate::canonical::sha256(&[self.text]) }
    }
}

/// What the caller has to act on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event<'a> {
    /// Nothing.
    None,
    /// A line at the shell's prompt. It waits for [`Guard::pass`] or [`Guard::refuse`].
    Line(Line<'a>),
    /// An account's name at the login prompt. It waits likewise. People type passwords here by mistake: it does
    /// not belong into a log.
    Login(&'a [u8]),
    /// The account that resets the administrator's password (H-04). It waits likewise.
    RecoverLogin,
    /// A line that was refused because something of it is missing: too long, or torn by a broken sequence.
    Spoilt,
    /// A confirmation prompt was answered, by the technician or, with `quit`, by the guard.
    Answered(Answer),
    /// The device waits, and for what. [`Session::Login`] means that nobody is logged in.
    Prompt(Session),
    /// A byte that the device printed during a poll.
    Polled(u8),
    /// The session that [`Guard::close`] was to end has ended.
    Closed,
}

/// Whose turn it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    Technician,
    /// The caller's, about the line that is in the editor.
    Decision,
    Poll,
    /// A poll was given up: what it still prints is not the technician's.
    Drain,
    Closing,
}

/// The guard. Its size is all the memory it has, whatever comes: 252 bytes on a Cortex-M3.
///
/// In this order, so that its flags are near: an instruction that reaches further is twice as long.
#[derive(Clone)]
#[repr(C)]
pub struct Guard {
    /// The [`Mode`].
    level: Level,
    session: Session,
    turn: Turn,
    confirmation: Confirmation,
    /// A name was sent, and its password was not.
    password_due: bool,
    /// Bytes of the password so far.
    password: u8,
    /// A command of the technician's runs.
    command: bool,
    /// The beginning of this line was dropped, so all of it is.
    dropping: bool,
    /// The technician knows that the device is busy.
    told: bool,
    keys: Keys,
    editor: Editor,
    screen: Screen,
}

impl core::fmt::Debug for Guard {
    /// Without what was typed.
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let mut guard = formatter.debug_struct("Guard");
        guard.field("mode", &self.mode()).field("session", &self.session).field("turn", &self.turn).finish_non_exhaustive()
    }
}

impl Default for Guard {
    fn default() -> Self {
        Self::new()
    }
}

impl Guard {
    /// Shut, and nothing known of the device.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            level: Level::new(Mode::Shut as u8),
            session: Session::Unknown,
            turn: Turn::Technician,
            confirmation: Confirmation::Refused,
            keys: Keys::new(),
            editor: Editor::new(),
            screen: Screen::new(),
            password_due: false,
            password: 0,
            command: false,
            dropping: false,
            told: false,
        }
    }

    /// How far it is open. Where a bit of that has turned it is shut.
    #[must_use]
    #[inline(never)]
    pub fn mode(&self) -> Mode {
        match self.level.get() {
            3 => Mode::Full,
            2 => Mode::Grant,
            1 => Mode::Monitor,
            _ => Mode::Shut,
        }
    }

    /// What the device is doing.
    #[must_use]
    pub const fn session(&self) -> Session {
        self.session
    }

    /// Raises the mode. It is never lowered so, nor raised while a session is being closed; whether it is set now. What was
    /// typed before is dropped: it was another one's, or for less.
    ///
    /// The caller vouches for it; a board asks by [`open_by`](Self::open_by).
    pub fn open(&mut self, mode: Mode) -> bool {
        self.open_by(&Opening::ask(|| Some(mode as u16)), mode)
    }

    /// As [`open`](Self::open), where the opening is for this mode.
    pub fn open_by(&mut self, opening: &Opening, mode: Mode) -> bool {
        let opens = self.turn != Turn::Closing && mode >= self.mode() && opening.opens(mode as u16);
        if opens && mode > self.mode() && self.turn != Turn::Decision {
            self.drop_line();
        }
        if opens && opening.opens(mode as u16) {
            self.level = Level::new(mode as u8);
        }
        opens
    }

    /// Ends access: shuts, drops what was typed, interrupts what runs, and logs out at the prompt that comes back.
    ///
    /// The login prompt after that is [`Event::Closed`], once; where the device stands at it already, this call returns
    /// it. Until then nothing is shown: what the device still prints belongs to the access that has ended. When nothing
    /// comes the call may be repeated: it interrupts again, and sends a CR for the prompt.
    pub fn close(&mut self, sink: &mut impl Sink) -> Event<'static> {
        self.level = Level::new(Mode::Shut as u8);
        self.drop_line();
        self.finish_command();
        if self.session == Session::Login {
            self.turn = Turn::Technician;
            return Event::Closed;
        }
        sink.to_device(INTERRUPT);
        match self.session {
            Session::Shell => _ = self.send(Session::Running, &[EXIT], sink),
            _ if self.turn == Turn::Closing => sink.to_device(b"\r"),
            _ => {}
        }
        self.session = Session::Running;
        self.turn = Turn::Closing;
        Event::None
    }

    /// Forgets what the device waits for: text may have looked like a prompt. Before [`close`](Self::close), so that it does
    /// not take a login prompt's word for it that nobody is logged in, and lets the device say so anew.
    pub const fn doubt(&mut self) {
        self.session = Session::Unknown;
    }

    /// Sends one CR to a device that nothing was asked of, so that it shows its prompt; whether it was sent. Needed when
    /// the board starts, and when something the device printed by itself has moved the prompt away.
    pub fn wake(&mut self, sink: &mut impl Sink) -> bool {
        let wakes = self.session == Session::Unknown;
        if wakes {
            sink.to_device(b"\r");
        }
        wakes
    }

    /// The technician's line was held in BREAK. The device does not learn of it.
    pub fn line_break(&mut self, sink: &mut impl Sink) {
        sink.to_technician(BELL);
    }
}

impl Guard {
    /// Ends a line to the device with these words, and forgets the one that was typed, but for a poll: what the technician
    /// has begun is not part of that.
    fn send(&mut self, session: Session, words: &[&[u8]], sink: &mut impl Sink) -> Event<'static> {
        for word in words {
            sink.to_device(word);
        }
        sink.to_device(b"\r");
        self.session = session;
        self.screen.answered();
        if self.turn != Turn::Poll {
            self.editor.wipe();
        }
        Event::None
    }

    /// Forgets the line that was typed; if one was begun, its rest as well.
    #[inline(never)]
    fn drop_line(&mut self) {
        self.dropping |= !self.editor.text().is_empty();
        self.editor.wipe();
    }

    /// Forgets the line that was typed, says why, and shows the prompt again.
    fn show(&mut self, why: &str, sink: &mut impl Sink) {
        self.editor.wipe();
        show(why, sink);
        sink.to_technician(self.screen.text());
    }
}

fn send_name(name: Name, sink: &mut impl Sink) {
    for (number, word) in name.words().enumerate() {
        if number > 0 {
            sink.to_device(b" ");
        }
        sink.to_device(word);
    }
}

fn show(why: &str, sink: &mut impl Sink) {
    sink.to_technician(why.as_bytes());
    sink.to_technician(b"\r\n");
}

/// A letter or digit first: what begins with `-` is an option to the program that asks for the name.
fn is_name(text: &[u8]) -> bool {
    let (first, rest) = match text.split_first() {
        Some((first, rest)) => (first, rest),
        None => return false,
    };
    let is_rest = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
    text.len() <= NAME_CAPACITY && first.is_ascii_alphanumeric() && rest.iter().all(is_rest)
}

fn is_text(byte: &u8) -> bool {
    matches!(byte, b' '..=b'~')
}
