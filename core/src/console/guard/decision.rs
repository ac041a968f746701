//! What becomes of a line: it passes by its own name, or it does not pass.

use super::{Confirmation, Guard, Line, Session, Sink, Turn, send_name};
use crate::lunash::{Arguments, Lookup, Name, lookup};
use crate::opening::Opening;

const NOT_PLAIN: &str = "refused: not plain";

/// What waits where it is an account's name, and no command's number.
pub(crate) const ACCOUNT: u16 = u16::MAX;

impl Guard {
    /// Sends what waits for a decision: the command's own name with its arguments, or the account's name. Whether it was
    /// sent: not if nothing waits any more, because the device has printed something since, nor if the line is no command
    /// or its arguments are not plain.
    ///
    /// `confirmation` is for this command; in [`Mode::Full`](super::Mode::Full) confirmations are always allowed.
    ///
    /// The caller vouches for it; a board asks by [`pass_by`](Self::pass_by).
    pub fn pass(&mut self, confirmation: Confirmation, sink: &mut impl Sink) -> bool {
        if self.turn == Turn::Decision && self.waiting().is_none() {
            self.refuse(NOT_PLAIN, sink);
            return false;
        }
        let opening = Opening::ask(|| self.waiting());
        self.pass_by(&opening, confirmation, sink)
    }

    /// As [`pass`](Self::pass), where the opening is for what waits.
    pub fn pass_by(&mut self, opening: &Opening, confirmation: Confirmation, sink: &mut impl Sink) -> bool {
        if self.turn != Turn::Decision {
            return false;
        }
        let Some(what) = self.waiting() else { return false };
        if !opening.opens(what) {
            return false;
        }
        self.turn = Turn::Technician;
        let line = Line::of(self.editor.text());
        match line.lookup {
            _ if self.session == Session::Login && opening.opens(ACCOUNT) => {
                sink.to_device(self.name());
                self.password_due = true;
            }
            Lookup::Command { index, arguments } if opening.opens(index) => {
                if let Some(name) = Name::of(index) {
                    send_name(name, sink);
                }
                if !arguments.is_empty() {
                    sink.to_device(b" ");
                    sink.to_device(arguments);
                }
                self.command = true;
                self.confirmation = confirmation;
            }
            _ => {}
        }
        self.send(Session::Running, &[], sink);
        true
    }

    /// What waits for a decision: the number of a command, or [`ACCOUNT`]. Read anew each time.
    #[inline(never)]
    pub(crate) fn waiting(&self) -> Option<u16> {
        match (self.turn, self.session) {
            (Turn::Decision, Session::Login) => Some(ACCOUNT),
            (Turn::Decision, _) => match self.line() {
                Line { lookup: Lookup::Command { index, .. }, arguments, .. } if arguments != Arguments::NotPlain => Some(index),
                _ => None,
            },
            _ => None,
        }
    }

    /// What was typed where a name is asked for.
    #[inline(never)]
    pub(crate) fn name(&self) -> &[u8] {
        self.editor.text().trim_ascii()
    }

    /// What was typed, read anew each time.
    #[inline(never)]
    pub(crate) fn line(&self) -> Line<'_> {
        Line::of(self.editor.text())
    }

    /// Drops what waits for a decision, and tells the technician why. Nothing is sent.
    pub fn refuse(&mut self, why: &str, sink: &mut impl Sink) {
        if self.turn == Turn::Decision {
            self.turn = Turn::Technician;
            self.show(why, sink);
        }
    }
}

impl<'a> Line<'a> {
    pub(super) fn of(text: &'a [u8]) -> Self {
        let lookup = lookup(text);
        let arguments = match lookup {
            Lookup::Command { arguments, .. } => Arguments::of(arguments),
            _ => Arguments::None,
        };
        Self { text, lookup, arguments }
    }
}
