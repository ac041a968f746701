//! The core's words: rules, verbs and the values of its enumerations.

use pyo3::prelude::*;
use std::collections::BTreeMap;
use strongroom_core::rule::Kind;
use strongroom_core::{Health, Main, Role, Rule, Status, Verb, outbox};

/// Every rule: number, name, text, kind and rows.
#[pyfunction]
pub(crate) fn rules() -> Vec<(u16, &'static str, &'static str, &'static str, Vec<&'static str>)> {
    let kind = |rule: &Rule| match rule.kind() {
        Kind::Grants => "grants",
        Kind::Refuses => "refuses",
        Kind::Logic => "logic",
    };
    Rule::ALL.iter().map(|rule| (rule.code(), rule.name(), rule.text(), kind(rule), rule.rows().to_vec())).collect()
}

/// Every verb: number, name and the names of its arguments.
#[pyfunction]
pub(crate) fn verbs() -> Vec<(u8, &'static str, Vec<&'static str>)> {
    Verb::ALL.iter().map(|verb| (verb.code(), verb.name(), verb.arguments().to_vec())).collect()
}

/// The values of each enumeration that the package spells out.
#[pyfunction]
pub(crate) fn words() -> BTreeMap<&'static str, Vec<&'static str>> {
    BTreeMap::from([
        ("State", Main::ALL.iter().map(|state| state.name()).collect()),
        ("Health", Health::ALL.iter().map(|health| health.name()).collect()),
        ("Status", Status::ALL.iter().map(|status| status.name()).collect()),
        ("Role", Role::ALL.iter().map(|role| role.name()).collect()),
        ("EffectKind", outbox::Kind::ALL.iter().map(|kind| kind.name()).collect()),
    ])
}
