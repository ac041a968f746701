//! The certificate, as it is written and read.

use super::proved::Proved;
use super::stated::Stated;
use crate::merkle::hex;
use serde::{Deserialize, Serialize};
use std::fmt;
use strongroom_core::{Command, Record};

/// The format's version.
pub(super) const VERSION: u32 = 1;

/// A certificate of a zeroization or a destruction; its JSON Schema is `tests/evidence/certificate.schema.json`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    /// The format's version.
    pub strongroom_certificate: u32,
    /// What follows from the log.
    pub proved: Proved,
    /// What whoever issued it says.
    pub stated: Stated,
    /// What it follows from.
    pub log: Excerpt,
}

/// The part of the log that a certificate rests on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Excerpt {
    /// The log's origin, as its checkpoints name it.
    pub origin: String,
    /// Records in hexadecimal digits, one after another as in the log: from the one that began the destruction, where
    /// that is known, to the one that proves it.
    pub records: Vec<String>,
    /// Commands of some of those records.
    pub commands: Vec<Bound>,
    /// Inclusion proofs with their signed checkpoint, as `c2sp.org/tlog-proof@v1`: of the first and of the last record,
    /// or of the only one.
    pub inclusion: Vec<String>,
}

/// A command, bound by the digest in its record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bound {
    /// The record's sequence number.
    pub sequence: u32,
    /// The command as the lifecycle log knows it.
    pub command: Command,
}

/// A text that is no certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormatError(pub String);

impl fmt::Display for FormatError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "not a certificate: {}", self.0)
    }
}

impl std::error::Error for FormatError {}

impl Certificate {
    /// Reads a certificate. Nothing is verified.
    ///
    /// # Errors
    ///
    /// What the text has that a certificate does not, or lacks.
    pub fn read(text: &str) -> Result<Self, FormatError> {
        let fail = |why: String| FormatError(why);
        let value: serde_json::Value = serde_json::from_str(text).map_err(|error| fail(error.to_string()))?;
        match value.get("strongroom_certificate").map(serde_json::Value::as_u64) {
            Some(Some(version)) if version == u64::from(VERSION) => {}
            Some(Some(version)) => return Err(fail(format!("format {version} is not known; this is format {VERSION}"))),
            _ => return Err(fail(format!("it does not say \"strongroom_certificate\": {VERSION}"))),
        }
        let certificate: Self = serde_json::from_str(text).map_err(|error| fail(error.to_string()))?;
        // What a reader of the text could see and this program did not.
        let again = serde_json::to_value(&certificate).map_err(|error| fail(error.to_string()))?;
        match difference("", &value, &again).first() {
            Some(Difference { place, .. }) => Err(fail(format!("{place} is not written as a certificate is"))),
            None => Ok(certificate),
        }
    }

    /// The certificate as JSON, for people indented.
    ///
    /// # Errors
    ///
    /// None that this program knows how to cause.
    pub fn write(&self) -> Result<String, FormatError> {
        let text = serde_json::to_string_pretty(self).map_err(|error| FormatError(error.to_string()))?;
        Ok(text + "\n")
    }

    /// The records.
    ///
    /// # Errors
    ///
    /// The first that is none.
    pub fn records(&self) -> Result<Vec<Record>, String> {
        let records = self.log.records.iter().enumerate();
        let read = |(place, text): (usize, &String)| {
            record(text).ok_or_else(|| format!("log.records[{place}] is not a record of 118 bytes in hexadecimal digits"))
        };
        records.map(read).collect()
    }
}

impl Excerpt {
    /// A record, as it stands in a certificate.
    #[must_use]
    pub fn written(record: &Record) -> String {
        hex(&record.to_bytes())
    }
}

fn record(text: &str) -> Option<Record> {
    let digit = |sign: u8| match sign {
        b'0'..=b'9' => Some(sign - b'0'),
        b'a'..=b'f' => Some(sign - b'a' + 10),
        _ => None,
    };
    let pairs = text.as_bytes().chunks(2);
    let bytes = pairs.map(|pair| Some(digit(*pair.first()?)? << 4 | digit(*pair.get(1)?)?)).collect::<Option<Vec<u8>>>()?;
    Record::from_bytes(&bytes)
}

/// Where two values differ.
pub(super) struct Difference {
    /// Such as `proved.steps[1].at`.
    pub(super) place: String,
    /// What stands there in the one.
    pub(super) one: String,
    /// And in the other.
    pub(super) other: String,
}

/// Where `one` and `other` differ, each place by itself.
pub(super) fn difference(place: &str, one: &serde_json::Value, other: &serde_json::Value) -> Vec<Difference> {
    use serde_json::Value;
    let below = |name: &str| if place.is_empty() { name.to_owned() } else { format!("{place}.{name}") };
    match (one, other) {
        (Value::Object(mine), Value::Object(theirs)) => {
            let names = mine.keys().chain(theirs.keys().filter(|name| !mine.contains_key(*name)));
            let value = |side: &serde_json::Map<String, Value>, name: &str| side.get(name).cloned().unwrap_or(Value::Null);
            let present = |name: &str| mine.contains_key(name) == theirs.contains_key(name);
            names
                .flat_map(|name| match (value(mine, name), value(theirs, name)) {
                    (Value::Null, Value::Null) if !present(name) => {
                        vec![Difference { place: below(name), one: "null".into(), other: "nothing".into() }]
                    }
                    (mine, theirs) => difference(&below(name), &mine, &theirs),
                })
                .collect()
        }
        (Value::Array(mine), Value::Array(theirs)) if mine.len() == theirs.len() => {
            let pairs = mine.iter().zip(theirs).enumerate();
            pairs.flat_map(|(number, (one, other))| difference(&format!("{place}[{number}]"), one, other)).collect()
        }
        _ if one == other => Vec::new(),
        _ => vec![Difference { place: place.to_owned(), one: one.to_string(), other: other.to_string() }],
    }
}
