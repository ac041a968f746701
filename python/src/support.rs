//! Support: which way an issue goes.

use pyo3::prelude::*;
use serde_json::{Value, json};
use strongroom_core::support::{ROUTES, Route};

/// The route of every issue, in their order: a JSON array. Rules are named.
#[pyfunction]
pub(crate) fn routes() -> String {
    ROUTES.iter().map(told).collect::<Value>().to_string()
}

fn told(route: &Route) -> Value {
    json!({
        "issue": route.issue.name(),
        "rule": route.rule.name(),
        "party": route.party,
        "contact": route.contact.name(),
        "supports": route.supports,
        "engaged": Route::ENGAGED,
        "needs": route.needs().iter().map(|rule| rule.name()).collect::<Vec<_>>(),
        "reach": route.reach().name(),
    })
}
