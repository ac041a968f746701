//! The last refusal, by which the next equal one is counted and not written again (D-10).

use crate::Core;
use crate::arguments::actions;
use strongroom_core::audit::Refusal;
use strongroom_core::{Command, Digest, Id, Principal, Rule, Verb};

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct RefusalView {
    by: Principal,
    second: Id,
    verb: u8,
    rule: Rule,
    which: Which,
}

/// Which command it was.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Which {
    /// One whose digest says so by itself.
    Digest(Digest),
    /// One that names a number, a time or a challenge: the place among those that can be tried now, where it is one of them.
    Place(Option<usize>),
}

impl RefusalView {
    pub(super) fn of(core: &Core, refusal: &Refusal) -> Self {
        let Refusal { by, verb, second, rule, command, .. } = *refusal;
        let found = Verb::from_code(verb).filter(|verb| names_a_number(*verb));
        let which = found.map_or(Which::Digest(command), |verb| Which::Place(place(core, verb, refusal)));
        Self { by, second, verb, rule, which }
    }
}

/// Whether its arguments count, so that equal situations have different digests.
fn names_a_number(verb: Verb) -> bool {
    let kinds = ["RequestNumber", "Option<RequestNumber>", "u32", "Option<Time>", "Id"];
    verb.argument_types().iter().any(|kind| kinds.contains(&kind.replace(' ', "").as_str()))
}

fn place(core: &Core, verb: Verb, refusal: &Refusal) -> Option<usize> {
    let base = &core.state().base;
    // In a log of nobody's account the people are blanked, and so the digests.
    let open = base.account.is_open();
    let digest = |command: Command| if open { command.digest() } else { command.blanked(&base.device).digest() };
    let seconds = [None, Some(Principal { id: refusal.second, ..refusal.by })];
    actions(core, verb).into_iter().position(|action| {
        let command = |second| Command { by: refusal.by, second, action };
        seconds.iter().any(|second| digest(command(*second)) == refusal.command)
    })
}
