//! The core's words: rules, rows, verbs, and the values of its enumerations.

use pyo3::prelude::*;
use std::collections::BTreeMap;
use strongroom_core::rule::Kind;
use strongroom_core::support::Reach;
use strongroom_core::{Contact, Health, Issue, Main, Role, Rule, Status, Subject, Verb, lunash, outbox};
use strongroom_host::rows::{ROWS, information};

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

/// Every row of the requirements: its id, kind and subject, and where it stands where it is information.
#[pyfunction]
pub(crate) fn rows() -> Vec<(&'static str, &'static str, &'static str, Option<&'static str>)> {
    ROWS.iter().map(|(id, kind, subject)| (*id, *kind, *subject, information(id))).collect()
}

/// Every verb: number, name and the names of its arguments.
#[pyfunction]
pub(crate) fn verbs() -> Vec<(u8, &'static str, Vec<&'static str>)> {
    Verb::ALL.iter().map(|verb| (verb.code(), verb.name(), verb.arguments().to_vec())).collect()
}

/// The name of every subject, in the order of its number.
#[pyfunction]
pub(crate) fn subjects() -> Vec<&'static str> {
    Subject::ALL.iter().map(|subject| subject.name()).collect()
}

/// The name of every command of the device's shell, in the order of its number.
#[pyfunction]
pub(crate) fn commands() -> Vec<String> {
    (0..lunash::COMMANDS).filter_map(lunash::Name::of).map(|name| name.to_string()).collect()
}

/// The values of each enumeration that the package spells out.
#[pyfunction]
pub(crate) fn words() -> BTreeMap<&'static str, Vec<&'static str>> {
    BTreeMap::from([
        ("State", Main::ALL.iter().map(|state| state.name()).collect()),
        ("Health", Health::ALL.iter().map(|health| health.name()).collect()),
        ("Status", Status::ALL.iter().map(|status| status.name()).collect()),
        ("Role", Role::ALL.iter().map(|role| role.name()).collect()),
        ("Issue", Issue::ALL.iter().map(|issue| issue.name()).collect()),
        ("Contact", Contact::ALL.iter().map(|contact| contact.name()).collect()),
        ("Reach", Reach::ALL.iter().map(|reach| reach.name()).collect()),
        ("EffectKind", outbox::Kind::ALL.iter().map(|kind| kind.name()).collect()),
    ])
}
