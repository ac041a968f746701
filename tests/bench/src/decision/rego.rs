//! regorus: Rego, compiled for its virtual machine.

use super::{Decider, NO_ANSWER, REQUESTS, number_of, terms};
use crate::measure::Outcome;
use regorus::languages::rego::compiler::Compiler;
use regorus::rvm::RegoVM;
use regorus::{Engine, Value};
use std::sync::Arc;
use strongroom_core::AccessTerms;

const RULE: &str = "data.jit.outcome";

fn machine() -> Outcome<RegoVM> {
    let mut engine = Engine::new();
    engine.add_policy("jit.rego".into(), include_str!("../../policies/jit.rego").into())?;
    let compiled = engine.compile_with_entrypoint(&Arc::from(RULE))?;
    let mut machine = RegoVM::new();
    machine.load_program(Compiler::compile_from_policy(&compiled, &[RULE])?);
    Ok(machine)
}

/// Inputs are values before.
pub(super) fn ready() -> Outcome<impl Decider> {
    let mut machine = machine()?;
    let inputs: Vec<Value> = (0..REQUESTS).map(|request| input(&terms(request))).collect();
    Ok(move |request: usize| answer(&mut machine, inputs[request].clone()))
}

/// An input is made of what the program has, each time.
pub(super) fn made() -> Outcome<impl Decider> {
    let mut machine = machine()?;
    let requests: Vec<AccessTerms> = (0..REQUESTS).map(terms).collect();
    Ok(move |request: usize| answer(&mut machine, input(&requests[request])))
}

fn answer(machine: &mut RegoVM, input: Value) -> u8 {
    machine.set_input(input);
    match machine.execute() {
        Ok(Value::String(name)) => number_of(&name),
        _ => NO_ANSWER,
    }
}

fn input(terms: &AccessTerms) -> Value {
    let fields = [
        ("scope", Value::from(u64::from(terms.scope as u8))),
        ("permission", Value::from(u64::from(terms.permission as u8))),
        ("isolated_identity", Value::from(terms.isolated_identity)),
        ("multi_factor", Value::from(terms.multi_factor)),
    ];
    Value::from(fields.into_iter().map(|(name, value)| (Value::from(name), value)).collect::<std::collections::BTreeMap<_, _>>())
}
