//! A guard between two ends that are only ears.

use std::{mem, string::String, vec::Vec};
use strongroom_core::console::guard::{Confirmation, Event, Guard, Mode, Session, Sink};
use strongroom_core::lunash::{COMMANDS, Name};

pub(super) const PROMPT: &str = "[10g2] lunash:>";
pub(super) const QUESTION: &str = "\r\nCAUTION: Are you sure you wish to zeroize this HSM?\r\n\
    \x20         Type 'proceed' to return the HSM to factory default, or\r\n          'quit' to quit now.\r\n          > ";

#[derive(Default)]
pub(super) struct Ends {
    pub(super) device: Vec<u8>,
    pub(super) technician: Vec<u8>,
}

impl Sink for Ends {
    fn to_device(&mut self, bytes: &[u8]) {
        self.device.extend(bytes);
    }

    fn to_technician(&mut self, bytes: &[u8]) {
        self.technician.extend(bytes);
    }
}

/// What the guard said, kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Said {
    Line(String),
    Login(String),
    Other(Event<'static>),
}

pub(super) fn index(name: &str) -> u16 {
    (0..COMMANDS).find(|index| Name::of(*index).unwrap().to_string() == name).unwrap()
}

fn keep(event: Event<'_>) -> Option<Said> {
    Some(match event {
        Event::None => return None,
        Event::Line(line) => Said::Line(String::from_utf8(line.text.to_vec()).unwrap()),
        Event::Login(name) => Said::Login(String::from_utf8(name.to_vec()).unwrap()),
        Event::RecoverLogin => Said::Other(Event::RecoverLogin),
        Event::Spoilt => Said::Other(Event::Spoilt),
        Event::Answered(answer) => Said::Other(Event::Answered(answer)),
        Event::Prompt(session) => Said::Other(Event::Prompt(session)),
        Event::Polled(byte) => Said::Other(Event::Polled(byte)),
        Event::Closed => Said::Other(Event::Closed),
    })
}

pub(super) struct Bench {
    pub(super) guard: Guard,
    pub(super) ends: Ends,
    /// What the caller answers to a line, and with what.
    pub(super) passes: Option<Confirmation>,
}

impl Bench {
    pub(super) fn new() -> Self {
        Self { guard: Guard::new(), ends: Ends::default(), passes: Some(Confirmation::Refused) }
    }

    /// Open, with a session at its prompt, and a caller who passes whatever can be passed.
    pub(super) fn at_shell(mode: Mode) -> Self {
        let mut bench = Self::new();
        assert!(bench.guard.open(mode));
        bench.prints(PROMPT);
        assert_eq!(bench.guard.session(), Session::Shell);
        bench.shown();
        bench
    }

    pub(super) fn at_login(mode: Mode) -> Self {
        let mut bench = Self::new();
        assert!(bench.guard.open(mode));
        bench.prints("\r\n[myluna] ttyS0 login: ");
        assert_eq!(bench.guard.session(), Session::Login);
        bench
    }

    /// The technician types; the caller answers each line at once.
    pub(super) fn types(&mut self, text: impl AsRef<[u8]>) -> Vec<Said> {
        let mut said = Vec::new();
        for byte in text.as_ref() {
            let event = keep(self.guard.technician(*byte, &mut self.ends));
            let asks = matches!(event, Some(Said::Line(_) | Said::Login(_) | Said::Other(Event::RecoverLogin)));
            said.extend(event);
            if asks {
                match self.passes {
                    Some(confirmation) => _ = self.guard.pass(confirmation, &mut self.ends),
                    None => self.guard.refuse("no", &mut self.ends),
                }
            }
        }
        said
    }

    /// The device prints without a pause after it.
    pub(super) fn streams(&mut self, text: impl AsRef<[u8]>) -> Vec<Said> {
        text.as_ref().iter().filter_map(|byte| keep(self.guard.device(*byte, &mut self.ends))).collect()
    }

    /// The device prints and falls silent.
    pub(super) fn prints(&mut self, text: impl AsRef<[u8]>) -> Vec<Said> {
        let mut said = self.streams(text);
        said.extend(keep(self.guard.quiet(&mut self.ends)));
        said
    }

    /// What the device was sent since the last call.
    pub(super) fn sent(&mut self) -> String {
        String::from_utf8(mem::take(&mut self.ends.device)).unwrap()
    }

    /// What the technician was shown since the last call.
    pub(super) fn shown(&mut self) -> String {
        String::from_utf8(mem::take(&mut self.ends.technician)).unwrap()
    }
}
