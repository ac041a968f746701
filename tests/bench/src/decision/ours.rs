//! The core: its rule alone, and whole steps of the engine.

use super::{Decider, NO_ANSWER, REQUESTS, terms};
use crate::engine::{Bench, person};
use crate::measure::Outcome;
use std::hint::black_box;
use strongroom_core::lockbox::jit;
use strongroom_core::{AccessTerms, Action, Command, Label, Policy, Role, Rule, Time};

/// What the core says.
pub(super) fn outcome(terms: &AccessTerms) -> jit::Outcome {
    jit::evaluate(&Policy::AZURE.jit, terms)
}

/// The rule, which the compiler does not know before.
pub(super) fn by_rule() -> impl Decider {
    let rule = black_box(Policy::AZURE.jit);
    let requests: Vec<AccessTerms> = (0..REQUESTS).map(terms).collect();
    move |request: usize| jit::evaluate(&rule, &requests[request]) as u8
}

/// The whole decision of an engine about a submitted request: who asks, the request's status, the rule, the log's room. Nothing is
/// carried out.
pub(super) fn by_engine() -> Outcome<impl Decider> {
    let engines = (0..REQUESTS).map(|request| submitted(terms(request))).collect::<Outcome<Vec<_>>>()?;
    Ok(move |request: usize| {
        let (bench, evaluate) = &engines[request];
        match bench.engine.decide(Some(Time::from_unix(bench.now)), evaluate).rule() {
            Rule::JitRejectsIdentity => jit::Outcome::RejectIdentity as u8,
            Rule::JitRejectsScope => jit::Outcome::RejectScope as u8,
            Rule::JitRejectsLevel => jit::Outcome::RejectPermission as u8,
            Rule::JitAsksInternal => jit::Outcome::AskInternal as u8,
            Rule::JitPasses => jit::Outcome::Pass as u8,
            _ => NO_ANSWER,
        }
    })
}

/// An engine with a request on those terms, and the command that evaluates it.
fn submitted(terms: AccessTerms) -> Outcome<(Bench, Command)> {
    let mut bench = Bench::new().operational();
    let ticket = Label::new("T-1").ok_or("too long")?;
    let opened = bench.go(person(Role::User, 1), Action::OpenTicket { ticket, troubleshot: true });
    let request = opened.request.ok_or("a ticket has a request")?;
    bench.go(person(Role::Engineer, 1), Action::Triage { request });
    bench.go(person(Role::Engineer, 1), Action::RequestAccess { ticket, follows: None, terms });
    Ok((bench, Command::new(person(Role::JitService, 1), Action::Evaluate { request })))
}
