//! The presets of the policy.

use crate::errors;
use pyo3::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use strongroom_core::lunash::{Commands, Name};
use strongroom_core::{Policy, Subject, Subjects};

/// Every preset by its name: a JSON object with `version`, `digest` and `numbers`; sets are lists of names.
#[pyfunction]
pub(crate) fn policies() -> PyResult<BTreeMap<&'static str, String>> {
    Policy::PRESETS.iter().map(|policy| Ok((policy.name.as_str(), told(policy).map_err(errors::json)?.to_string()))).collect()
}

fn told(policy: &Policy) -> serde_json::Result<Value> {
    let mut numbers = serde_json::to_value(policy)?;
    let (catalogue, lease, console) = (&policy.catalogue, &policy.lease, policy.console);
    numbers["catalogue"]["general"] = subjects(catalogue.general);
    numbers["catalogue"]["preview"] = subjects(catalogue.preview);
    numbers["lease"]["firmware"] =
        lease.firmware.iter().filter(|version| !version.is_empty()).map(|version| version.as_str()).collect();
    let sets = [
        ("monitor", console.monitor),
        ("monitor_arguments", console.monitor_arguments),
        ("read", console.read),
        ("write", console.write),
        ("administer", console.administer),
        ("never", console.never),
    ];
    for (name, set) in sets {
        numbers["console"][name] = commands(set);
    }
    if let Some(fields) = numbers.as_object_mut() {
        fields.retain(|key, _| key != "name" && key != "version");
    }
    Ok(json!({ "version": policy.version, "digest": policy.digest(), "numbers": numbers }))
}

fn subjects(set: Subjects) -> Value {
    Subject::ALL.iter().filter(|subject| set.contains(**subject)).map(|subject| subject.name()).collect()
}

fn commands(set: Commands) -> Value {
    set.iter().filter_map(Name::of).map(|name| name.to_string()).collect()
}
