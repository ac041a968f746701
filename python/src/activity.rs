//! The activity log.

use crate::hints::List;
use crate::{errors, records};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use strongroom_core::{LogName, Time};
use strongroom_host::activity::{COLUMNS, Filter, Format, Reader, Teller, identity, json};

/// Events of a log folder, as lines of a format.
#[pyclass(frozen, module = "strongroom._native")]
#[derive(Debug)]
pub(crate) struct Activity(Mutex<Reader>);

/// The columns of the tables.
#[pyfunction]
pub(crate) fn activity_columns() -> Vec<&'static str> {
    COLUMNS.to_vec()
}

/// Events of records that stand one after another, oldest first and all of one log, as JSON Lines.
#[pyfunction]
pub(crate) fn activity_of(records: &[u8], origin: &str) -> PyResult<String> {
    let mut teller = Teller::new(origin);
    let mut lines = String::new();
    for record in records::read(records).map_err(errors::log)? {
        json::write(&teller.tell(&record), &mut lines);
    }
    Ok(lines)
}

/// The events of the logs in `folder` that are as asked for.
#[pyfunction]
#[expect(clippy::too_many_arguments, reason = "named in Python, where they are the parts of a filter")]
pub(crate) fn activity(
    py: Python<'_>,
    folder: PathBuf,
    format: &str,
    actions: List<String>,
    actors: List<String>,
    request: Option<u32>,
    since: Option<u64>,
    until: Option<u64>,
    log: Option<&str>,
    refused: bool,
    subscription: Option<&str>,
) -> PyResult<Activity> {
    let mut filter = Filter::default();
    filter.request = request;
    filter.since = since.map(Time::from_unix);
    filter.until = until.map(Time::from_unix);
    filter.log = log.and_then(|name| LogName::ALL.iter().copied().find(|log| log.name() == name));
    filter.refused = refused;
    for name in &actions.0 {
        filter.action(name).map_err(errors::filter)?;
    }
    for name in &actors.0 {
        filter.actor(name).map_err(errors::filter)?;
    }
    let format = match format {
        "jsonl" => Format::Jsonl,
        "csv" => Format::Csv,
        "azure" => Format::Azure { subscription: subscription.map(identity).transpose().map_err(errors::filter)? },
        other => return Err(PyValueError::new_err(format!("no format is called {other:?}"))),
    };
    let reader = py.detach(|| Reader::open(&folder, filter, format)).map_err(errors::log)?;
    Ok(Activity(Mutex::new(reader)))
}

#[pymethods]
impl Activity {
    /// Lines of up to `events` events; none once all are told.
    fn batch(&self, py: Python<'_>, events: usize) -> PyResult<Option<String>> {
        py.detach(|| self.reader(|reader| reader.batch(events))).map_err(errors::log)
    }

    /// Events that have their line.
    #[getter]
    fn told(&self) -> u64 {
        self.reader(|reader| reader.told())
    }

    /// Events that the format has no line for.
    #[getter]
    fn left_out(&self) -> u64 {
        self.reader(|reader| reader.left_out())
    }
}

impl Activity {
    fn reader<T>(&self, ask: impl FnOnce(&mut Reader) -> T) -> T {
        // A reader that was broken off reads on.
        ask(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
