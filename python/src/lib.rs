//! The native module of the Python package: the host crate's functions, with texts and plain values
//! at the border.
//!
//! Nothing is decided here, and nothing is kept that Python could change. What has structure crosses
//! as JSON text, which the typed package around this module turns into frozen classes.
#![forbid(unsafe_code)]

mod activity;
mod console;
mod engine;
mod errors;
mod evidence;
mod jit;
mod logs;
mod policies;
mod records;
mod replay;
mod support;
mod words;

use pyo3::prelude::*;

/// Strongroom's policy core; private, use `strongroom`.
#[pymodule(gil_used = false)]
mod _native {
    #[pymodule_export]
    use super::activity::{Activity, activity, activity_columns};
    #[pymodule_export]
    use super::console::read_console;
    #[pymodule_export]
    use super::engine::Engine;
    #[pymodule_export]
    use super::evidence::{evidence_export, evidence_page, evidence_read, evidence_verify};
    #[pymodule_export]
    use super::jit::{JitRequest, JitRule};
    #[pymodule_export]
    use super::logs::{LogDirectory, check_proof, log_trees, prove_consistency, prove_inclusion, verify_logs};
    #[pymodule_export]
    use super::policies::policies;
    #[pymodule_export]
    use super::records::read_records;
    #[pymodule_export]
    use super::replay::{Replay, compile, replay};
    #[pymodule_export]
    use super::support::routes;
    #[pymodule_export]
    use super::words::{commands, parties, rows, rules, subjects, verbs, words};
    use pyo3::prelude::*;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
