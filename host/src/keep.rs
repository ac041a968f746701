//! A scenario kept as a device would keep it: its engines in journals, their logs drained into log folders and signed.

pub use crate::drain::Signed;

use crate::drain::{self, Drain};
use crate::evidence::KeepError;
use crate::journal::{self, Volatile};
use crate::log;
use crate::replay::Replay;
use ed25519_dalek::SigningKey;
use embedded_storage::nor_flash::NorFlash;
use std::fmt;
use std::path::Path;
use std::time::Duration;
use strongroom_core::journal::{Durable, Layout, Mounted};
use strongroom_core::wire::{Answer, Message, decode};
use strongroom_core::{Command, Policy, Time, Verdict};

/// How long to wait for another process that holds a journal.
const PATIENCE: Duration = Duration::from_secs(10);

/// Where everything goes.
#[derive(Debug, Clone, Copy)]
pub struct Options<'a> {
    /// The folder of the journals, one an engine: `NAME.journal`. Without it they are kept in memory while it lasts.
    pub journals: Option<&'a Path>,
    /// The folder of the log folders, one an engine, and the key that signs their heads.
    pub logs: Option<(&'a Path, &'a SigningKey)>,
}

/// Why a scenario was not kept.
#[derive(Debug)]
pub enum Error {
    /// The journal cannot be opened.
    Journal(journal::Error),
    /// The journal did not take a step.
    NotStored(String),
    /// The journal holds something already, and a scenario begins anew.
    NotFresh {
        /// Which.
        engine: String,
        /// What was found.
        mounted: Mounted,
    },
    /// The scenario begins with stored state that cannot be read: there is nothing to keep.
    Unreadable {
        /// Which engine.
        engine: String,
    },
    /// The log folder does not take what it should.
    Log(log::Error),
    /// What proves a destruction cannot be kept.
    Evidence(KeepError),
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Journal(error) => error.fmt(formatter),
            Self::NotStored(error) => formatter.write_str(error),
            Self::NotFresh { engine, mounted } => write!(
                formatter,
                "the journal of {engine} holds something already ({mounted:?}), and a scenario begins anew: take it away, or \
                 name another folder"
            ),
            Self::Unreadable { engine } => {
                write!(formatter, "{engine} begins with stored state that cannot be read: there is nothing to keep")
            }
            Self::Log(error) => error.fmt(formatter),
            Self::Evidence(error) => error.fmt(formatter),
        }
    }
}

impl std::error::Error for Error {}

impl From<drain::Error> for Error {
    fn from(error: drain::Error) -> Self {
        match error {
            drain::Error::NotStored(error) => Self::NotStored(error),
            drain::Error::Log(error) => Self::Log(error),
            drain::Error::Evidence(error) => Self::Evidence(error),
        }
    }
}

/// Tells the scenario again to engines that journals keep, drains their logs and signs the heads: before a log is
/// acknowledged or erased, and at the end.
///
/// # Errors
///
/// [`Error`], with the place; what was kept until then stays.
pub fn keep(replay: &Replay, options: Options<'_>) -> Result<Vec<Signed>, Error> {
    let frames = replay.wire.split(|byte| *byte == 0).filter(|frame| !frame.is_empty());
    let messages: Vec<Message<Answer>> = frames.filter_map(|frame| decode(frame).ok()).collect();
    let mut signed = Vec::new();
    for message in &messages {
        let Message::Start { engine, name, device, policy, invalid, ticks } = message else { continue };
        let name = name.as_str();
        if invalid.is_some() {
            return Err(Error::Unreadable { engine: name.to_owned() });
        }
        let policy = Policy::PRESETS.iter().copied().find(|preset| preset.digest() == *policy).unwrap_or(&Policy::AZURE);
        let logs = options.logs.map(|(folder, key)| Drain::new(folder.join(name), key.clone()));
        let story = messages.iter().filter_map(|message| match message {
            Message::Command { engine: number, at, command, .. } if number == engine => Some((*at, *command)),
            _ => None,
        });
        signed.extend(match options.journals {
            Some(folder) => {
                let path = folder.join(format!("{name}.journal"));
                std::fs::create_dir_all(folder)
                    .map_err(|error| Error::Journal(journal::Error::File { path: folder.to_owned(), error }))?;
                let (durable, mounted) = journal::open(&path, *device, policy, PATIENCE).map_err(Error::Journal)?;
                tell(name, durable, mounted, *ticks, story, logs)?
            }
            None => {
                let mut durable: Durable<Volatile> = Durable::new(Volatile::blank());
                let layout = Layout::over(journal::CAPACITY, journal::PAGE as u32);
                let mounted = layout.map(|layout| durable.mount(&layout, *device, policy));
                let mounted = mounted.transpose().map_err(|fault| Error::NotStored(fault.to_string()))?;
                tell(name, durable, mounted.unwrap_or(Mounted::Fresh), *ticks, story, logs)?
            }
        });
    }
    Ok(signed)
}

fn tell<F: NorFlash>(
    name: &str,
    mut durable: Durable<F>,
    mounted: Mounted,
    ticks: bool,
    story: impl Iterator<Item = (Option<Time>, Command)>,
    mut logs: Option<Drain>,
) -> Result<Vec<Signed>, Error> {
    if mounted != Mounted::Fresh {
        return Err(Error::NotFresh { engine: name.to_owned(), mounted });
    }
    for (at, command) in story {
        while ticks
            && at.is_some_and(|now| durable.engine().is_due(now))
            && step(&mut durable, at, &Command::tick(), &mut logs)? == Verdict::Accepted
        {}
        step(&mut durable, at, &command, &mut logs)?;
    }
    match &mut logs {
        Some(logs) => {
            logs.publish(&durable)?;
            Ok(logs.signed())
        }
        None => Ok(Vec::new()),
    }
}

fn step<F: NorFlash>(
    durable: &mut Durable<F>,
    at: Option<Time>,
    command: &Command,
    logs: &mut Option<Drain>,
) -> Result<Verdict, Error> {
    // What is acknowledged or erased now is under a head before.
    if command.action.is_lifecycle_only()
        && let Some(logs) = logs
    {
        logs.publish(durable)?;
    }
    let reply = durable.apply(at, command).map_err(|error| Error::NotStored(error.to_string()))?;
    if let Some(logs) = logs {
        logs.take(durable, std::slice::from_ref(command))?;
    }
    Ok(reply.verdict)
}
