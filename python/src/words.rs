//! The core's words: rules, rows, verbs, and the values of its enumerations.

use pyo3::prelude::*;
use std::collections::BTreeMap;
use strongroom_core::account::Registration;
use strongroom_core::console::guard::{Answer, Mode, Session};
use strongroom_core::lockbox::jit::Outcome;
use strongroom_core::reading::{Level, Service, TamperClass};
use strongroom_core::rule::Kind;
use strongroom_core::support::Reach;
use strongroom_core::{
    Component, Contact, Deployment, Exclusion, Health, Issue, LogName, Main, Party, Permission, Plan, Role, Rule, Scope, Status,
    Subject, Verb, lunash, outbox,
};
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
        ("LogName", LogName::ALL.iter().map(|log| log.name()).collect()),
        ("Party", Party::ALL.iter().map(|party| party.name()).collect()),
        ("State", Main::ALL.iter().map(|state| state.name()).collect()),
        ("Health", Health::ALL.iter().map(|health| health.name()).collect()),
        ("Status", Status::ALL.iter().map(|status| status.name()).collect()),
        ("Role", Role::ALL.iter().map(|role| role.name()).collect()),
        ("Issue", Issue::ALL.iter().map(|issue| issue.name()).collect()),
        ("Contact", Contact::ALL.iter().map(|contact| contact.name()).collect()),
        ("Reach", Reach::ALL.iter().map(|reach| reach.name()).collect()),
        ("Deployment", Deployment::ALL.iter().map(|word| word.name()).collect()),
        ("Component", Component::ALL.iter().map(|word| word.name()).collect()),
        ("Plan", Plan::ALL.iter().map(|word| word.name()).collect()),
        ("Registration", Registration::ALL.iter().map(|word| word.name()).collect()),
        ("Scope", Scope::ALL.iter().map(|word| word.name()).collect()),
        ("Permission", Permission::ALL.iter().map(|word| word.name()).collect()),
        ("Subject", Subject::ALL.iter().map(|word| word.name()).collect()),
        ("Exclusion", Exclusion::ALL.iter().map(|word| word.name()).collect()),
        ("Tamper", TamperClass::ALL.iter().map(|word| word.name()).collect()),
        ("ConsoleArguments", lunash::Arguments::ALL.iter().map(|word| word.name()).collect()),
        ("ConsoleMode", Mode::ALL.iter().map(|word| word.name()).collect()),
        ("ConsoleSession", Session::ALL.iter().map(|word| word.name()).collect()),
        ("ConsoleAnswer", Answer::ALL.iter().map(|word| word.name()).collect()),
        ("DeviceRole", lunash::DeviceRole::ALL.iter().map(|word| word.name()).collect()),
        ("Level", Level::ALL.iter().map(|word| word.name()).collect()),
        ("Service", Service::ALL.iter().map(|word| word.name()).collect()),
        ("Outcome", Outcome::ALL.iter().map(|word| word.name()).collect()),
        ("EffectKind", outbox::Kind::ALL.iter().map(|kind| kind.name()).collect()),
    ])
}

/// The party of each role.
#[pyfunction]
pub(crate) fn parties() -> BTreeMap<&'static str, &'static str> {
    Role::ALL.iter().map(|role| (role.name(), role.party().name())).collect()
}
