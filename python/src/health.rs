//! The course of a device's health over polls of its console, by the core's own rules.

use crate::errors;
use pyo3::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};
use strongroom_core::lease::Lease;
use strongroom_core::lease::polls::Sign;
use strongroom_core::lease::sensing;
use strongroom_core::{Policy, Reading, Time};

/// One poll; no reading where there was no answer.
#[derive(Deserialize)]
struct Poll {
    at: u64,
    reading: Option<Reading>,
}

/// What comes of polls, one after another, under a preset: a JSON array, an object for each poll.
#[pyfunction]
pub(crate) fn health_course(policy: &str, polls: &str) -> PyResult<String> {
    let policy = Policy::preset(policy).ok_or_else(|| errors::command(format!("no preset is called {policy:?}")))?;
    let polls: Vec<Poll> = serde_json::from_str(polls).map_err(|error| errors::command(error.to_string()))?;
    let mut lease = Lease::in_transit();
    let course = polls.iter().map(|poll| after(&mut lease, policy, poll)).collect::<Value>();
    Ok(course.to_string())
}

fn after(lease: &mut Lease, policy: &Policy, poll: &Poll) -> Value {
    let at = Time::from_unix(poll.at);
    match &poll.reading {
        Some(reading) => {
            let heard = sensing::heard(lease, &policy.health, at, reading);
            lease.vitals = heard.vitals;
            lease.polls = heard.polls;
        }
        None => lease.polls = lease.polls.after(&policy.health, at, Sign::NoAnswer),
    }
    json!({
        "health": lease.health().name(),
        "bad": lease.polls.bad.count_ones(),
        "unanswered": lease.polls.unanswered,
        "alert": lease.polls.alert,
    })
}
