//! The board's own readings (H-54).

use super::Monitor;
use crate::console::Parser;
use crate::console::guard::{Guard, Session, Sink};
use crate::lunash::POLLED;
use crate::reading::Reading;

/// How long one poll may take, in milliseconds. What does not answer in this time does not answer.
const POLL_MILLISECONDS: u64 = 30_000;

/// Tries to log in during one poll: the second one is for a login prompt that had timed out.
const LOGINS: u8 = 2;

/// How far a poll is.
#[derive(Debug)]
enum Step {
    /// The next one begins then.
    Due(u64),
    /// It runs until then at most.
    Runs(u64),
}

/// A poll: every command that the board reads, one after another.
#[derive(Debug)]
pub(super) struct Poll {
    step: Step,
    parser: Parser,
    /// The command to send next; those before it were.
    next: u16,
    /// Whether the prompt is back since something was sent.
    prompt: Option<Session>,
    logins: u8,
}

impl Poll {
    /// The first one begins then.
    pub(super) fn due(at: u64) -> Self {
        Self { step: Step::Due(at), parser: Parser::new(), next: 0, prompt: None, logins: 0 }
    }

    /// A byte that the device printed.
    pub(super) fn take(&mut self, byte: u8) {
        self.parser.feed(&[byte]);
    }

    /// The device waits for something.
    pub(super) fn prompted(&mut self, session: Session) {
        self.prompt = Some(session);
    }

    /// Ends it where it runs, without a reading: it begins anew when it can; whether it ran.
    pub(super) fn abandon(&mut self, millis: u64) -> bool {
        let runs = matches!(self.step, Step::Runs(_));
        if runs {
            self.step = Step::Due(millis);
        }
        runs
    }

    /// Goes on; the reading when it ends, `None` for one where the device did not answer.
    pub(super) fn turn(
        &mut self,
        millis: u64,
        monitor: &Monitor,
        guard: &mut Guard,
        sink: &mut impl Sink,
    ) -> Option<Option<Reading>> {
        let until = match self.step {
            Step::Due(at) if millis < at => return None,
            Step::Due(at) => {
                if !guard.begin_poll() {
                    // A device that is never idle does not answer either.
                    if millis < at.saturating_add(POLL_MILLISECONDS) {
                        return None;
                    }
                    guard.break_in(sink);
                    return Some(self.end(millis, monitor, false, guard, sink));
                }
                *self = Self::due(millis);
                let until = millis.saturating_add(POLL_MILLISECONDS);
                self.step = Step::Runs(until);
                self.prompt = Some(guard.session());
                until
            }
            Step::Runs(until) => until,
        };
        if millis >= until {
            return Some(self.end(millis, monitor, false, guard, sink));
        }
        match self.prompt.take() {
            Some(Session::Login) if self.logins == LOGINS => return Some(self.end(millis, monitor, false, guard, sink)),
            Some(Session::Login) => {
                self.logins = self.logins.saturating_add(1);
                guard.log_in(monitor.account(), sink);
            }
            Some(Session::Password) => _ = guard.give_password(monitor.password(), sink),
            Some(Session::Shell) => match POLLED.iter().find(|index| *index >= self.next) {
                Some(index) => {
                    self.next = index.saturating_add(1);
                    guard.send_poll(index, sink);
                }
                None => return Some(self.end(millis, monitor, true, guard, sink)),
            },
            _ => {}
        }
        None
    }

    fn end(
        &mut self,
        millis: u64,
        monitor: &Monitor,
        answered: bool,
        guard: &mut Guard,
        sink: &mut impl Sink,
    ) -> Option<Reading> {
        guard.end_poll(sink);
        self.step = Step::Due(millis.saturating_add(u64::from(monitor.poll_every).saturating_mul(1000)));
        answered.then(|| self.parser.finish().0)
    }
}

#[cfg(test)]
mod tests;
