//! Readings from a console's output.

use crate::engine::read;
use crate::errors;
use pyo3::prelude::*;
use serde_json::json;
use strongroom_core::Reading;
use strongroom_core::lease::health::Vitals;

/// Reads what a device printed: a JSON object with `reading` and `outcome`.
#[pyfunction]
pub(crate) fn read_console(py: Python<'_>, transcript: &[u8]) -> PyResult<String> {
    let (reading, outcome) = py.detach(|| strongroom_host::transcript::read(transcript)).map_err(errors::transcript)?;
    serde_json::to_string(&json!({ "reading": reading, "outcome": outcome })).map_err(errors::json)
}

/// The health that a reading shows by itself.
#[pyfunction]
pub(crate) fn reading_health(reading: &str) -> PyResult<&'static str> {
    let reading: Reading = read(reading)?;
    Ok(Vitals::UNREAD.after(&reading).health().name())
}
