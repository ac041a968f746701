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
    use outbox::Kind as Effect;
    const HEALTH: [Health; 6] =
        [Health::Unknown, Health::InService, Health::Trouble, Health::OutOfService, Health::OffLine, Health::Silent];
    const EFFECTS: [Effect; 8] = [
        Effect::NotifyApprovers,
        Effect::OpenAccess,
        Effect::CloseAccess,
        Effect::NotifyCustomer,
        Effect::Erase,
        Effect::EraseTenantArea,
        Effect::Halt,
        Effect::Reset,
    ];
    BTreeMap::from([
        ("State", Main::ALL.iter().map(|state| state.name()).collect()),
        ("Health", HEALTH.map(Health::name).to_vec()),
        ("Status", Status::ALL.iter().map(|status| status.name()).collect()),
        ("Role", Role::ALL.iter().map(|role| role.name()).collect()),
        ("EffectKind", EFFECTS.map(Effect::name).to_vec()),
    ])
}
