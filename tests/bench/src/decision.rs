//! The provider's just-in-time rule: four factors, sixty-four requests, five outcomes, the first that applies decides.
//!
//! Requests are ready before anything is timed, as the contestant wants them; their order is random over a million, and each
//! outcome comes equally often.

#[cfg(feature = "engines")]
mod casbin;
#[cfg(feature = "engines")]
mod cedar;
mod ours;
mod plain;
#[cfg(feature = "engines")]
mod rego;

use crate::measure::{Contestant, Kind, Outcome, Scale};
use crate::random::Random;
use std::hint::black_box;
use std::rc::Rc;
use strongroom_core::lockbox::jit;
use strongroom_core::{AccessTerms, Digest, Permission, Scope, Subject};

/// All requests that differ in what the rule looks at.
pub(crate) const REQUESTS: usize = 64;

/// What somebody answers who cannot.
const NO_ANSWER: u8 = u8::MAX;

/// Whoever decides: about the request with that number, the number of the outcome.
trait Decider {
    fn decide(&mut self, request: usize) -> u8;
}

impl<F: FnMut(usize) -> u8> Decider for F {
    #[inline(always)]
    fn decide(&mut self, request: usize) -> u8 {
        self(request)
    }
}

/// The contestants, once all of them agree on all requests.
pub(crate) fn contest(scale: Scale) -> Outcome<Vec<Contestant<'static>>> {
    let order: Rc<[u8]> = order(scale.inputs()).into();
    Ok(vec![
        row("strongroom, jit::evaluate", Kind::Ours, ours::by_rule(), &order)?,
        #[cfg(feature = "engines")]
        row("cedar-policy 4.14.1, request ready", Kind::Peer, cedar::ready()?, &order)?.slow(scale),
        #[cfg(feature = "engines")]
        row("cedar-policy 4.14.1, request made each time", Kind::Peer, cedar::made()?, &order)?.slow(scale),
        #[cfg(feature = "engines")]
        row("regorus 0.14.1 RVM, input ready", Kind::Peer, rego::ready()?, &order)?.slow(scale),
        #[cfg(feature = "engines")]
        row("regorus 0.14.1 RVM, input made each time", Kind::Peer, rego::made()?, &order)?.slow(scale),
        #[cfg(feature = "engines")]
        row("casbin 2.20.0, enforce_ex over 6 rows", Kind::Peer, casbin::asked()?, &order)?.slow(scale),
        row("if chain, by hand", Kind::Peer, plain::if_chain(), &order)?,
        row("table of 64, request packed each time", Kind::Floor, plain::packed_here(), &order)?,
        row("table of 64, request a byte", Kind::Floor, plain::packed(), &order)?,
        row("strongroom, Engine::decide of an evaluation", Kind::Ours, ours::by_engine()?, &order)?
            .note("the whole decision: who asks, the request, its status, the rule, the log's room"),
    ])
}

/// A row, once it agrees with the core's rule on every request.
fn row(name: &'static str, kind: Kind, mut decider: impl Decider + 'static, order: &Rc<[u8]>) -> Outcome<Contestant<'static>> {
    for request in 0..REQUESTS {
        let (terms, found) = (terms(request), decider.decide(request));
        let expected = ours::outcome(&terms);
        if found != expected as u8 {
            let found = jit::Outcome::ALL.get(usize::from(found)).map_or("nothing", |outcome| outcome.name());
            let AccessTerms { scope, permission, isolated_identity, multi_factor, .. } = terms;
            let (scope, permission) = (scope.name(), permission.name());
            return Err(format!(
                "decision: {name} says {found} of scope {scope}, permission {permission}, isolated identity {isolated_identity}, \
                 multi-factor {multi_factor}; the core says {}",
                expected.name()
            )
            .into());
        }
    }
    let order = Rc::clone(order);
    let inputs = order.len();
    Ok(Contestant::new(name, kind, inputs, move |range| {
        let mut sum = 0;
        for request in order.get(range).unwrap_or_default() {
            sum += u64::from(black_box(decider.decide(usize::from(*request))));
        }
        sum
    }))
}

/// Requests in an order that nobody foresees, each outcome equally often.
fn order(length: usize) -> Vec<u8> {
    let mut random = Random(2);
    let of = |outcome: jit::Outcome| -> Vec<u8> {
        (0..REQUESTS as u8).filter(|request| ours::outcome(&terms(usize::from(*request))) == outcome).collect()
    };
    let requests: Vec<Vec<u8>> = jit::Outcome::ALL.iter().copied().map(of).collect();
    let next = |_| {
        let outcome = random.below(requests.len());
        random.of(requests.get(outcome)?)
    };
    (0..length).filter_map(next).collect()
}

/// The terms of the request with that number: two bits of scope, two of permission, one for each way to be known.
fn terms(request: usize) -> AccessTerms {
    AccessTerms {
        subject: Subject::VmLinux,
        scope: Scope::ALL[request & 3],
        permission: Permission::ALL[request >> 2 & 3],
        isolated_identity: request & 16 != 0,
        multi_factor: request & 32 != 0,
        standard_tools_failed: true,
        customer_data: true,
        duration: None,
        justification: Digest([3; 32]),
    }
}

/// Of a name, the number of the outcome.
#[cfg(feature = "engines")]
fn number_of(name: &str) -> u8 {
    jit::Outcome::ALL.iter().find(|outcome| outcome.name() == name).map_or(NO_ANSWER, |outcome| *outcome as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_answers_one_request_differently_is_named_with_the_request() {
        let order: Rc<[u8]> = order(100).into();
        for wrong in 0..REQUESTS {
            let right = |request| ours::outcome(&terms(request)) as u8;
            let decider = move |request: usize| if request == wrong { 4 - right(request) } else { right(request) };
            let told = row("somebody", Kind::Peer, decider, &order).err().map(|error| error.to_string());
            let same = 4 - right(wrong) == right(wrong);
            assert_eq!(told.is_none(), same, "request {wrong}: {told:?}");
            let scope = terms(wrong).scope.name();
            assert!(told.is_none_or(|told| told.contains("somebody says") && told.contains(&format!("scope {scope},"))));
        }
    }

    #[test]
    fn every_outcome_comes_about_as_often() {
        let order = order(50_000);
        for outcome in jit::Outcome::ALL {
            let comes = order.iter().filter(|request| ours::outcome(&terms(usize::from(**request))) == *outcome).count();
            assert!((9_000..11_000).contains(&comes), "{} comes {comes} times", outcome.name());
        }
    }
}
