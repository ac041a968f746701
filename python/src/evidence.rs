//! Certificates.

use crate::errors;
use pyo3::prelude::*;
use serde_json::json;
use std::path::PathBuf;
use strongroom_host::evidence::{self, Certificate, Checked, Outcome, Stated};
use strongroom_host::log::PublicKey;

/// Reads a certificate, and says nothing where it is one.
#[pyfunction]
pub(crate) fn evidence_read(py: Python<'_>, text: &str) -> PyResult<()> {
    py.detach(|| Certificate::read(text)).map(drop).map_err(errors::certificate)
}

/// The certificate of the last destruction in a log folder, or of the one that `record` proves.
#[pyfunction]
#[pyo3(signature = (folder, record=None, details=None))]
pub(crate) fn evidence_export(py: Python<'_>, folder: PathBuf, record: Option<u32>, details: Option<&str>) -> PyResult<String> {
    let stated = details.map_or_else(|| Ok(Stated::default()), Stated::read).map_err(errors::certificate)?;
    let certificate = py.detach(|| evidence::export(&folder, record, stated)).map_err(errors::export)?;
    certificate.write().map_err(errors::certificate)
}

/// What came of verifying a certificate: a JSON object with `checks`, `stated` and `missing`.
#[pyfunction]
pub(crate) fn evidence_verify(py: Python<'_>, text: &str, key: &str) -> PyResult<String> {
    let key = PublicKey::read(key).map_err(errors::key)?;
    let report = py.detach(|| evidence::verify(text, &key)).map_err(errors::certificate)?;
    let checks: Vec<_> = report
        .checks
        .iter()
        .map(|check| json!({ "what": check.what, "passed": check.outcome == Outcome::Passed, "says": check.says }))
        .collect();
    Ok(json!({ "checks": checks, "stated": report.stated, "missing": report.missing }).to_string())
}

/// A certificate on one page of text; `key` names the key that it was verified with, if it was.
#[pyfunction]
#[pyo3(signature = (text, key=None))]
pub(crate) fn evidence_page(py: Python<'_>, text: &str, key: Option<&str>) -> PyResult<String> {
    let certificate = py.detach(|| Certificate::read(text)).map_err(errors::certificate)?;
    Ok(evidence::page(&certificate, key.map_or(Checked::No, Checked::With)))
}
