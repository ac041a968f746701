//! A device at the other end of a pseudo-terminal: it prints what a real one prints, and keeps every byte it is sent.

use crate::sys;
use std::fs::File;
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

const LOGIN: &str = "[hsm-a] ttyS0 login: ";
const SHELL: &str = "[hsm-a] lunash:>";

/// What the device waits for, and what it has got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Session {
    Login,
    Password,
    Shell,
    /// A command prints on until it is interrupted.
    Endless,
    /// It hears, and says nothing.
    Silent,
}

#[derive(Debug)]
struct State {
    session: Session,
    line: Vec<u8>,
    received: Vec<u8>,
}

#[derive(Debug)]
pub(crate) struct Device {
    state: Arc<Mutex<State>>,
    ends: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
    /// The path of the console.
    pub(crate) console: PathBuf,
}

impl Device {
    /// Switches a device on whose session somebody has left like that.
    pub(crate) fn new(transcripts: &Path, session: Session) -> Self {
        let (master, console) = sys::open_pty();
        let state = Arc::new(Mutex::new(State { session, line: Vec::new(), received: Vec::new() }));
        let ends = Arc::new(AtomicBool::new(false));
        let line = Line { master, state: Arc::clone(&state), transcripts: transcripts.to_owned() };
        let until = Arc::clone(&ends);
        Self { state, ends, thread: Some(std::thread::spawn(move || line.serve(&until))), console }
    }

    /// Every byte that came since this was asked before.
    pub(crate) fn received(&self) -> String {
        let bytes = std::mem::take(&mut self.state.lock().unwrap().received);
        bytes.into_iter().map(char::from).collect()
    }

    pub(crate) fn session(&self) -> Session {
        self.state.lock().unwrap().session
    }

    pub(crate) fn fall_silent(&self) {
        self.state.lock().unwrap().session = Session::Silent;
    }

    /// It hears again, and stands there.
    pub(crate) fn come_back(&self, session: Session) {
        self.state.lock().unwrap().session = session;
    }

    /// Pulls the plug.
    pub(crate) fn hang_up(&mut self) {
        self.ends.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap();
        }
    }
}

impl Drop for Device {
    fn drop(&mut self) {
        self.hang_up();
    }
}

struct Line {
    master: File,
    state: Arc<Mutex<State>>,
    transcripts: PathBuf,
}

impl Line {
    fn serve(mut self, ends: &AtomicBool) {
        let mut bytes = [0; 256];
        while !ends.load(Ordering::Relaxed) {
            match self.master.read(&mut bytes) {
                Ok(length) => bytes[..length].iter().for_each(|byte| self.take(*byte)),
                // Nothing typed, or nobody there.
                Err(_) => std::thread::sleep(Duration::from_millis(2)),
            }
        }
    }

    fn take(&mut self, byte: u8) {
        let state = Arc::clone(&self.state);
        let mut state = state.lock().unwrap();
        state.received.push(byte);
        match byte {
            _ if state.session == Session::Silent => {}
            0x03 => {
                state.line.clear();
                if matches!(state.session, Session::Password | Session::Endless) {
                    state.session = if state.session == Session::Password { Session::Login } else { Session::Shell };
                }
                self.print("^C\r\n");
                self.prompt(state.session);
            }
            b'\r' => {
                let line = String::from_utf8_lossy(&std::mem::take(&mut state.line)).into_owned();
                self.print("\r\n");
                state.session = self.enter(state.session, &line);
                self.prompt(state.session);
            }
            _ => {
                state.line.push(byte);
                if state.session != Session::Password {
                    self.put(&[byte]);
                }
            }
        }
    }

    /// Where a line leads.
    fn enter(&mut self, session: Session, line: &str) -> Session {
        match (session, line) {
            (_, "") | (Session::Endless | Session::Silent, _) => session,
            (Session::Login, _) => Session::Password,
            (Session::Password, _) => Session::Shell,
            (Session::Shell, "exit") => Session::Login,
            (Session::Shell, "syslog tail -logname lunalogs") => {
                self.print(&self.output("syslog tail"));
                Session::Endless
            }
            (Session::Shell, _) => {
                self.print(&self.output(line));
                Session::Shell
            }
        }
    }

    /// What a real device printed after its echo.
    fn output(&self, line: &str) -> String {
        let start = format!("{}.", line.replace(' ', "_"));
        let mut files: Vec<_> = std::fs::read_dir(&self.transcripts).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        let file = files.iter().find(|file| file.file_name().unwrap().to_string_lossy().starts_with(&start));
        let text = file.map_or_else(String::new, |file| std::fs::read_to_string(file).unwrap());
        text.lines().skip(1).map(|line| format!("{line}\r\n")).collect()
    }

    fn prompt(&mut self, session: Session) {
        match session {
            Session::Login => self.print(LOGIN),
            Session::Password => self.print("Password: "),
            Session::Shell => self.print(SHELL),
            Session::Endless | Session::Silent => {}
        }
    }

    fn print(&mut self, text: &str) {
        self.put(text.as_bytes());
    }

    fn put(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            match self.master.write(bytes) {
                Ok(length) => bytes = &bytes[length..],
                Err(error) if error.kind() == ErrorKind::WouldBlock => std::thread::sleep(Duration::from_millis(1)),
                Err(_) => return,
            }
        }
    }
}
