//! What the device prints, and where its session stands after it.

#[cfg(doc)]
use super::QUIET_MILLISECONDS;
use super::{Answer, Confirmation, EXIT, Event, Guard, INTERRUPT, Mode, Session, Sink, Turn, screen::Prompt};

impl Guard {
    /// Takes one byte that the device printed.
    pub fn device(&mut self, byte: u8, sink: &mut impl Sink) -> Event<'static> {
        let echoes = self.session == Session::Password && byte == b'*';
        if byte != 0 && byte != b' ' && !echoes {
            self.leave_prompt();
        }
        if byte != 0 && !echoes {
            self.screen.push(byte);
        }
        match self.turn {
            Turn::Poll => return Event::Polled(byte),
            Turn::Technician | Turn::Decision if self.mode() != Mode::Shut => match byte {
                b' '..=b'~' | b'\r' | b'\n' | b'\t' | 0x07 | 0x08 => sink.to_technician(&[byte]),
                0 => {}
                _ => sink.to_technician(b"?"),
            },
            _ => {}
        }
        Event::None
    }

    /// Takes note that the device has been quiet for [`QUIET_MILLISECONDS`]. What it printed last may be a prompt.
    ///
    /// One call after each burst is enough; more do nothing.
    pub fn quiet(&mut self, sink: &mut impl Sink) -> Event<'static> {
        let Some(prompt) = self.screen.settle() else { return Event::None };
        let closing = self.turn == Turn::Closing;
        let runs = self.session == Session::Running;
        let full = self.mode() == Mode::Full;
        match prompt {
            Prompt::Login if closing => {
                self.turn = Turn::Technician;
                self.session = Session::Login;
                Event::Closed
            }
            Prompt::Login => self.wait(Session::Login),
            // The interrupt may have eaten the beginning of an `exit`: each prompt gets a new one.
            Prompt::Shell if closing => self.send(Session::Running, &[EXIT], sink),
            Prompt::Shell => self.wait(Session::Shell),
            Prompt::Password if closing => {
                sink.to_device(INTERRUPT);
                Event::None
            }
            Prompt::Password if runs && (full || self.password_due) => {
                self.password = 0;
                self.at(Session::Password)
            }
            Prompt::Question if runs && self.may_confirm() => self.at(Session::Confirm),
            Prompt::Silence if runs && full && self.may_confirm() => self.at(Session::Confirm),
            Prompt::Question if runs => {
                self.send(Session::Running, &[Answer::Quit.word()], sink);
                Event::Answered(Answer::Quit)
            }
            Prompt::Password | Prompt::Question | Prompt::Silence => Event::None,
        }
    }

    /// The device waits for the next thing to do: what went before is over.
    fn wait(&mut self, session: Session) -> Event<'static> {
        self.finish_command();
        if self.turn == Turn::Drain {
            self.turn = Turn::Technician;
        }
        self.at(session)
    }

    fn at(&mut self, session: Session) -> Event<'static> {
        self.session = session;
        self.told = false;
        Event::Prompt(session)
    }

    fn may_confirm(&self) -> bool {
        self.turn == Turn::Technician && (self.mode() == Mode::Full || self.confirmation == Confirmation::Allowed)
    }

    /// More was printed after the prompt: it is none any more.
    fn leave_prompt(&mut self) {
        self.session = match self.session {
            Session::Shell | Session::Login => Session::Unknown,
            Session::Password | Session::Confirm => Session::Running,
            Session::Running | Session::Unknown => return,
        };
        self.drop_line();
        if self.turn == Turn::Decision {
            self.turn = Turn::Technician;
        }
    }

    pub(super) fn finish_command(&mut self) {
        self.command = false;
        self.password_due = false;
        self.confirmation = Confirmation::Refused;
    }
}
