//! The lines that a replay writes, in every language to the byte the same.

use super::rfc3339;
use crate::merkle::hex;
use crate::scenario::Line;
use serde::Serialize;
use strongroom_core::{Command, Digest, Engine, LogName, Record, Reply, Verdict};

/// One line.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub enum Output {
    /// What came of a command.
    Reply(ReplyLine),
    /// A record of a log.
    Record(RecordLine),
    /// How far a log has come, and its root.
    Head(HeadLine),
    /// How an engine ended.
    End(EndLine),
}

impl Output {
    /// The line as JSON, without spaces.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("texts and numbers become JSON")
    }
}

/// What came of a command.
#[derive(Debug, Clone, Serialize)]
#[expect(missing_docs, reason = "the names are those of the format")]
pub struct ReplyLine {
    pub line: usize,
    pub engine: String,
    pub at: Option<String>,
    pub r#do: &'static str,
    pub ok: bool,
    pub rule: &'static str,
    pub state: &'static str,
    pub health: &'static str,
    pub request: Option<u32>,
    pub status: Option<&'static str>,
    pub effects: Vec<&'static str>,
    pub due: bool,
}

impl ReplyLine {
    pub(super) fn new(line: &Line, engine: &str, command: &Command, reply: &Reply, after: &Engine) -> Self {
        let made = after.pending().iter().filter(|entry| entry.id >= reply.first_effect);
        Self {
            line: line.number,
            engine: engine.to_owned(),
            at: line.at.map(rfc3339),
            r#do: command.action.verb().name(),
            ok: reply.verdict == Verdict::Accepted,
            rule: reply.rule.name(),
            state: reply.main.name(),
            health: reply.health.name(),
            request: reply.request,
            status: reply.status.map(|status| status.name()),
            effects: made.map(|entry| entry.kind.name()).collect(),
            due: reply.due,
        }
    }
}

/// A record of a log.
#[derive(Debug, Clone, Serialize)]
#[expect(missing_docs, reason = "the names are those of the format")]
pub struct RecordLine {
    pub engine: String,
    pub log: &'static str,
    pub sequence: u32,
    pub record: String,
}

impl RecordLine {
    pub(super) fn new(engine: String, log: LogName, record: &Record) -> Self {
        Self { engine, log: log.name(), sequence: record.sequence, record: hex(&record.to_bytes()) }
    }
}

/// How far a log has come.
#[derive(Debug, Clone, Serialize)]
#[expect(missing_docs, reason = "the names are those of the format")]
pub struct HeadLine {
    pub engine: String,
    pub log: &'static str,
    pub size: u32,
    pub root: String,
}

impl HeadLine {
    pub(super) fn new(engine: String, log: LogName, size: u32, root: Digest) -> Self {
        Self { engine, log: log.name(), size, root: root.to_string() }
    }
}

/// How an engine ended.
#[derive(Debug, Clone, Serialize)]
#[expect(missing_docs, reason = "the names are those of the format")]
pub struct EndLine {
    pub engine: String,
    pub state: &'static str,
    pub digest: String,
}
