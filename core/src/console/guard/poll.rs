//! The board's own turn at the console (H-54).

#[cfg(doc)]
use super::Event;
use super::{Guard, INTERRUPT, Mode, Session, Sink, Turn, is_name, is_text, send_name};
use crate::lunash::{Name, POLLED};

impl Guard {
    /// Takes the turn, at an idle shell or login prompt; whether it has it.
    ///
    /// A line that the technician has begun stays: nothing of it is at the device, and a half-typed line must not put off
    /// the next reading. What is typed during the poll is dropped, and the begun line with it.
    pub fn begin_poll(&mut self) -> bool {
        let idle = self.turn == Turn::Technician && matches!(self.session, Session::Shell | Session::Login);
        if idle {
            self.turn = Turn::Poll;
        }
        idle
    }

    /// Sends one of the commands that the board reads ([`POLLED`]); whether it was sent. What the device prints comes back as
    /// [`Event::Polled`], and [`Event::Prompt`] when it is ready for more.
    pub fn send_poll(&mut self, index: u16, sink: &mut impl Sink) -> bool {
        let ready = self.turn == Turn::Poll && self.session == Session::Shell && POLLED.contains(index);
        let Some(name) = Name::of(index).filter(|_| ready) else { return false };
        send_name(name, sink);
        self.send(Session::Running, &[], sink);
        true
    }

    /// Logs the board itself in, at the login prompt; whether the name was sent. The prompt for the password follows.
    pub fn log_in(&mut self, name: &[u8], sink: &mut impl Sink) -> bool {
        let ready = self.turn == Turn::Poll && self.session == Session::Login && is_name(name);
        if ready {
            self.password_due = true;
            self.send(Session::Running, &[name], sink);
        }
        ready
    }

    /// Answers the prompt for the board's password; whether it was sent. A wrong one brings the login prompt back.
    pub fn give_password(&mut self, password: &[u8], sink: &mut impl Sink) -> bool {
        let ready = self.turn == Turn::Poll && self.session == Session::Password && password.iter().all(is_text);
        if ready {
            self.password_due = false;
            self.send(Session::Running, &[password], sink);
        }
        ready
    }

    /// Gives the turn back. A command that still runs is interrupted, and what it prints is shown to nobody; nor is it known
    /// whether a prompt comes, so that [`wake`](Self::wake) asks for one.
    pub fn end_poll(&mut self, sink: &mut impl Sink) {
        if self.turn == Turn::Poll {
            self.turn = Turn::Technician;
            self.give_up(sink);
        }
    }

    /// For a poll that could not begin: in [`Mode::Monitor`], where nothing is lost by it, what runs is interrupted likewise.
    /// It may have no end, or its prompt was lost.
    pub fn break_in(&mut self, sink: &mut impl Sink) {
        if self.turn == Turn::Technician && self.mode() == Mode::Monitor {
            self.give_up(sink);
        }
    }

    fn give_up(&mut self, sink: &mut impl Sink) {
        if !matches!(self.session, Session::Shell | Session::Login) {
            self.turn = Turn::Drain;
            self.session = Session::Unknown;
            self.finish_command();
            sink.to_device(INTERRUPT);
        }
    }
}
