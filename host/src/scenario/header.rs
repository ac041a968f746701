//! A scenario's first line.

use super::error::{Error, unknown};
use super::names::{Names, object, parse, text};
use serde_json::Value;
use strongroom_core::outbox::Kind;
use strongroom_core::{Device, Label, Organisation, Policy, Principal};

/// The format's version.
const VERSION: u64 = 1;

const KEYS: [&str; 7] = ["strongroom", "title", "policy", "organisations", "people", "engines", "host"];

/// What the host does by itself while the scenario runs, as a real one would.
#[derive(Debug, Default)]
pub struct Host {
    /// Who acknowledges the tenant log when it fills up.
    pub drains_tenant: Option<Principal>,
    /// Who acknowledges the lifecycle log when it fills up.
    pub drains_lifecycle: Option<Principal>,
    /// Kinds of effects that are confirmed at once.
    pub confirms: Vec<String>,
    /// Whether it turns deadlines into steps by itself.
    pub ticks: bool,
}

/// How an engine begins.
#[derive(Debug, Clone, Copy)]
pub struct Start {
    /// What people call it.
    pub name: Label,
    /// The device it is made for.
    pub device: Device,
    /// Where its stored state cannot be read: whose officer may take part in the quarantine.
    pub invalid: Option<Organisation>,
}

/// A scenario's first line: the engines, the people, and the policy.
#[derive(Debug)]
pub struct Header {
    /// What the scenario tells.
    pub title: String,
    /// The policy's preset.
    pub policy: &'static Policy,
    /// The engines, in the order of their numbers.
    pub engines: Vec<Start>,
    /// What the host does by itself.
    pub host: Host,
    pub(crate) names: Names,
}

impl Header {
    pub(super) fn read(line: usize, source: &str) -> Result<Self, Error> {
        let value: Value =
            serde_json::from_str(source).map_err(|error| Error::new(line, format!("the header is not JSON: {error}")))?;
        let fields = object(line, "the header", &value)?;
        match fields.get("strongroom").and_then(Value::as_u64) {
            Some(VERSION) => {}
            Some(other) => {
                return Err(Error::new(line, format!("scenario format {other} is not known; this is format {VERSION}")));
            }
            None => {
                return Err(Error::new(line, format!("the first line is a header and begins {{\"strongroom\": {VERSION}, …")));
            }
        }
        if let Some(key) = fields.keys().find(|key| !KEYS.contains(&key.as_str())) {
            return Err(Error::new(line, unknown("part of the header", key, KEYS)));
        }
        let name = fields.get("policy").map_or(Ok("azure"), |_| text(line, fields, "policy"))?;
        let policy = preset(name).map_err(|message| Error::new(line, message))?;
        let empty = Value::Object(serde_json::Map::new());
        let part = |key: &str| fields.get(key).unwrap_or(&empty);
        let names = Names::read(line, part("organisations"), part("people"))?;
        let mut engines = Vec::new();
        for (name, device) in object(line, "engines", part("engines"))? {
            let label = Label::new(name)
                .ok_or_else(|| Error::new(line, format!("engine {name:?}: a name is at most 16 printable ASCII characters")))?;
            let mut device = replace_names(line, &names, device)?;
            let invalid = device.as_object_mut().and_then(|fields| fields.remove("invalid"));
            let what = format!("engine {name:?}");
            let invalid = invalid.map(|tenant| parse(line, &what, &tenant)).transpose()?;
            engines.push(Start { name: label, device: parse(line, &what, &device)?, invalid });
        }
        if engines.is_empty() || engines.len() > usize::from(u8::MAX) {
            return Err(Error::new(line, "the header names no engine; \"engines\" must name one to 255"));
        }
        let host = object(line, "host", part("host"))?;
        if let Some(key) = host.keys().find(|key| !["drain", "confirm", "ticks"].contains(&key.as_str())) {
            return Err(Error::new(line, unknown("task of the host", key, ["drain", "confirm", "ticks"])));
        }
        let drain = host.get("drain").unwrap_or(&empty);
        let reader = |log: &str| drain.get(log).map(|name| names.principal(line, name)).transpose();
        let host = Host {
            drains_tenant: reader("tenant")?,
            drains_lifecycle: reader("lifecycle")?,
            ticks: parse(line, "host.ticks", host.get("ticks").unwrap_or(&Value::Bool(true)))?,
            confirms: parse(line, "host.confirm", host.get("confirm").unwrap_or(&Value::Array(Vec::new())))?,
        };
        let kinds = || Kind::ALL.iter().map(|kind| kind.name());
        if let Some(kind) = host.confirms.iter().find(|kind| !kinds().any(|known| known == kind.as_str())) {
            return Err(Error::new(line, unknown("effect in host.confirm", kind, kinds())));
        }
        let title = if fields.contains_key("title") { text(line, fields, "title")? } else { "" }.to_owned();
        Ok(Self { title, policy, engines, host, names })
    }

    /// The number of the engine that a line names.
    pub(super) fn engine(&self, line: usize, name: Option<&str>) -> Result<u8, Error> {
        let place = match name {
            None if self.engines.len() == 1 => Some(0),
            None => return Err(Error::new(line, "\"engine\" is missing, and the header names several")),
            Some(name) => self.engines.iter().position(|start| start.name.as_str() == name),
        };
        let known = self.engines.iter().map(|start| start.name.as_str());
        place
            .and_then(|place| u8::try_from(place).ok())
            .ok_or_else(|| Error::new(line, unknown("engine", name.unwrap_or_default(), known)))
    }
}

/// The preset of that name.
pub(crate) fn preset(name: &str) -> Result<&'static Policy, String> {
    let known = Policy::PRESETS.iter().map(|policy| policy.name.as_str());
    Policy::preset(name).ok_or_else(|| unknown("policy", name, known))
}

/// The value with every `@name` and `text:…` in it replaced.
pub(super) fn replace_names(line: usize, names: &Names, value: &Value) -> Result<Value, Error> {
    Ok(match value {
        Value::String(written) => match (written.strip_prefix('@'), written.strip_prefix("text:")) {
            (Some(name), _) => Value::String(names.id_of(line, name)?),
            (None, Some(words)) => Value::String(digest_of(words)),
            (None, None) => value.clone(),
        },
        Value::Array(values) => {
            Value::Array(values.iter().map(|value| replace_names(line, names, value)).collect::<Result<_, _>>()?)
        }
        Value::Object(fields) => Value::Object(
            fields.iter().map(|(key, value)| Ok((key.clone(), replace_names(line, names, value)?))).collect::<Result<_, _>>()?,
        ),
        other => other.clone(),
    })
}

fn digest_of(words: &str) -> String {
    use sha2::Digest;
    crate::merkle::hex(&sha2::Sha256::digest(words))
}
