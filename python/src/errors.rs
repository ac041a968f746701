//! Errors of the host crate as the package's exceptions, which are defined in Python.

use pyo3::PyErr;
use strongroom_host::evidence::ExportError;
use strongroom_host::link::NotCollected;
use strongroom_host::log::key::NotAKey;
use strongroom_host::log::proof::NotProved;
use strongroom_host::merkle::Problem;
use strongroom_host::replay::VerifyError;
use strongroom_host::{drain, keep, scenario, transcript};

mod python {
    pyo3::import_exception!(strongroom.exceptions, ScenarioError);
    pyo3::import_exception!(strongroom.exceptions, TranscriptError);
    pyo3::import_exception!(strongroom.exceptions, VerificationError);
    pyo3::import_exception!(strongroom.exceptions, CertificateError);
    pyo3::import_exception!(strongroom.exceptions, CommandError);
    pyo3::import_exception!(strongroom.exceptions, FilterError);
    pyo3::import_exception!(strongroom.exceptions, KeyFormatError);
    pyo3::import_exception!(strongroom.exceptions, LogError);
    pyo3::import_exception!(strongroom.exceptions, ProofError);
    pyo3::import_exception!(strongroom.exceptions, StorageError);
    pyo3::import_exception!(strongroom.exceptions, JournalHeldError);
    pyo3::import_exception!(strongroom.exceptions, HeadError);
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

pub(crate) fn command(message: String) -> PyErr {
    python::CommandError::new_err(message)
}

/// Of storage, with the number that every language has for it.
pub(crate) fn storage(message: &str, number: u16) -> PyErr {
    python::StorageError::new_err((message.to_owned(), number))
}

pub(crate) fn closed() -> PyErr {
    storage("it is closed", 1041)
}

pub(crate) fn journal(error: strongroom_host::journal::Error) -> PyErr {
    use strongroom_host::journal::Error;
    match &error {
        Error::Held { .. } => python::JournalHeldError::new_err((error.to_string(), 1044)),
        Error::Fault { fault, .. } => storage(&error.to_string(), fault.code()),
        Error::File { .. } | Error::Size { .. } => storage(&error.to_string(), 1044),
    }
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

pub(crate) fn board_key(message: String) -> PyErr {
    python::KeyFormatError::new_err(message)
}

pub(crate) fn collected(error: NotCollected) -> PyErr {
    match error {
        NotCollected::NotVerified(why) => python::HeadError::new_err(why),
        other => python::LogError::new_err(other.to_string()),
    }
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
        other => storage(&other.to_string(), 1044),
    }
}

pub(crate) fn drain(error: drain::Error) -> PyErr {
    keep(error.into())
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
