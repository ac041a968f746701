//! The just-in-time evaluation inside the provider (L-16 to L-22, D-12, D-13).

use crate::command::AccessTerms;
use crate::policy::JitPolicy;
use crate::word::words;

words! {
    /// What the evaluation says.
    #[derive(PartialOrd, Ord)]
    pub enum Outcome {
        /// Neither isolated identity nor multi-factor authentication.
        RejectIdentity = 0 "reject_identity",
        /// The scope is wider than the rule lets pass.
        RejectScope = 1 "reject_scope",
        /// The permission is higher than the rule lets pass.
        RejectPermission = 2 "reject_permission",
        /// Passes once an internal approver agrees.
        AskInternal = 3 "ask_internal",
        /// Passes.
        Pass = 4 "pass",
    }
}

/// Evaluates `terms` under `rule`; the first that applies decides.
///
/// Without a branch: what will be asked for cannot be foreseen, and one wrong guess of the processor takes longer than all
/// of this.
#[must_use]
#[inline]
pub const fn evaluate(rule: &JitPolicy, terms: &AccessTerms) -> Outcome {
    let (scope, permission) = (terms.scope as u8, terms.permission as u8);
    let anybody = !(terms.isolated_identity | terms.multi_factor);
    let too_wide = scope > rule.widest_scope as u8;
    let too_high = permission > rule.highest_permission as u8;
    let asks = (scope >= rule.internal_from_scope as u8) | (permission >= rule.internal_from_permission as u8);
    let applies = anybody as u8 | (too_wide as u8) << 1 | (too_high as u8) << 2 | (asks as u8) << 3;
    match applies.trailing_zeros() {
        0 => Outcome::RejectIdentity,
        1 => Outcome::RejectScope,
        2 => Outcome::RejectPermission,
        3 => Outcome::AskInternal,
        _ => Outcome::Pass,
    }
}
