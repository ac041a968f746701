//! A scenario's replay.

use crate::errors;
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use serde_json::{Value, json};
use std::path::PathBuf;
use strongroom_core::Engine;
use strongroom_core::outbox::Entry;
use strongroom_host::log::key::read_private;
use strongroom_host::replay::{differences, effect_detail};
use strongroom_host::{Options, keep};

/// What came of a scenario.
#[pyclass(frozen, module = "strongroom._native")]
#[derive(Debug)]
pub(crate) struct Replay(strongroom_host::Replay);

/// Engine, log, records, root, and whether the core has erased it since.
type VerifiedLog = (String, &'static str, usize, String, bool);

/// Runs a scenario; its transcripts are looked up in `folder`.
#[pyfunction]
#[pyo3(signature = (text, folder, policy=None))]
pub(crate) fn replay(py: Python<'_>, text: &str, folder: PathBuf, policy: Option<&str>) -> PyResult<Replay> {
    py.detach(|| strongroom_host::replay(text, &folder, Options { policy })).map(Replay).map_err(errors::scenario)
}

/// The wire form of a scenario.
#[pyfunction]
pub(crate) fn compile<'py>(py: Python<'py>, text: &str, folder: PathBuf) -> PyResult<Bound<'py, PyBytes>> {
    let wire = py.detach(|| strongroom_host::compile(text, &folder)).map_err(errors::scenario)?;
    Ok(PyBytes::new(py, &wire))
}

#[pymethods]
impl Replay {
    /// What the scenario tells.
    #[getter]
    fn title(&self) -> &str {
        &self.0.title
    }

    /// The policy that the engines began with.
    #[getter]
    fn policy(&self) -> &str {
        self.0.policy
    }

    /// The canonical output.
    fn jsonl(&self, py: Python<'_>) -> String {
        py.detach(|| self.0.jsonl())
    }

    /// The wire form.
    fn wire<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, &self.0.wire)
    }

    /// The steps, told for people: a JSON array.
    fn story(&self, py: Python<'_>) -> PyResult<String> {
        py.detach(|| serde_json::to_string(&self.0.story)).map_err(errors::json)
    }

    /// The decisions that come out otherwise in `other`: a JSON array of pairs of steps.
    fn differences(&self, py: Python<'_>, other: &Self) -> PyResult<String> {
        py.detach(|| serde_json::to_string(&differences(&self.0, &other.0))).map_err(errors::json)
    }

    /// How the engines ended: a JSON array.
    fn engines(&self, py: Python<'_>) -> String {
        py.detach(|| self.0.engines.iter().map(|(name, engine)| final_state(name, engine)).collect::<Value>().to_string())
    }

    /// Tells it again to engines that journals keep; their logs are drained and signed. The folder, name and size of each.
    #[pyo3(signature = (logs, key, journals))]
    fn keep(
        &self,
        py: Python<'_>,
        logs: Option<PathBuf>,
        key: Option<&str>,
        journals: Option<PathBuf>,
    ) -> PyResult<Vec<(PathBuf, String, u32)>> {
        let key = key.map(read_private).transpose().map_err(errors::key)?;
        let logs = logs.as_deref().zip(key.as_ref());
        let options = keep::Options { journals: journals.as_deref(), logs };
        let signed = py.detach(|| keep::keep(&self.0, options)).map_err(errors::keep)?;
        Ok(signed.into_iter().map(|log| (log.path, log.origin, log.size)).collect())
    }

    /// Recomputes every log's root from the exported records.
    fn verify(&self, py: Python<'_>) -> PyResult<Vec<VerifiedLog>> {
        let verified = py.detach(|| self.0.verify()).map_err(errors::verification)?;
        Ok(verified.into_iter().map(|log| (log.engine, log.log, log.records, log.root, log.erased)).collect())
    }
}

pub(crate) fn final_state(name: &str, engine: &Engine) -> Value {
    let (lease, account) = (&engine.state().base.lease, &engine.state().base.account);
    let requests: Vec<Value> = engine
        .state()
        .requests
        .iter()
        .map(|request| {
            json!({
                "number": request.number,
                "status": request.status.name(),
                "ticket": request.ticket,
                "since": request.since,
                "deadline": request.deadline,
                "follows": request.follows,
                "requester": request.requester,
                "terms": request.terms,
                "roster": request.roster,
                "approvals": request.approvals,
                "approvals_needed": request.promised.approvals,
                "longest": request.promised.longest,
                "shortened": request.shortened,
                "reason": request.reason.is_given().then_some(request.reason),
            })
        })
        .collect();
    let pending: Vec<Value> = engine.pending().iter().map(pending_entry).collect();
    let exclusions: Vec<Value> = engine
        .state()
        .exclusions
        .iter()
        .map(|excluded| {
            json!({
                "number": excluded.number,
                "kind": excluded.kind,
                "subject": excluded.subject,
                "by": excluded.by,
                "at": excluded.at,
                "due": excluded.due,
            })
        })
        .collect();
    json!({
        "name": name,
        "policy": engine.policy().map_or("", |policy| policy.name.as_str()),
        "state": lease.main.name(),
        "health": lease.health().name(),
        "requests": requests,
        "pending": pending,
        "exclusions": exclusions,
        "account": account.is_open().then_some(account),
        "digest": engine.digest(),
    })
}

/// An entry of the outbox.
pub(crate) fn pending_entry(entry: &Entry) -> Value {
    json!({
        "number": entry.id,
        "kind": entry.kind.name(),
        "about": entry.about,
        "detail": effect_detail(entry),
        "asked": entry.asked,
        "due": entry.due,
    })
}
