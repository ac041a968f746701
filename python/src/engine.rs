//! An engine: in memory, or kept by a journal file.

use crate::errors;
use crate::replay::final_state;
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use strongroom_core::journal::Error;
use strongroom_core::{Command, Id, LogName, Policy, Reading, Reply, Rule, Step, Subject, Time, Trace, Verdict, engine};
use strongroom_host::drain::Drain;
use strongroom_host::journal::{self, Durable};
use strongroom_host::log::key::read_private;

/// An engine, with whatever keeps it.
#[pyclass(frozen, module = "strongroom._native")]
#[derive(Debug)]
pub(crate) struct Engine(Mutex<Held>);

#[derive(Debug)]
enum Held {
    Memory(Box<engine::Engine>),
    Kept(Box<Kept>),
    Closed,
}

/// An engine that a file keeps.
#[derive(Debug)]
struct Kept {
    durable: Durable,
    /// What was asked since the logs were drained: a destruction's evidence is in its command.
    asked: Vec<Command>,
}

/// Commands that are remembered until the logs are drained; more records than that no log holds.
const ASKED: usize = 32;

/// Accepted, rule, state, health, request, its status, and whether a deadline is due.
pub(crate) type Answer = (bool, &'static str, &'static str, &'static str, Option<u32>, Option<&'static str>, bool);

/// Accepted, the rule that decides, and the rules consulted, each with whether it held.
type Explanation = (bool, &'static str, Vec<(&'static str, bool)>);

/// A log's first record that is held, its size, its root, and the room that is left.
type Log = (u32, u32, String, u32);

impl Held {
    fn engine(&self) -> PyResult<&engine::Engine> {
        match self {
            Self::Memory(engine) => Ok(engine),
            Self::Kept(kept) => Ok(kept.durable.engine()),
            Self::Closed => Err(errors::closed()),
        }
    }

    fn kept(&mut self) -> PyResult<&mut Kept> {
        match self {
            Self::Kept(kept) => Ok(kept),
            Self::Memory(_) => Err(errors::storage("only what a journal keeps is signed", 1040)),
            Self::Closed => Err(errors::closed()),
        }
    }

    fn commit(&mut self, step: &Step) -> PyResult<Reply> {
        match self {
            Self::Memory(engine) => Ok(engine.commit(step)),
            Self::Kept(kept) => {
                let reply = kept.durable.commit(step).map_err(|error| match error {
                    Error::Closed => {
                        errors::storage("the journal is closed: it failed before, or holds what cannot be read", error.code())
                    }
                    other => errors::storage(&other.to_string(), other.code()),
                })?;
                if reply.verdict == Verdict::Accepted {
                    if kept.asked.len() == ASKED {
                        kept.asked.remove(0);
                    }
                    kept.asked.push(*step.command());
                }
                Ok(reply)
            }
            Self::Closed => Err(errors::closed()),
        }
    }
}

impl Engine {
    /// Does something with the engine while other threads of Python go on: a step of a journal waits for the disk.
    fn with<T: Send>(&self, py: Python<'_>, act: impl FnOnce(&mut Held) -> PyResult<T> + Send) -> PyResult<T> {
        py.detach(|| act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner)))
    }

    pub(crate) fn ask<T: Send>(&self, py: Python<'_>, ask: impl FnOnce(&engine::Engine) -> PyResult<T> + Send) -> PyResult<T> {
        self.with(py, |held| ask(held.engine()?))
    }
}

#[pymethods]
impl Engine {
    /// An engine in memory for a device on its way.
    #[new]
    fn new(device: &str, policy: &str) -> PyResult<Self> {
        let engine = engine::Engine::new(read(device)?, preset(policy)?);
        Ok(Self(Mutex::new(Held::Memory(Box::new(engine)))))
    }

    /// An engine that a file keeps, and what was found there; waits up to so many seconds for another process.
    #[staticmethod]
    fn open(py: Python<'_>, path: PathBuf, device: &str, policy: &str, wait: f64) -> PyResult<(Self, String)> {
        let (device, policy) = (read(device)?, preset(policy)?);
        let wait = Duration::try_from_secs_f64(wait).map_err(|error| errors::command(format!("wait: {error}")))?;
        let (durable, mounted) = py.detach(|| journal::open(&path, device, policy, wait)).map_err(errors::journal)?;
        Ok((Self(Mutex::new(Held::Kept(Box::new(Kept { durable, asked: Vec::new() })))), found(&mounted)))
    }

    /// Lets go of the journal; nothing can be asked any more.
    fn close(&self, py: Python<'_>) {
        py.detach(|| *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Held::Closed);
    }

    /// Decides a command and carries it out.
    fn apply(&self, py: Python<'_>, at: Option<u64>, command: &str) -> PyResult<Answer> {
        let command: Command = read(command)?;
        self.with(py, |held| {
            let step = held.engine()?.decide(at.map(Time::from_unix), &command);
            held.commit(&step).map(|reply| told(&reply))
        })
    }

    /// Turns the earliest overdue deadline into a step.
    fn tick(&self, py: Python<'_>, at: Option<u64>) -> PyResult<Answer> {
        self.with(py, |held| {
            let step = held.engine()?.decide(at.map(Time::from_unix), &Command::tick());
            held.commit(&step).map(|reply| told(&reply))
        })
    }

    /// Whether a command would be accepted, and the rules consulted, in order; nothing happens.
    fn explain(&self, py: Python<'_>, at: Option<u64>, command: &str) -> PyResult<Explanation> {
        let command: Command = read(command)?;
        self.ask(py, |engine| {
            let mut consulted = Consulted::default();
            let step = engine.explain(at.map(Time::from_unix), &command, &mut consulted);
            Ok((step.is_accepted(), step.rule().name(), consulted.0))
        })
    }

    /// When it has to be ticked at the latest.
    fn next_deadline(&self, py: Python<'_>) -> PyResult<Option<u64>> {
        self.ask(py, |engine| Ok(engine.next_deadline().map(Time::as_unix)))
    }

    /// Until when an engineer has access.
    fn access(&self, py: Python<'_>, at: u64, engineer: &str, subject: &str) -> PyResult<Option<u64>> {
        let (engineer, subject): (Id, Subject) = (read(engineer)?, read(subject)?);
        self.with(py, |held| {
            let now = Time::from_unix(at);
            Ok(match held {
                Held::Kept(kept) => kept.durable.access(now, engineer, subject),
                other => other.engine()?.state().access(now, engineer, subject),
            }
            .map(Time::as_unix))
        })
    }

    /// How it stands: a JSON object.
    fn state(&self, py: Python<'_>) -> PyResult<String> {
        self.ask(py, |engine| Ok(final_state(engine.state().base.device.serial.as_str(), engine).to_string()))
    }

    /// The nonce that the next destruction asked by the customer has to carry.
    fn challenge(&self, py: Python<'_>) -> PyResult<String> {
        self.ask(py, |engine| Ok(engine.challenge().to_string()))
    }

    /// The actions that a reading calls for: a JSON array.
    fn sense(&self, py: Python<'_>, at: Option<u64>, reading: &str) -> PyResult<String> {
        let reading: Reading = read(reading)?;
        self.ask(py, |engine| {
            let actions = engine.sense(at.map(Time::from_unix), &reading);
            serde_json::to_string(actions.as_slice()).map_err(errors::json)
        })
    }

    /// How a log stands.
    fn log(&self, py: Python<'_>, log: &str) -> PyResult<Log> {
        let log: LogName = read(log)?;
        self.ask(py, |engine| {
            let size = engine.log().size(log);
            let first = engine.log().records(log).next().map_or(size, |record| record.sequence);
            Ok((first, size, engine.log().root(log).to_string(), engine.room(log)))
        })
    }

    /// The records that a log still holds, one after another.
    fn records<'py>(&self, py: Python<'py>, log: &str) -> PyResult<Bound<'py, PyBytes>> {
        let log: LogName = read(log)?;
        let bytes: Vec<u8> =
            self.ask(py, |engine| Ok(engine.log().records(log).flat_map(|record| record.to_bytes()).collect()))?;
        Ok(PyBytes::new(py, &bytes))
    }

    /// The signed head of a log, over what is stored.
    fn checkpoint(&self, py: Python<'_>, log: &str, key: &str) -> PyResult<String> {
        let log: LogName = read(log)?;
        let mut key = read_private(key).map_err(errors::key)?;
        self.with(py, |held| {
            let kept = held.kept()?;
            let head = kept.durable.checkpoint(log).map_err(|error| errors::storage(&error.to_string(), error.code()))?;
            match head.sign(&mut key) {
                Ok(note) => Ok(note.as_str().to_owned()),
                Err(never) => match never {},
            }
        })
    }

    /// Copies the records that the logs hold into a log folder and signs the heads; the folder, name and size of each.
    fn drain(&self, py: Python<'_>, folder: PathBuf, key: &str) -> PyResult<Vec<(PathBuf, String, u32)>> {
        let key = read_private(key).map_err(errors::key)?;
        self.with(py, |held| {
            let kept = held.kept()?;
            let mut drain = Drain::new(folder, key);
            drain.take(&kept.durable, &kept.asked).map_err(errors::drain)?;
            kept.asked.clear();
            drain.publish(&kept.durable).map_err(errors::drain)?;
            Ok(drain.signed().into_iter().map(|log| (log.path, log.origin, log.size)).collect())
        })
    }

    /// Writes a snapshot, so that no steps are left to replay.
    fn compact(&self, py: Python<'_>) -> PyResult<()> {
        self.with(py, |held| match held {
            Held::Kept(kept) => kept.durable.compact().map_err(|error| errors::storage(&error.to_string(), error.code())),
            Held::Memory(_) => Ok(()),
            Held::Closed => Err(errors::closed()),
        })
    }
}

/// The digest that the record of a command carries.
#[pyfunction]
pub(crate) fn command_digest(command: &str) -> PyResult<String> {
    Ok(read::<Command>(command)?.digest().to_string())
}

/// Rules as they are consulted.
#[derive(Default)]
struct Consulted(Vec<(&'static str, bool)>);

impl Trace for Consulted {
    fn consulted(&mut self, rule: Rule, held: bool) {
        self.0.push((rule.name(), held));
    }
}

pub(crate) fn told(reply: &Reply) -> Answer {
    (
        reply.verdict == Verdict::Accepted,
        reply.rule.name(),
        reply.main.name(),
        reply.health.name(),
        reply.request,
        reply.status.map(|status| status.name()),
        reply.due,
    )
}

fn found(mounted: &strongroom_core::journal::Mounted) -> String {
    use strongroom_core::journal::Mounted;
    match mounted {
        Mounted::Fresh => json!({ "found": "fresh" }),
        Mounted::Restored { steps, torn } => json!({ "found": "restored", "steps": steps, "torn": torn }),
        Mounted::Invalid(damage) => json!({ "found": "invalid", "why": damage.to_string() }),
        Mounted::Held(other) => json!({ "found": "held", "why": other.to_string() }),
    }
    .to_string()
}

fn preset(name: &str) -> PyResult<&'static Policy> {
    Policy::preset(name).ok_or_else(|| {
        let known: Vec<&str> = Policy::PRESETS.iter().map(|policy| policy.name.as_str()).collect();
        errors::command(format!("unknown policy {name:?}; there are {}", known.join(", ")))
    })
}

/// A value of the core from its JSON; what is wrong is named by its path.
pub(crate) fn read<T: serde::de::DeserializeOwned>(text: &str) -> PyResult<T> {
    let value: Value = serde_json::from_str(text).map_err(|error| errors::command(error.to_string()))?;
    serde_path_to_error::deserialize(value).map_err(|error| {
        let path = error.path().to_string();
        let path = path.strip_prefix("action.").unwrap_or(&path);
        errors::command(if path == "." { error.inner().to_string() } else { format!("{path}: {}", error.inner()) })
    })
}
