//! What the model says of a command.

use std::collections::BTreeSet;
use strongroom_core::Rule;

/// The rule that grants a step, or all the rules that refuse it.
pub type Judged = Result<Rule, BTreeSet<Rule>>;

/// What came of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Whether it happened.
    pub accepted: bool,
    /// The granting rule, or every rule whose condition fails at the stage where judging stopped.
    pub rules: BTreeSet<Rule>,
}

impl From<Judged> for Outcome {
    fn from(judged: Judged) -> Self {
        match judged {
            Ok(rule) => Self { accepted: true, rules: BTreeSet::from([rule]) },
            Err(rules) => Self { accepted: false, rules },
        }
    }
}

/// Every condition must hold; otherwise all rules whose condition does not.
pub(crate) fn demand(conditions: &[(Rule, bool)]) -> Result<(), BTreeSet<Rule>> {
    let failing: BTreeSet<Rule> = conditions.iter().filter(|(_, holds)| !holds).map(|(rule, _)| *rule).collect();
    if failing.is_empty() { Ok(()) } else { Err(failing) }
}

/// Refused by one rule.
pub(crate) fn refused(rule: Rule) -> Judged {
    Err(BTreeSet::from([rule]))
}
