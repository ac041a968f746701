//! The rule without any library.

use super::{Decider, REQUESTS, ours, terms};
use std::hint::black_box;
use strongroom_core::lockbox::jit::Outcome;
use strongroom_core::{AccessTerms, Permission, Scope};

/// As somebody writes it down.
pub(super) fn if_chain() -> impl Decider {
    let requests: Vec<AccessTerms> = (0..REQUESTS).map(terms).collect();
    move |request: usize| {
        let terms = &requests[request];
        (if !terms.isolated_identity && !terms.multi_factor {
            Outcome::RejectIdentity
        } else if terms.scope > Scope::Subscription {
            Outcome::RejectScope
        } else if terms.permission > Permission::Administer {
            Outcome::RejectPermission
        } else if terms.scope >= Scope::Subscription || terms.permission >= Permission::Administer {
            Outcome::AskInternal
        } else {
            Outcome::Pass
        }) as u8
    }
}

fn table() -> [u8; REQUESTS] {
    std::array::from_fn(|request| ours::outcome(&terms(request)) as u8)
}

/// The answers of all requests; a request is packed each time.
pub(super) fn packed_here() -> impl Decider {
    let requests: Vec<AccessTerms> = (0..REQUESTS).map(terms).collect();
    let table = black_box(table());
    move |request: usize| {
        let AccessTerms { scope, permission, isolated_identity, multi_factor, .. } = &requests[request];
        let packed = *scope as usize
            | (*permission as usize) << 2
            | usize::from(*isolated_identity) << 4
            | usize::from(*multi_factor) << 5;
        table[packed & (REQUESTS - 1)]
    }
}

/// The answers of all requests; a request is a byte.
pub(super) fn packed() -> impl Decider {
    let table = black_box(table());
    move |request: usize| table[request & (REQUESTS - 1)]
}
