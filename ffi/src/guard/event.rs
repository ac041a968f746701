//! What a caller of the guard has to act on, as C has it: copied out, without a pointer.

use crate::console::Found;
use crate::kind::kinds;
use core::ffi::c_char;
use core::ptr::NonNull;
use strongroom_core::Action;
use strongroom_core::console::guard::{self, LINE_CAPACITY, Line};
use strongroom_core::lunash::COMMANDS;

/// The number that no command has.
pub const STRONGROOM_NO_COMMAND: u16 = 65535;

/// The longest line that a technician can type, in bytes.
pub const STRONGROOM_LINE_CAPACITY: usize = 128;

const _: () = {
    assert!(COMMANDS < STRONGROOM_NO_COMMAND);
    assert!(STRONGROOM_LINE_CAPACITY == LINE_CAPACITY, "one number, written down where C can read it");
    assert!(size_of::<Event>() == 41 + STRONGROOM_LINE_CAPACITY + 1, "no padding, and room for the final zero");
};

kinds! {
    /// What happened.
    pub enum Kind {
        /// Nothing.
        None = 0 "none",
        /// A line at the shell's prompt.
        Line = 1 "line",
        /// An account's name at the login prompt.
        Login = 2 "login",
        /// The account that resets the administrator's password.
        RecoverLogin = 3 "recover_login",
        /// A line of which something is missing.
        Spoilt = 4 "spoilt",
        /// A confirmation prompt was answered.
        Answered = 5 "answered",
        /// The device waits.
        Prompt = 6 "prompt",
        /// A byte that the device printed during a poll.
        Polled = 7 "polled",
        /// The session that was to end has ended.
        Closed = 8 "closed",
    }
}

/// What the caller has to act on. What does not belong to its kind is zero.
///
/// A line, a login and a recover login wait for strongroom_guard_pass or strongroom_guard_refuse. For a line ask
/// the engine with a `console_line` command made of `command`, `arguments` and `digest`, for a recover login with
/// `recover_login`.
#[derive(Debug, Clone, Copy)]
#[repr(C)]
pub struct Event {
    /// What happened: STRONGROOM_EVENT_*.
    pub kind: u8,
    /// Of a prompt: what the device waits for, STRONGROOM_SESSION_*; STRONGROOM_SESSION_LOGIN means that nobody
    /// is logged in.
    pub session: u8,
    /// Of a confirmation that was answered, by the technician or, with `quit`, by the guard:
    /// STRONGROOM_ANSWER_*.
    pub answer: u8,
    /// Of a poll: what the device printed.
    pub byte: u8,
    /// Of a line: what it is, STRONGROOM_FOUND_*.
    pub found: u8,
    /// Of a line: of what kind its arguments are, STRONGROOM_ARGUMENTS_*.
    pub arguments: u8,
    /// Of a line: which command it is; STRONGROOM_NO_COMMAND where it is none.
    pub command: u16,
    /// Of a line: SHA-256 of what was typed.
    pub digest: [u8; 32],
    /// How many bytes `text` has, its final zero not counted.
    pub length: u8,
    /// Of a line: what was typed, not for the device. Of a login: the account's name; people type passwords
    /// there by mistake, so it does not belong into a log. Printable ASCII, and zeros.
    pub text: [c_char; 129],
}

impl Event {
    /// Nothing.
    const NOTHING: Self = Self {
        kind: Kind::None as u8,
        session: 0,
        answer: 0,
        byte: 0,
        found: 0,
        arguments: 0,
        command: 0,
        digest: [0; 32],
        length: 0,
        text: [0; 129],
    };

    /// Writes an event of the core's, in place, so that what was typed is not on the stack as well.
    ///
    /// # Safety
    ///
    /// `place` is aligned and good for one event that nobody else uses.
    pub(super) unsafe fn write(place: NonNull<Self>, happened: &guard::Event<'_>) {
        // SAFETY: by this function's contract.
        let event = unsafe {
            place.write(Self::NOTHING);
            &mut *place.as_ptr()
        };
        let kind = match *happened {
            guard::Event::None => Kind::None,
            guard::Event::Line(line) => {
                event.set_line(&line);
                Kind::Line
            }
            guard::Event::Login(name) => {
                event.set_text(name);
                Kind::Login
            }
            guard::Event::RecoverLogin => Kind::RecoverLogin,
            guard::Event::Spoilt => Kind::Spoilt,
            guard::Event::Answered(answer) => {
                event.answer = answer as u8;
                Kind::Answered
            }
            guard::Event::Prompt(session) => {
                event.session = session as u8;
                Kind::Prompt
            }
            guard::Event::Polled(byte) => {
                event.byte = byte;
                Kind::Polled
            }
            guard::Event::Closed => Kind::Closed,
        };
        event.kind = kind as u8;
    }

    fn set_line(&mut self, line: &Line<'_>) {
        self.set_text(line.text);
        self.found = Found::of(&line.lookup) as u8;
        // What the engine is asked, so that nothing is numbered or hashed in two ways.
        if let Action::ConsoleLine { command, arguments, line } = line.action() {
            self.command = command;
            self.arguments = arguments as u8;
            self.digest = line.0;
        }
    }

    fn set_text(&mut self, text: &[u8]) {
        for (place, byte) in self.text.iter_mut().take(STRONGROOM_LINE_CAPACITY).zip(text) {
            *place = byte.cast_signed() as c_char;
            self.length = self.length.saturating_add(1);
        }
    }
}
