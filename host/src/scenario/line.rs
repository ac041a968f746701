//! One command of a scenario.

use super::error::{Error, unknown};
use super::header::{Header, replace_names};
use super::names::{object, text};
use crate::moment::moment;
use serde_json::{Map, Value};
use strongroom_core::outbox::{Entry, Kind};
use strongroom_core::{Action, Digest, Engine, LogName, Policy, Principal, Time, Verb};

/// Keys of a line that are not arguments.
const KEYS: [&str; 6] = ["at", "engine", "by", "second", "do", "note"];

/// The pseudo-action that reads a transcript.
const READ: &str = "read";

/// What a line asks for.
#[derive(Debug)]
pub enum Work {
    /// An action.
    Act {
        /// Which.
        verb: Verb,
        /// Its arguments, as written but for names.
        arguments: Value,
        /// Its arguments, to the letter as written.
        written: Value,
    },
    /// A transcript to read, relative to the scenario's folder.
    Read {
        /// Where it is.
        transcript: String,
    },
}

/// One command.
#[derive(Debug)]
pub struct Line {
    /// The line it stands in, counted from 1.
    pub number: usize,
    /// When; `None` where the time is not known.
    pub at: Option<Time>,
    /// The number of its engine.
    pub engine: u8,
    /// Who acts.
    pub by: Principal,
    /// The second person.
    pub second: Option<Principal>,
    /// What is asked for.
    pub work: Work,
    /// A word to the reader.
    pub note: Option<String>,
}

impl Line {
    pub(super) fn read(header: &Header, number: usize, source: &str) -> Result<Self, Error> {
        let fail = |message: String| Error::new(number, message);
        let value: Value = serde_json::from_str(source).map_err(|error| fail(format!("not a JSON object: {error}")))?;
        let fields = object(number, "a command", &value)?;
        let at = match fields.get("at") {
            Some(Value::Null) => None,
            _ => Some(time(number, text(number, fields, "at")?)?),
        };
        let engine = if fields.contains_key("engine") { Some(text(number, fields, "engine")?) } else { None };
        let by = fields.get("by").ok_or_else(|| fail("\"by\" is missing".into()))?;
        let second = fields.get("second").map(|second| header.names.principal(number, second)).transpose()?;
        Ok(Self {
            number,
            at,
            engine: header.engine(number, engine)?,
            by: header.names.principal(number, by)?,
            second,
            work: work(header, number, fields)?,
            note: fields.contains_key("note").then(|| text(number, fields, "note")).transpose()?.map(str::to_owned),
        })
    }
}

fn work(header: &Header, number: usize, fields: &Map<String, Value>) -> Result<Work, Error> {
    let name = text(number, fields, "do")?;
    let arguments = fields.iter().filter(|(key, _)| !KEYS.contains(&key.as_str()));
    if name == READ {
        let mut keys = arguments.map(|(key, _)| key).filter(|key| *key != "transcript");
        return match keys.next() {
            Some(key) => Err(Error::new(number, unknown("argument of \"read\"", key, ["transcript"]))),
            None => Ok(Work::Read { transcript: text(number, fields, "transcript")?.to_owned() }),
        };
    }
    let verb = Verb::ALL
        .iter()
        .copied()
        .find(|verb| verb.name() == name)
        .ok_or_else(|| Error::new(number, unknown("action", name, Verb::ALL.iter().map(|verb| verb.name()).chain([READ]))))?;
    let arguments: Map<String, Value> = arguments.map(|(key, value)| (key.clone(), value.clone())).collect();
    if let Some(key) = arguments.keys().find(|key| !verb.arguments().contains(&key.as_str())) {
        return Err(Error::new(number, unknown(&format!("argument of {name:?}"), key, verb.arguments())));
    }
    let written = Value::Object(arguments);
    let arguments = replace_names(number, &header.names, &written)?;
    // Seen with stand-ins for what only the engine knows, so that a wrong line fails before any runs.
    build(number, verb, &arguments, &|ask| match ask {
        Ask::Challenge => Ok(Value::from("00000000-0000-0000-0000-000000000000")),
        Ask::Effect(_) | Ask::All => Ok(Value::from(0)),
    })?;
    Ok(Work::Act { verb, arguments, written })
}

/// What only the engine knows.
enum Ask<'a> {
    Challenge,
    Effect(&'a str),
    All,
}

/// The action of a line, for the engine it is meant for.
pub(crate) fn action(number: usize, verb: Verb, arguments: &Value, engine: &Engine) -> Result<Action, Error> {
    build(number, verb, arguments, &|ask| match ask {
        Ask::Challenge => Ok(Value::from(engine.challenge().to_string())),
        Ask::Effect(kind) => {
            let pending = |entry: &&Entry| entry.kind.name() == kind;
            let found = engine.pending().iter().rev().find(pending).map(|entry| entry.id);
            found.map(Value::from).ok_or_else(|| {
                let known = engine.pending().iter().map(|entry| entry.kind.name());
                Error::new(number, unknown("pending effect", kind, known))
            })
        }
        Ask::All => {
            let name =
                if arguments.get("log").and_then(Value::as_str) == Some("tenant") { LogName::Tenant } else { LogName::Lifecycle };
            Ok(Value::from(engine.log().size(name)))
        }
    })
}

fn build(number: usize, verb: Verb, arguments: &Value, ask: &dyn Fn(Ask<'_>) -> Result<Value, Error>) -> Result<Action, Error> {
    let mut arguments = arguments.clone();
    for (key, value) in arguments.as_object_mut().into_iter().flatten() {
        let question = match (key.as_str(), value.as_str()) {
            ("policy", Some(name)) if Policy::preset(name).is_some() => {
                *value = Value::from(Policy::preset(name).map_or(Digest::NONE, Policy::digest).to_string());
                continue;
            }
            ("nonce", Some("challenge")) => Ask::Challenge,
            ("next", Some("all")) => Ask::All,
            ("effect", Some(kind)) if Kind::ALL.iter().any(|known| known.name() == kind) => Ask::Effect(kind),
            ("effect", Some(kind)) => {
                return Err(Error::new(number, unknown("effect", kind, Kind::ALL.iter().map(|kind| kind.name()))));
            }
            _ => continue,
        };
        *value = ask(question)?;
    }
    let whole = Value::Object(Map::from_iter([(verb.name().to_owned(), arguments)]));
    serde_json::from_value(whole).map_err(|error| Error::new(number, format!("{:?}: {error}", verb.name())))
}

fn time(number: usize, text: &str) -> Result<Time, Error> {
    moment(text).map_err(|message| Error::new(number, message))
}
