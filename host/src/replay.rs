//! Running a scenario: the same steps, replies and records as every other face gives.
//!
//! Before each line the overdue deadlines of its engine become steps (D-26). The host's own tasks,
//! where the header names them, are done as a real host would: a log that fills up is drained before
//! a line, and effects are confirmed after it.

mod compare;
mod output;
mod told;

pub use compare::{Difference, differences};
pub use output::{EndLine, HeadLine, Output, RecordLine, ReplyLine};
pub use told::{Consulted, Origin, Told, effect_detail};

use crate::merkle;
use crate::scenario::{Error, Line, Scenario, Start, Work, action, preset};
use crate::transcript;
use std::fmt;
use std::path::Path;
use strongroom_core::wire::{MAX_FRAME, Message, encode};
use strongroom_core::{Action, Command, Digest, Engine, LogName, Main, Principal, Record, Reply, Role, Time, Verdict};
use told::Explained;

/// Choices of a replay.
#[derive(Debug, Default, Clone, Copy)]
pub struct Options<'a> {
    /// A preset instead of the header's policy.
    pub policy: Option<&'a str>,
}

/// What came of a scenario.
#[derive(Debug)]
pub struct Replay {
    /// What the scenario tells.
    pub title: String,
    /// The name of the policy that the engines began with.
    pub policy: &'static str,
    /// The engines as they ended, with their names.
    pub engines: Vec<(String, Engine)>,
    /// Everything that was said, in order.
    pub output: Vec<Output>,
    /// The same steps, told for people.
    pub story: Vec<Told>,
    /// The scenario in the wire form: what a C program or a board is fed.
    pub wire: Vec<u8>,
    logs: Vec<Exported>,
}

/// A log as a host keeps it: the records that were handed out, and a root that the core gave.
#[derive(Debug)]
struct Exported {
    engine: usize,
    name: LogName,
    records: Vec<Record>,
    root: [u8; 32],
    /// Whether the core erased it since (H-68).
    erased: bool,
}

/// A log whose records were checked against its root.
#[derive(Debug, Clone)]
pub struct Verified {
    /// The engine.
    pub engine: String,
    /// `tenant` or `lifecycle`.
    pub log: &'static str,
    /// How many records.
    pub records: usize,
    /// The root, in hexadecimal digits.
    pub root: String,
    /// Whether the core has erased this log since.
    pub erased: bool,
}

/// A log that is not as the core gave it.
#[derive(Debug)]
pub struct VerifyError {
    /// The engine.
    pub engine: String,
    /// `tenant` or `lifecycle`.
    pub log: &'static str,
    /// What is wrong.
    pub problem: merkle::Problem,
}

impl fmt::Display for VerifyError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "the {} log of {} does not verify: {}", self.log, self.engine, self.problem)
    }
}

impl std::error::Error for VerifyError {}

/// Reads and runs a scenario; transcripts are looked up in `folder`.
///
/// # Errors
///
/// The first line that is not well formed, or whose transcript cannot be read. Commands that an
/// engine refuses are no errors: the refusal is in the output.
pub fn replay(text: &str, folder: &Path, options: Options<'_>) -> Result<Replay, Error> {
    let mut scenario = Scenario::read(text)?;
    if let Some(name) = options.policy {
        scenario.header.policy = preset(name).map_err(|message| Error { line: 0, message })?;
    }
    let mut run = Run::new(&scenario)?;
    for line in &scenario.lines {
        run.line(folder, line)?;
    }
    Ok(run.finish())
}

/// Runs a scenario under its own policy and under the preset `policy`, and says which decisions change.
///
/// # Errors
///
/// As [`replay`].
pub fn compare(text: &str, folder: &Path, policy: &str) -> Result<(Replay, Vec<Difference>), Error> {
    let own = replay(text, folder, Options::default())?;
    let other = replay(text, folder, Options { policy: Some(policy) })?;
    let differences = differences(&own, &other);
    Ok((other, differences))
}

/// The wire form of a scenario.
///
/// # Errors
///
/// As [`replay`].
pub fn compile(text: &str, folder: &Path) -> Result<Vec<u8>, Error> {
    replay(text, folder, Options::default()).map(|replay| replay.wire)
}

impl Replay {
    /// The output as JSON Lines, to the byte the same in every language.
    #[must_use]
    pub fn jsonl(&self) -> String {
        self.output.iter().map(|line| line.to_json() + "\n").collect()
    }

    /// Recomputes every log's root from the records that were handed out.
    ///
    /// # Errors
    ///
    /// The first log that differs, and where.
    pub fn verify(&self) -> Result<Vec<Verified>, VerifyError> {
        let mut verified = Vec::new();
        let empty_again = |log: &Exported| log.records.is_empty() && log.name == LogName::Tenant;
        for log in self.logs.iter().filter(|log| !empty_again(log)) {
            let engine = self.engines[log.engine].0.clone();
            let name = log.name.name();
            merkle::verify(&log.records, log.root).map_err(|problem| VerifyError {
                engine: engine.clone(),
                log: name,
                problem,
            })?;
            let root = merkle::hex(&log.root);
            verified.push(Verified { engine, log: name, records: log.records.len(), root, erased: log.erased });
        }
        Ok(verified)
    }
}

struct Run<'a> {
    scenario: &'a Scenario,
    engines: Vec<Engine>,
    output: Vec<Output>,
    story: Vec<Told>,
    wire: Vec<u8>,
    logs: Vec<Exported>,
}

impl<'a> Run<'a> {
    fn new(scenario: &'a Scenario) -> Result<Self, Error> {
        let (policy, ticks) = (scenario.header.policy, scenario.header.host.ticks);
        let mut run =
            Self { scenario, engines: Vec::new(), output: Vec::new(), story: Vec::new(), wire: Vec::new(), logs: Vec::new() };
        for (number, start) in (0..=u8::MAX).zip(&scenario.header.engines) {
            let &Start { name, device, invalid } = start;
            run.frame(0, &Message::Start { engine: number, name, device, policy: policy.digest(), invalid, ticks })?;
            let mut engine = Engine::new(device, policy);
            if let Some(tenant) = invalid {
                engine.begin_invalid(device, policy, tenant);
            }
            run.engines.push(engine);
            for log in LogName::ALL.iter().copied() {
                run.open_log(usize::from(number), log);
            }
        }
        Ok(run)
    }

    fn open_log(&mut self, engine: usize, name: LogName) {
        let root = self.engines[engine].log().root(name).0;
        self.logs.push(Exported { engine, name, records: Vec::new(), root, erased: false });
    }

    fn frame(&mut self, line: usize, message: &Message) -> Result<(), Error> {
        let mut frame = [0; MAX_FRAME];
        let length = encode(message, &mut frame).map_err(|error| Error { line, message: error.to_string() })?;
        self.wire.extend_from_slice(&frame[..length]);
        Ok(())
    }

    fn line(&mut self, folder: &Path, line: &Line) -> Result<(), Error> {
        let engine = usize::from(line.engine);
        self.drain(line)?;
        match &line.work {
            Work::Act { verb, arguments, .. } => {
                let action = action(line.number, *verb, arguments, &self.engines[engine])?;
                let command = Command { by: line.by, second: line.second, action };
                self.command(line, Origin::Line, command)?;
            }
            Work::Read { transcript } => self.read(folder, line, transcript)?,
        }
        self.confirm(line)
    }

    /// Applies one command, after the deadlines that are due before it.
    fn command(&mut self, line: &Line, origin: Origin, command: Command) -> Result<(), Error> {
        let engine = usize::from(line.engine);
        if let Some(now) = line.at {
            while self.scenario.header.host.ticks
                && self.engines[engine].is_due(now)
                && self.apply(line, Origin::Tick, &Command::tick()).verdict == Verdict::Accepted
            {}
        }
        let number = u32::try_from(line.number).unwrap_or(u32::MAX);
        self.frame(line.number, &Message::Command { engine: line.engine, line: number, at: line.at, command })?;
        self.apply(line, origin, &command);
        Ok(())
    }

    fn apply(&mut self, line: &Line, origin: Origin, command: &Command) -> Reply {
        let engine = usize::from(line.engine);
        let before = self.engines[engine].state().base.lease.main;
        let mut explained = Explained::default();
        let step = self.engines[engine].explain(line.at, command, &mut explained);
        let reply = self.engines[engine].commit(&step);
        let name = self.scenario.header.engines[engine].name;
        self.output.push(Output::Reply(ReplyLine::new(line, name.as_str(), command, &reply, &self.engines[engine])));
        self.story.push(Told::new(self.scenario, line, origin, command, &reply, (before, explained), &self.engines[engine]));
        self.export(engine, command, &reply);
        reply
    }

    /// Takes the new records out of the engine, as a host that keeps them does.
    fn export(&mut self, engine: usize, command: &Command, reply: &Reply) {
        let acknowledged = matches!(command.action, Action::Acknowledge { .. }) && matches!(reply.verdict, Verdict::Accepted);
        for name in LogName::ALL.iter().copied() {
            let size = self.engines[engine].log().size(name);
            let kept = self.current(engine, name);
            if (size as usize) < kept.records.len() {
                // The last head of the tree that is gone, so that its export can still be verified.
                kept.erased = true;
                let (size, root) = (u32::try_from(kept.records.len()).unwrap_or(u32::MAX), Digest(kept.root));
                self.output.push(Output::Head(HeadLine::new(self.name(engine), name, size, root)));
                self.open_log(engine, name);
            }
            let have = self.current(engine, name).records.len();
            let log = self.engines[engine].log();
            let fresh: Vec<Record> = log.records(name).filter(|record| record.sequence as usize >= have).copied().collect();
            let root = log.root(name);
            for record in &fresh {
                self.output.push(Output::Record(RecordLine::new(self.name(engine), name, record)));
            }
            if acknowledged {
                self.output.push(Output::Head(HeadLine::new(self.name(engine), name, size, root)));
            }
            let kept = self.current(engine, name);
            kept.records.extend(fresh);
            kept.root = root.0;
        }
    }

    fn name(&self, engine: usize) -> String {
        self.scenario.header.engines[engine].name.as_str().to_owned()
    }

    fn current(&mut self, engine: usize, name: LogName) -> &mut Exported {
        let place = self.logs.iter().rposition(|log| log.engine == engine && log.name == name);
        &mut self.logs[place.expect("opened with the engine")]
    }

    /// Acknowledges logs whose ordinary places run out.
    fn drain(&mut self, line: &Line) -> Result<(), Error> {
        let host = &self.scenario.header.host;
        let readers = [(LogName::Tenant, host.drains_tenant), (LogName::Lifecycle, host.drains_lifecycle)];
        for (log, reader) in readers {
            let Some(by) = reader else { continue };
            let engine = &self.engines[usize::from(line.engine)];
            let drained = engine.log().records(log).next().is_none();
            let open = log == LogName::Lifecycle || engine.state().base.account.is_open();
            // A step leaves one record, and one more where refusals were repeated before it.
            if open && !drained && engine.room(log) < 2 {
                let next = engine.log().size(log);
                self.command(line, Origin::Drain, Command::new(by, Action::Acknowledge { log, next }))?;
            }
        }
        Ok(())
    }

    /// Confirms the effects that the header says are carried out at once.
    fn confirm(&mut self, line: &Line) -> Result<(), Error> {
        let kinds = &self.scenario.header.host.confirms;
        loop {
            let pending = self.engines[usize::from(line.engine)].pending().iter();
            let Some(entry) = pending.clone().find(|entry| kinds.iter().any(|kind| kind == entry.kind.name())) else {
                return Ok(());
            };
            let by = Principal::device(Role::Enforcer);
            self.command(line, Origin::Confirm, Command::new(by, Action::Confirm { effect: entry.id }))?;
        }
    }

    fn read(&mut self, folder: &Path, line: &Line, file: &str) -> Result<(), Error> {
        let fail = |why: String| Error { line: line.number, message: format!("transcript {file:?}: {why}") };
        let bytes = std::fs::read(folder.join(file)).map_err(|error| fail(error.to_string()))?;
        let (reading, _) = transcript::read(&bytes).map_err(|problem| fail(problem.to_string()))?;
        let engine = usize::from(line.engine);
        for action in self.engines[engine].sense(line.at, &reading) {
            let own = matches!(action, Action::ReadHealth { .. });
            let by = if own { line.by } else { Principal::device(Role::Sensor) };
            let second = line.second.filter(|_| own);
            self.command(line, if own { Origin::Line } else { Origin::Reading }, Command { by, second, action })?;
        }
        Ok(())
    }

    fn finish(mut self) -> Replay {
        for engine in 0..self.engines.len() {
            for name in LogName::ALL.iter().copied() {
                let log = self.engines[engine].log();
                let (size, root) = (log.size(name), log.root(name));
                self.output.push(Output::Head(HeadLine::new(self.name(engine), name, size, root)));
            }
            let state: Main = self.engines[engine].state().base.lease.main;
            let digest = self.engines[engine].digest().to_string();
            self.output.push(Output::End(EndLine { engine: self.name(engine), state: state.name(), digest }));
        }
        let names = self.scenario.header.engines.iter().map(|start| start.name.as_str().to_owned());
        Replay {
            title: self.scenario.header.title.clone(),
            policy: self.scenario.header.policy.name.as_str(),
            engines: names.zip(self.engines).collect(),
            output: self.output,
            story: self.story,
            wire: self.wire,
            logs: self.logs,
        }
    }
}

/// A time in RFC 3339, in UTC, as a replay writes it.
#[must_use]
pub fn rfc3339(at: Time) -> String {
    let seconds = i64::try_from(at.as_unix()).unwrap_or(i64::MAX);
    jiff::Timestamp::from_second(seconds).map_or_else(|_| seconds.to_string(), |timestamp| timestamp.to_string())
}
