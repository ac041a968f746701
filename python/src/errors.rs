//! Errors of the host crate as the package's exceptions, which are defined in Python.

use pyo3::PyErr;
use strongroom_host::evidence::ExportError;
use strongroom_host::log::key::NotAKey;
use strongroom_host::log::proof::NotProved;
use strongroom_host::merkle::Problem;
use strongroom_host::replay::VerifyError;
use strongroom_host::{keep, scenario, transcript};

mod python {
    pyo3::import_exception!(strongroom.exceptions, ScenarioError);
    pyo3::import_exception!(strongroom.exceptions, TranscriptError);
    pyo3::import_exception!(strongroom.exceptions, VerificationError);
    pyo3::import_exception!(strongroom.exceptions, CertificateError);
    pyo3::import_exception!(strongroom.exceptions, FilterError);
    pyo3::import_exception!(strongroom.exceptions, KeyFormatError);
    pyo3::import_exception!(strongroom.exceptions, LogError);
    pyo3::import_exception!(strongroom.exceptions, ProofError);
    pyo3::import_exception!(strongroom.exceptions, StorageError);
}

pub(crate) fn scenario(error: scenario::Error) -> PyErr {
    python::ScenarioError::new_err((error.line, error.message))
}

pub(crate) fn transcript(problem: transcript::Problem) -> PyErr {
    python::TranscriptError::new_err(problem.to_string())
}

pub(crate) fn verification(error: VerifyError) -> PyErr {
    let sequence = match error.problem {
        Problem::Sequence { place, .. } => Some(place),
        Problem::Time { sequence } => Some(sequence),
        Problem::Root { .. } => None,
    };
    python::VerificationError::new_err((error.engine, error.log, sequence, error.problem.to_string()))
}

pub(crate) fn filter(message: String) -> PyErr {
    python::FilterError::new_err(message)
}

pub(crate) fn log(error: strongroom_host::log::Error) -> PyErr {
    python::LogError::new_err(error.to_string())
}

pub(crate) fn key(error: NotAKey) -> PyErr {
    python::KeyFormatError::new_err(error.to_string())
}

pub(crate) fn proof(error: NotProved) -> PyErr {
    python::ProofError::new_err(error.to_string())
}

pub(crate) fn certificate(error: impl std::fmt::Display) -> PyErr {
    python::CertificateError::new_err(error.to_string())
}

pub(crate) fn keep(error: keep::Error) -> PyErr {
    match error {
        keep::Error::Log(error) => log(error),
        other => python::StorageError::new_err(other.to_string()),
    }
}

pub(crate) fn export(error: ExportError) -> PyErr {
    match error {
        ExportError::Log(error) => log(error),
        other => certificate(other),
    }
}

/// What cannot happen with values of this workspace, as an exception all the same: nothing panics here.
pub(crate) fn json(error: serde_json::Error) -> PyErr {
    pyo3::exceptions::PyValueError::new_err(error.to_string())
}
