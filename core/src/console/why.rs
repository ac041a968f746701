//! What a technician is told of a verdict.

use crate::rule::Rule;

/// The rules that decide a technician's line, but for what would be a board's own mistake.
const RULES: [Rule; 20] = [
    Rule::RecoverLoginSeen,
    Rule::RoleMayNot,
    Rule::OrganisationMatches,
    Rule::TimeKnown,
    Rule::TimeForward,
    Rule::LogHasRoom,
    Rule::StateReadable,
    Rule::PrincipalNamed,
    Rule::CommandKnown,
    Rule::ArgumentsPlain,
    Rule::MonitoringAllowed,
    Rule::MonitorMay,
    Rule::GrantOpen,
    Rule::GrantCovers,
    Rule::NeverKeys,
    Rule::Running,
    Rule::PolicyIsCurrent,
    Rule::NoTenant,
    Rule::BeingPrepared,
    Rule::TwoPersons,
];

static TEXTS: [&str; RULES.len()] = {
    let mut texts = [""; RULES.len()];
    let mut place = 0;
    #[allow(clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "when the crate is built")]
    while place < RULES.len() {
        texts[place] = RULES[place].text();
        place += 1;
    }
    texts
};

/// The [text](Rule::text) of a rule that decides what a monitor, an engineer or two persons of the pool type at the console; `None`
/// for every other rule (H-05, H-53, H-67, L-39).
///
/// An image that tells nobody else of rules is so linked with the text of these alone.
#[must_use]
pub fn why(rule: Rule) -> Option<&'static str> {
    RULES.iter().zip(TEXTS).find(|(known, _)| **known == rule).map(|(_, text)| text)
}
