//! A device to guard: the console of a Luna 7.2, with log-in and prompts, what a real one prints, and faults on demand.
//!
//! It is a machine of bytes: what a line brings goes in, what the device prints comes out. Whoever wants it at a serial port puts
//! it behind a pseudo-terminal.

mod fault;
mod output;

pub use fault::Fault;

use std::collections::BTreeSet;

const LOGIN: &str = "[hsm-a] ttyS0 login: ";
const PASSWORD: &str = "Password: ";
const SHELL: &str = "[hsm-a] lunash:>";
const INTERRUPT: u8 = 0x03;

/// What the device waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Session {
    /// An account's name.
    Login,
    /// Its password.
    Password,
    /// A command.
    Shell,
    /// `proceed` or `quit`.
    Confirm,
    /// Nothing: a command prints on until it is interrupted.
    Endless,
}

/// The device.
#[derive(Debug)]
pub struct Device {
    session: Session,
    accounts: Vec<(String, String)>,
    name: String,
    user: Option<String>,
    line: Vec<u8>,
    faults: BTreeSet<Fault>,
    entered: Vec<String>,
    noise: u64,
}

impl Device {
    /// At its login prompt, with these accounts and their passwords.
    #[must_use]
    pub fn new(accounts: &[(&str, &str)]) -> Self {
        let accounts = accounts.iter().map(|(name, password)| ((*name).to_owned(), (*password).to_owned())).collect();
        Self {
            session: Session::Login,
            accounts,
            name: String::new(),
            user: None,
            line: Vec::new(),
            faults: BTreeSet::new(),
            entered: Vec::new(),
            noise: 1,
        }
    }

    /// Leaves it as somebody else has left it.
    pub fn leave_at(&mut self, session: Session) {
        self.session = session;
    }

    /// Lets a fault begin or end.
    pub fn set_fault(&mut self, fault: Fault, on: bool) {
        if on {
            self.faults.insert(fault)
        } else {
            self.faults.remove(&fault)
        };
    }

    /// What it waits for.
    #[must_use]
    pub const fn session(&self) -> Session {
        self.session
    }

    /// Who is logged in.
    #[must_use]
    pub fn user(&self) -> Option<&str> {
        self.user.as_deref()
    }

    /// The lines that were entered at the shell since this was asked before.
    pub fn entered(&mut self) -> Vec<String> {
        std::mem::take(&mut self.entered)
    }

    /// Takes what came; what it prints.
    pub fn take(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut printed = String::new();
        for byte in bytes {
            self.take_byte(*byte, &mut printed);
        }
        if self.faults.contains(&Fault::Silent) {
            return Vec::new();
        }
        let mut printed = printed.into_bytes();
        if self.faults.contains(&Fault::Noise) {
            printed.iter_mut().for_each(|byte| self.disturb(byte));
        }
        printed
    }

    fn take_byte(&mut self, byte: u8, printed: &mut String) {
        match byte {
            INTERRUPT => {
                self.line.clear();
                self.session = match self.session {
                    Session::Password => Session::Login,
                    Session::Endless | Session::Confirm => Session::Shell,
                    other => other,
                };
                *printed += "^C\r\n";
                self.prompt(printed);
            }
            b'\r' => {
                let line = String::from_utf8_lossy(&std::mem::take(&mut self.line)).into_owned();
                *printed += "\r\n";
                self.enter(&line, printed);
                self.prompt(printed);
            }
            _ => {
                self.line.push(byte);
                if self.session != Session::Password {
                    printed.push(char::from(byte));
                }
            }
        }
    }

    /// Where a line leads.
    fn enter(&mut self, line: &str, printed: &mut String) {
        self.session = match self.session {
            _ if line.is_empty() && self.session != Session::Password => self.session,
            Session::Login => {
                line.trim().clone_into(&mut self.name);
                Session::Password
            }
            Session::Password => {
                let name = std::mem::take(&mut self.name);
                if self.accounts.iter().any(|(account, password)| *account == name && password == line) {
                    self.user = Some(name);
                    *printed += "\r\nLuna Network HSM Command Line Shell v7.2\r\n\r\n";
                    Session::Shell
                } else {
                    *printed += "\r\nLogin incorrect\r\n";
                    Session::Login
                }
            }
            Session::Shell => self.run(line, printed),
            Session::Confirm => {
                *printed += if line == "proceed" { "Proceeding...\r\n" } else { "Command not confirmed.\r\n" };
                Session::Shell
            }
            Session::Endless => Session::Endless,
        };
    }

    fn run(&mut self, line: &str, printed: &mut String) -> Session {
        self.entered.push(line.to_owned());
        match line {
            "exit" => {
                self.user = None;
                Session::Login
            }
            "hsm zeroize" | "sysconf appliance reboot" => {
                *printed +=
                    "WARNING !!  This command cannot be undone.\r\nType 'proceed' to continue, or 'quit' to quit now.\r\n> ";
                Session::Confirm
            }
            _ => {
                *printed += &output::of(line, &self.faults);
                if line.starts_with("syslog tail") { Session::Endless } else { Session::Shell }
            }
        }
    }

    fn prompt(&self, printed: &mut String) {
        *printed += match self.session {
            Session::Login => LOGIN,
            Session::Password => PASSWORD,
            Session::Shell => SHELL,
            Session::Confirm | Session::Endless => "",
        };
    }

    /// About one byte in sixteen is another one.
    fn disturb(&mut self, byte: &mut u8) {
        self.noise = self.noise.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let [low, high, ..] = (self.noise >> 40).to_le_bytes();
        if low < 16 {
            *byte ^= high;
        }
    }
}

#[cfg(test)]
mod tests;
