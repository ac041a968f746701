//! The native module of the Python package: the host crate's functions, with texts and plain values
//! at the border.
//!
//! Nothing is decided here, and nothing is kept that Python could change. What has structure crosses
//! as JSON text, which the typed package around this module turns into frozen classes.
#![forbid(unsafe_code)]

mod activity;
mod board;
mod chart;
mod console;
mod engine;
mod errors;
mod evidence;
mod guard;
mod health;
mod hints;
mod jit;
mod logs;
mod policies;
mod records;
mod replay;
mod support;
mod words;

use pyo3::pymodule;

/// Strongroom's policy core; private, use `strongroom`.
#[pymodule(gil_used = false)]
mod _native {
    #[pymodule_export]
    use super::activity::{Activity, activity, activity_columns, activity_of};
    #[pymodule_export]
    use super::board::{BoardClient, LogCollection, device_public_key};
    #[pymodule_export]
    use super::chart::{chart, lockbox_chart};
    #[pymodule_export]
    use super::console::{read_console, reading_health};
    #[pymodule_export]
    use super::engine::{Engine, command_digest};
    #[pymodule_export]
    use super::evidence::{evidence_export, evidence_page, evidence_read, evidence_verify};
    #[pymodule_export]
    use super::guard::{Guard, console_effects, quiet_milliseconds, shell_commands};
    #[pymodule_export]
    use super::health::health_course;
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

    #[pymodule_export]
    #[expect(non_upper_case_globals, reason = "the name that Python has for it")]
    const __version__: &str = env!("CARGO_PKG_VERSION");
}
