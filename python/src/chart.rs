//! The charts: how a lease and a lockbox request may move.

use pyo3::prelude::*;
use serde_json::{Value, json};
use strongroom_core::lease::chart::{CHART, Cause, Effects, Row};
use strongroom_core::lockbox::moves::{MOVES, Move};
use strongroom_core::lockbox::request::Statuses;
use strongroom_core::lockbox::table::{self, TABLE};
use strongroom_core::{Main, Roles, Rule, Status};

/// Every way a lease may move, in the order of the core's table: a JSON array. Everything is named.
#[pyfunction]
pub(crate) fn chart() -> String {
    CHART.iter().map(of_lease).collect::<Value>().to_string()
}

/// Every way a request may move: a JSON array of the same shape.
#[pyfunction]
pub(crate) fn lockbox_chart() -> String {
    TABLE.iter().map(of_table).chain(MOVES.iter().map(of_moves)).collect::<Value>().to_string()
}

fn of_lease(row: &Row) -> Value {
    let states = Main::ALL.iter().filter(|state| row.from.contains(**state)).map(|state| state.name());
    let effects = Effects::NAMES.iter().filter(|(effect, _)| row.effects.has(*effect)).map(|(_, name)| *name);
    json!({
        "rule": row.rule.name(),
        "from": states.collect::<Vec<_>>(),
        "event": row.event.name(),
        "by": roles(row.by),
        "guards": rules(row.guards),
        "to": row.to.map(Main::name),
        "cause": (row.cause != Cause::None).then(|| row.cause.name()),
        "effects": effects.collect::<Vec<_>>(),
    })
}

fn of_table(row: &table::Row) -> Value {
    told(Some(row.rule), row.from, row.verb.name(), row.by, row.guards, row.to)
}

fn of_moves(each: &Move) -> Value {
    told(each.rule, each.from, each.event, each.by, &[], each.to)
}

fn told(rule: Option<Rule>, from: Statuses, event: &str, by: Roles, guards: &[Rule], to: Status) -> Value {
    let statuses = Status::ALL.iter().filter(|status| from.contains(**status)).map(|status| status.name());
    json!({
        "rule": rule.map(Rule::name),
        "from": statuses.collect::<Vec<_>>(),
        "event": event,
        "by": roles(by),
        "guards": rules(guards),
        "to": to.name(),
        "cause": null,
        "effects": [],
    })
}

fn roles(by: Roles) -> Vec<&'static str> {
    by.iter().map(|role| role.name()).collect()
}

fn rules(guards: &[Rule]) -> Vec<&'static str> {
    guards.iter().map(|rule| rule.name()).collect()
}
