//! The device to guard, at a pseudo-terminal or a socket.

mod control;
mod line;

use std::process::ExitCode;
use std::sync::{Arc, Mutex};
use strongroom_simulator::Device;

const HELP: &str = "\
A device to guard: the console of a Luna 7.2, with log-in and prompts, what a real one prints, and faults on demand.

usage: strongroom-simulator [--pty | --unix PATH | --tcp PORT] [--account NAME:PASSWORD]...

  --pty                    behind a pseudo-terminal, whose path is printed; where nothing else is said
  --unix PATH              at a socket of this path, for one after another
  --tcp PORT               at this port of this machine, for one after another; 0 for a free one, which is printed
  --account NAME:PASSWORD  an account of the device; monitor:watching where none is said

Lines on standard input, each answered by one:

  fault NAME on|off        begins or ends a fault: psu, fan, battery, tamper, zeroized, silent, noise
  state                    what it waits for, who is logged in, and its faults
  entered                  the lines that were entered since this was asked before
  quit                     ends it

Example:
  strongroom-simulator --pty --account monitor:secret
";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), String> {
    let mut words = std::env::args().skip(1);
    let (mut place, mut accounts) = (line::Place::Terminal, Vec::new());
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or_else(|| format!("{word} needs a value; see --help"));
        match word.as_str() {
            "--help" | "-h" => {
                print!("{HELP}");
                return Ok(());
            }
            "--pty" => place = line::Place::Terminal,
            "--unix" => place = line::Place::Unix(value()?.into()),
            "--tcp" => {
                let port = value()?;
                place = line::Place::Tcp(port.parse().map_err(|_| format!("--tcp: {port:?} is no port; write 0 to 65535"))?);
            }
            "--account" => {
                let account = value()?;
                let (name, password) = account.split_once(':').ok_or("--account: write NAME:PASSWORD")?;
                accounts.push((name.to_owned(), password.to_owned()));
            }
            other => return Err(format!("{other:?} is no option; see --help")),
        }
    }
    if accounts.is_empty() {
        accounts.push(("monitor".to_owned(), "watching".to_owned()));
    }
    let accounts: Vec<(&str, &str)> = accounts.iter().map(|(name, password)| (name.as_str(), password.as_str())).collect();
    let device = Arc::new(Mutex::new(Device::new(&accounts)));
    line::serve(place, Arc::clone(&device))?;
    control::obey(&device);
    Ok(())
}
