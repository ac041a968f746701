//! The same scenario under another policy: which decisions change (D-24).

use super::{Origin, Replay, Told};
use serde::Serialize;

/// A decision that comes out otherwise. One of the two is missing where the step does not happen there at
/// all, such as an expiry.
#[derive(Debug, Clone, Serialize)]
pub struct Difference {
    /// As it was.
    pub before: Option<Told>,
    /// As it is under the other policy.
    pub after: Option<Told>,
}

/// The decisions of `before` that come out otherwise in `after`, in the order of the scenario's lines.
///
/// What the host does by itself is no decision. Of a line's steps, those of one origin and verb are compared
/// in their order; they differ where verdict, rule, state, status or the end of the window do.
#[must_use]
pub fn differences(before: &Replay, after: &Replay) -> Vec<Difference> {
    let mut found: Vec<Difference> = Vec::new();
    let (mine, theirs) = (decisions(before), decisions(after));
    for (key, told) in &mine {
        let other = theirs.iter().find(|(other, _)| other == key).map(|(_, told)| *told);
        if other.is_none_or(|other| outcome(other) != outcome(told)) {
            found.push(Difference { before: Some((*told).clone()), after: other.cloned() });
        }
    }
    for (key, told) in &theirs {
        if mine.iter().all(|(other, _)| other != key) {
            found.push(Difference { before: None, after: Some((*told).clone()) });
        }
    }
    found.sort_by_key(|difference| difference.before.as_ref().or(difference.after.as_ref()).map(|told| told.line));
    found
}

/// Line, engine, origin, verb, and which of those it is.
type Key<'a> = (usize, &'a str, Origin, &'static str, usize);

fn decisions(replay: &Replay) -> Vec<(Key<'_>, &Told)> {
    let mut keyed: Vec<(Key<'_>, &Told)> = Vec::new();
    let decided = replay.story.iter().filter(|told| !matches!(told.origin, Origin::Drain | Origin::Confirm));
    for told in decided {
        let same = |(key, _): &&(Key<'_>, &Told)| {
            (key.0, key.1, key.2, key.3) == (told.line, told.engine.as_str(), told.origin, told.verb)
        };
        let nth = keyed.iter().filter(same).count();
        keyed.push(((told.line, &told.engine, told.origin, told.verb, nth), told));
    }
    keyed
}

/// What counts as the outcome of a decision.
fn outcome(told: &Told) -> (bool, &'static str, &'static str, Option<&'static str>, Option<&str>) {
    (told.ok, told.rule, told.state, told.status, told.until.as_deref())
}
