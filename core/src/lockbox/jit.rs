//! The just-in-time evaluation inside the provider (L-16 to L-22, D-12, D-13).

use crate::command::AccessTerms;
use crate::policy::JitPolicy;

/// What the evaluation says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Neither isolated identity nor multi-factor authentication.
    RejectIdentity,
    /// The scope is wider than the rule lets pass.
    RejectScope,
    /// The permission is higher than the rule lets pass.
    RejectPermission,
    /// Passes once an internal approver agrees.
    AskInternal,
    /// Passes.
    Pass,
}

/// Evaluates `terms` under `rule`; the first that applies decides.
#[must_use]
pub fn evaluate(rule: &JitPolicy, terms: &AccessTerms) -> Outcome {
    if !terms.isolated_identity && !terms.multi_factor {
        Outcome::RejectIdentity
    } else if terms.scope > rule.widest_scope {
        Outcome::RejectScope
    } else if terms.permission > rule.highest_permission {
        Outcome::RejectPermission
    } else if terms.scope >= rule.internal_from_scope || terms.permission >= rule.internal_from_permission {
        Outcome::AskInternal
    } else {
        Outcome::Pass
    }
}
