//! What becomes of a line: it passes by its own name, or it does not pass.

use super::{Confirmation, Guard, Line, Session, Sink, Turn, send_name};
use crate::lunash::{Arguments, Lookup, Name, lookup};

const NOT_PLAIN: &str = "refused: not plain";

impl Guard {
    /// Sends what waits for a decision: the command's own name with its arguments, or the account's name. Whether it was
    /// sent: not if nothing waits any more, because the device has printed something since, nor if the line is no command
    /// or its arguments are not plain.
    ///
    /// `confirmation` is for this command; in [`Mode::Full`](super::Mode::Full) confirmations are always allowed.
    pub fn pass(&mut self, confirmation: Confirmation, sink: &mut impl Sink) -> bool {
        if self.turn != Turn::Decision {
            return false;
        }
        self.turn = Turn::Technician;
        if self.session == Session::Login {
            sink.to_device(self.editor.text().trim_ascii());
            self.password_due = true;
        } else {
            let line = Line::of(self.editor.text());
            let name = match line.lookup {
                Lookup::Command { index, arguments } if line.arguments != Arguments::NotPlain => {
                    Name::of(index).map(|name| (name, arguments))
                }
                _ => None,
            };
            let Some((name, arguments)) = name else {
                self.show(NOT_PLAIN, sink);
                return false;
            };
            send_name(name, sink);
            if !arguments.is_empty() {
                sink.to_device(b" ");
                sink.to_device(arguments);
            }
            self.command = true;
            self.confirmation = confirmation;
        }
        self.send(Session::Running, &[], sink);
        true
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
