//! What the technician types, up to the line that waits for a decision.

use super::{Answer, BELL, EXIT, Event, Guard, INTERRUPT, Mode, Session, Sink, Turn, is_name, keys::Key, show};

/// The longest password, in bytes. What is typed beyond is dropped.
const PASSWORD_CAPACITY: u8 = 128;

const RUBOUT: &[u8] = b"\x08 \x08";

const BUSY: &str = "not while the device is busy";
const SHUT: &str = "the console is shut";
const SPOILT: &str = "refused: not a whole line";
const NOT_A_NAME: &str = "refused: not a name";
const NOT_AN_ANSWER: &str = "answer proceed, quit, yes or no";

impl Guard {
    /// Takes one byte that the technician typed.
    pub fn technician(&mut self, byte: u8, sink: &mut impl Sink) -> Event<'_> {
        let key = self.keys.take(byte);
        let open = self.mode() != Mode::Shut && self.turn == Turn::Technician;
        match self.session {
            _ if key == Key::Part => Event::None,
            Session::Shell | Session::Login | Session::Confirm | Session::Password if open && self.dropping => {
                self.finish_dropping(key, sink)
            }
            Session::Shell | Session::Login | Session::Confirm if open => self.edit(key, sink),
            // What asks for a password is in here twice, because all that is typed goes out.
            Session::Password if open && (self.password_due || self.mode() == Mode::Full) => self.take_password(key, sink),
            _ => self.take_nothing(key, open, sink),
        }
    }

    fn edit(&mut self, key: Key, sink: &mut impl Sink) -> Event<'_> {
        match key {
            Key::Text(byte) => {
                let echo = if self.editor.push(byte) { &[byte] } else { BELL };
                sink.to_technician(echo);
            }
            Key::Erase => sink.to_technician(if self.editor.pop() { RUBOUT } else { BELL }),
            Key::Kill => {
                while self.editor.pop() {
                    sink.to_technician(RUBOUT);
                }
                self.editor.wipe();
            }
            Key::Cancel => self.show("^C", sink),
            Key::End => {
                sink.to_technician(b"\r\n");
                return self.complete(sink);
            }
            Key::Torn => {
                self.editor.spoil();
                return self.complete(sink);
            }
            Key::Other | Key::Part => sink.to_technician(BELL),
        }
        Event::None
    }

    /// The rest of a line whose beginning was dropped.
    fn finish_dropping(&mut self, key: Key, sink: &mut impl Sink) -> Event<'static> {
        match key {
            Key::End | Key::Torn | Key::Kill | Key::Cancel => {
                self.dropping = false;
                self.show(SPOILT, sink);
            }
            _ => sink.to_technician(BELL),
        }
        Event::None
    }

    /// No line is taken now. What is typed is dropped, and the rest of its line with it.
    fn take_nothing(&mut self, key: Key, open: bool, sink: &mut impl Sink) -> Event<'static> {
        match key {
            Key::Cancel if open && self.command && self.session == Session::Running => {
                self.dropping = false;
                sink.to_device(INTERRUPT);
            }
            Key::End | Key::Torn => {
                self.dropping = false;
                if self.mode() == Mode::Shut {
                    show(SHUT, sink);
                } else if open {
                    self.wake(sink);
                }
            }
            Key::Text(_) => {
                // The line that waits for a decision stays what it was.
                if self.turn != Turn::Decision {
                    self.editor.wipe();
                }
                self.dropping = true;
                sink.to_technician(BELL);
                if open && !self.told {
                    self.told = true;
                    show(BUSY, sink);
                }
            }
            _ => sink.to_technician(BELL),
        }
        Event::None
    }

    fn take_password(&mut self, key: Key, sink: &mut impl Sink) -> Event<'static> {
        match key {
            Key::Text(byte) if self.password < PASSWORD_CAPACITY => {
                self.password = self.password.saturating_add(1);
                sink.to_device(&[byte]);
            }
            Key::End => {
                self.password_due = false;
                self.send(Session::Running, &[], sink);
            }
            _ => sink.to_technician(BELL),
        }
        Event::None
    }

    /// The line has come to its end.
    fn complete(&mut self, sink: &mut impl Sink) -> Event<'_> {
        if self.editor.is_spoilt() {
            self.show(SPOILT, sink);
            return Event::Spoilt;
        }
        let typed = self.name();
        match self.session {
            Session::Confirm => {
                let answer = Answer::ALL.iter().copied().find(|answer| answer.word() == typed);
                let Some(answer) = answer else {
                    self.show(NOT_AN_ANSWER, sink);
                    return Event::None;
                };
                self.send(Session::Running, &[answer.word()], sink);
                Event::Answered(answer)
            }
            _ if typed.is_empty() => self.send(Session::Unknown, &[], sink),
            Session::Shell if typed == EXIT => self.send(Session::Running, &[EXIT], sink),
            Session::Shell => {
                self.turn = Turn::Decision;
                Event::Line(self.line())
            }
            _ if !is_name(typed) => {
                self.show(NOT_A_NAME, sink);
                Event::None
            }
            _ => {
                self.turn = Turn::Decision;
                let name = self.name();
                if name.eq_ignore_ascii_case(b"recover") { Event::RecoverLogin } else { Event::Login(name) }
            }
        }
    }
}
