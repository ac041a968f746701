//! cedar-policy.

use super::{Decider, NO_ANSWER, REQUESTS, number_of, terms};
use crate::measure::Outcome;
use cedar_policy::{Authorizer, Context, Entities, EntityUid, PolicyId, PolicySet, Request, RestrictedExpression};
use std::collections::HashMap;
use strongroom_core::AccessTerms;

/// The policies, and of each its outcome.
struct Cedar {
    authorizer: Authorizer,
    policies: PolicySet,
    entities: Entities,
    outcomes: HashMap<PolicyId, u8>,
    principal: EntityUid,
    action: EntityUid,
    resource: EntityUid,
}

impl Cedar {
    fn new() -> Outcome<Self> {
        let policies: PolicySet = include_str!("../../policies/jit.cedar").parse()?;
        let outcomes =
            policies.policies().map(|policy| (policy.id().clone(), policy.annotation("id").map_or(NO_ANSWER, number_of)));
        Ok(Self {
            authorizer: Authorizer::new(),
            outcomes: outcomes.collect(),
            entities: Entities::empty(),
            principal: r#"Engineer::"erin""#.parse()?,
            action: r#"Action::"elevate""#.parse()?,
            resource: r#"Subject::"vm_linux""#.parse()?,
            policies,
        })
    }

    /// The request, as a program makes it.
    fn request(&self, terms: &AccessTerms) -> Outcome<Request> {
        let context = Context::from_pairs([
            ("scope".into(), RestrictedExpression::new_long(i64::from(terms.scope as u8))),
            ("permission".into(), RestrictedExpression::new_long(i64::from(terms.permission as u8))),
            ("isolated_identity".into(), RestrictedExpression::new_bool(terms.isolated_identity)),
            ("multi_factor".into(), RestrictedExpression::new_bool(terms.multi_factor)),
        ])?;
        Ok(Request::new(self.principal.clone(), self.action.clone(), self.resource.clone(), context, None)?)
    }

    /// The first outcome of those that determined the answer, which come in no order.
    fn answer(&self, request: &Request) -> u8 {
        let response = self.authorizer.is_authorized(request, &self.policies, &self.entities);
        let outcome = |policy| self.outcomes.get(policy).copied();
        response.diagnostics().reason().filter_map(outcome).min().unwrap_or(NO_ANSWER)
    }
}

/// Requests are made before.
pub(super) fn ready() -> Outcome<impl Decider> {
    let cedar = Cedar::new()?;
    let requests = (0..REQUESTS).map(|request| cedar.request(&terms(request))).collect::<Outcome<Vec<_>>>()?;
    Ok(move |request: usize| cedar.answer(&requests[request]))
}

/// A request is made each time, of what the program has.
pub(super) fn made() -> Outcome<impl Decider> {
    let cedar = Cedar::new()?;
    let requests: Vec<AccessTerms> = (0..REQUESTS).map(terms).collect();
    Ok(move |request: usize| cedar.request(&requests[request]).map_or(NO_ANSWER, |request| cedar.answer(&request)))
}
