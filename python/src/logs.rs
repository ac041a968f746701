//! Drained logs: their directories, their verification, and proofs.

use crate::errors;
use crate::hints::Progress;
use crate::records::{decoded, read};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use serde_json::json;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use strongroom_core::Record;
use strongroom_host::log::{Directory, Proved, PublicKey, Report, check, folder, proof};
use strongroom_host::merkle::hex;

/// Records between two calls of a progress function: Python is not asked more often than a person can see.
const TOLD: u32 = 1 << 12;

/// One log's tree on disk.
#[pyclass(frozen, module = "strongroom._native")]
#[derive(Debug)]
pub(crate) struct LogDirectory(Mutex<Directory>);

impl LogDirectory {
    /// Does something with the directory, and lets other processes write afterwards.
    fn with<T: Send>(
        &self,
        py: Python<'_>,
        act: impl FnOnce(&mut Directory) -> Result<T, strongroom_host::log::Error> + Send,
    ) -> PyResult<T> {
        let acted = py.detach(|| {
            let mut directory = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let acted = act(&mut directory);
            directory.release();
            acted
        });
        acted.map_err(errors::log)
    }
}

#[pymethods]
impl LogDirectory {
    /// Begins an empty log in a folder, which is made.
    #[staticmethod]
    fn create(py: Python<'_>, folder: PathBuf) -> PyResult<Self> {
        py.detach(|| Directory::create(&folder)).map(|directory| Self(Mutex::new(directory))).map_err(errors::log)
    }

    /// Opens the log in a folder.
    #[staticmethod]
    fn open(py: Python<'_>, folder: PathBuf) -> PyResult<Self> {
        py.detach(|| Directory::open(&folder)).map(|directory| Self(Mutex::new(directory))).map_err(errors::log)
    }

    /// How many records are there.
    #[getter]
    fn size(&self, py: Python<'_>) -> PyResult<u32> {
        self.with(py, |directory| Ok(directory.size()))
    }

    /// The newest checkpoint's origin.
    #[getter]
    fn origin(&self, py: Python<'_>) -> PyResult<Option<String>> {
        self.with(py, |directory| Ok(directory.head().map(|head| head.origin.clone())))
    }

    /// Every size that was signed.
    fn signed_sizes(&self, py: Python<'_>) -> PyResult<Vec<u32>> {
        self.with(py, |directory| directory.signed_sizes())
    }

    /// The records one after another, 118 bytes each.
    fn records<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        let bytes = self.with(py, |directory| {
            let mut bytes = Vec::with_capacity(directory.size() as usize * Record::SIZE);
            for record in directory.records() {
                bytes.extend_from_slice(&record?.to_bytes());
            }
            Ok(bytes)
        })?;
        Ok(PyBytes::new(py, &bytes))
    }

    /// Appends records that stand one after another.
    fn append(&self, py: Python<'_>, records: &[u8]) -> PyResult<()> {
        self.with(py, |directory| directory.append(&read(records)?))
    }

    /// Makes a signed note the checkpoint.
    fn publish(&self, py: Python<'_>, note: &str) -> PyResult<()> {
        self.with(py, |directory| directory.publish(note))
    }
}

/// Names and paths of the logs in a folder.
#[pyfunction]
pub(crate) fn log_trees(py: Python<'_>, folder: PathBuf) -> PyResult<Vec<(String, PathBuf)>> {
    let trees = py.detach(|| folder::trees(&folder)).map_err(errors::log)?;
    Ok(trees.into_iter().map(|tree| (tree.name, tree.path)).collect())
}

/// A log's name, path, whether it is as it was signed, and its report as JSON.
type Verified = (String, PathBuf, bool, String);

/// Verifies the logs in a folder on so many threads, else on all cores. `progress` is told a log's name, records done, and all.
#[pyfunction]
#[pyo3(signature = (folder, key=None, progress=None, threads=None))]
pub(crate) fn verify_logs(
    py: Python<'_>,
    folder: PathBuf,
    key: Option<&str>,
    progress: Option<Progress>,
    threads: Option<usize>,
) -> PyResult<Vec<Verified>> {
    let key = key.map(PublicKey::read).transpose().map_err(errors::key)?;
    let none = || PyValueError::new_err("threads: at least one is needed");
    let threads = threads.map(|threads| NonZeroUsize::new(threads).ok_or_else(none)).transpose()?;
    let mut raised = None;
    let verified = py.detach(|| {
        folder::verify(&folder, key.as_ref(), threads, &mut |name, done, total| {
            if done < total && !done.is_multiple_of(TOLD) {
                return ControlFlow::Continue(());
            }
            let told = Python::attach(|py| {
                py.check_signals()?;
                progress.as_ref().map_or(Ok(()), |progress| progress.tell(py, name, done, total))
            });
            match told {
                Ok(()) => ControlFlow::Continue(()),
                Err(error) => {
                    raised = Some(error);
                    ControlFlow::Break(())
                }
            }
        })
    });
    if let Some(error) = raised {
        return Err(error);
    }
    let reports = verified.map_err(errors::log)?.unwrap_or_default();
    let told = |(tree, report): (folder::Tree, Report)| {
        let json = serde_json::to_string(&report).map_err(errors::json)?;
        Ok((tree.name, tree.path, report.is_sound(), json))
    };
    reports.into_iter().map(told).collect()
}

/// A proof that a record is in the log in a folder.
#[pyfunction]
pub(crate) fn prove_inclusion(py: Python<'_>, folder: PathBuf, record: u32) -> PyResult<String> {
    let prove = || proof::inclusion(&Directory::open(&folder::tree(&folder)?.path)?, record);
    py.detach(prove).map_err(errors::log)
}

/// A proof that the log in a folder only grew between two sizes.
#[pyfunction]
pub(crate) fn prove_consistency(py: Python<'_>, folder: PathBuf, old: u32, new: u32) -> PyResult<String> {
    let prove = || proof::consistency(&Directory::open(&folder::tree(&folder)?.path)?, old, new);
    py.detach(prove).map_err(errors::log)
}

/// What a proof proves: a JSON object.
#[pyfunction]
pub(crate) fn check_proof(py: Python<'_>, text: &str, key: &str) -> PyResult<String> {
    let key = PublicKey::read(key).map_err(errors::key)?;
    let proved = py.detach(|| check(text, &key)).map_err(errors::proof)?;
    Ok(match proved {
        Proved::Inclusion { origin, size, root, record } => {
            json!({ "origin": origin.to_string(), "size": size, "root": hex(&root), "record": decoded(&record) })
        }
        Proved::Consistency { origin, old, new, old_root, new_root } => json!({
            "origin": origin.to_string(),
            "old": old,
            "new": new,
            "old_root": hex(&old_root),
            "new_root": hex(&new_root),
        }),
    }
    .to_string())
}
