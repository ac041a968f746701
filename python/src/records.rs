//! Records, decoded.

use crate::errors;
use pyo3::prelude::*;
use serde_json::{Value, json};
use strongroom_core::audit::record::{REPEATED, UNLOGGED};
use strongroom_core::{Record, Verb};
use strongroom_host::activity::Teller;
use strongroom_host::log;
use strongroom_host::merkle::hex;

/// Records that stand one after another: a JSON array.
#[pyfunction]
pub(crate) fn read_records(py: Python<'_>, records: &[u8]) -> PyResult<String> {
    py.detach(|| Ok(read(records)?.iter().map(decoded).collect::<Value>().to_string())).map_err(errors::log)
}

pub(crate) fn read(bytes: &[u8]) -> Result<Vec<Record>, log::Error> {
    let (whole, rest) = bytes.as_chunks::<{ Record::SIZE }>();
    if !rest.is_empty() {
        let why = format!("records have {} bytes each, and {} are left over", Record::SIZE, rest.len());
        return Err(log::Error::Refused(why));
    }
    let decode = |(place, bytes): (usize, &[u8; Record::SIZE])| {
        let why = || format!("the bytes from {} on are no record", place * Record::SIZE);
        Record::from_bytes(bytes).ok_or_else(|| log::Error::Refused(why()))
    };
    whole.iter().enumerate().map(decode).collect()
}

/// A record's fields, with names for numbers where there are any.
pub(crate) fn decoded(record: &Record) -> Value {
    let what = match record.kind {
        REPEATED => Some("repeated refusals"),
        UNLOGGED => Some("unlogged steps"),
        code => Verb::from_code(code).map(Verb::name),
    };
    // Only identifiers depend on where the log comes from.
    let event = Teller::new("").tell(record);
    json!({
        "log": record.log.name(),
        "sequence": record.sequence,
        "epoch": record.epoch,
        "boot": record.boot,
        "at": record.at,
        "refused": record.is_refused(),
        "party": record.by.party().name(),
        "role": record.by.role.name(),
        "organisation": record.by.organisation,
        "person": record.by.id,
        "second": record.second,
        "what": what,
        "rule": record.rule.name(),
        "before": event.from(),
        "after": event.to(),
        "request": event.request(),
        "data": hex(&record.to_bytes()),
    })
}
