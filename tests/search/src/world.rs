//! A part of the space: where it begins, which steps are followed in it, and how its host behaves.

mod coverage;

pub use coverage::Coverage;

use crate::check::{Broken, step_breaks};
use crate::ghost::{Data, Ghost};
use crate::menu::menu;
use crate::projection::Projection;
use crate::starts::{Start, confirm, drain};
use crate::{Core, properties};
use stateright::{Model, Property};
use std::hash::{Hash, Hasher};
use std::sync::Arc;
use strongroom_core::*;

/// A part of the space. In each of its states every command of the menu is tried and judged; those of `follow` lead on.
#[derive(Debug)]
pub struct World {
    /// What it is about.
    pub name: &'static str,
    /// Where it begins.
    pub starts: Vec<Start>,
    /// The verbs that lead on.
    pub follow: &'static [Verb],
    /// How many steps are followed in the run of every day.
    pub quick: usize,
    /// Whether the host takes the logs after each step.
    pub drains: bool,
    /// Whether the host confirms at once what is to be done.
    pub confirms: bool,
    /// What was met.
    pub coverage: Arc<Coverage>,
}

/// One state: the engine, what an onlooker knows, and what the step that led here broke.
#[derive(Clone)]
pub struct Node {
    /// The engine.
    pub core: Box<Core>,
    /// What an onlooker knows.
    pub ghost: Ghost,
    /// What the last step broke.
    pub broken: Broken,
}

impl Node {
    fn view(&self) -> (Projection, (Data, Vec<crate::ghost::Asked>), Broken) {
        (Projection::of(&self.core), self.ghost.view(&self.core), self.broken)
    }
}

impl std::fmt::Debug for Node {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let base = &self.core.state().base;
        let requests: Vec<_> = self.core.state().requests.iter().map(|request| request.status).collect();
        write!(formatter, "{} {requests:?} broken {:?}", base.lease.main.name(), self.broken)
    }
}

impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.view() == other.view()
    }
}

impl Eq for Node {}

impl Hash for Node {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.view().hash(state);
    }
}

/// The time that a command is judged at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum At {
    /// The last good time.
    Now,
    /// One second later.
    Next,
    /// One second earlier: a clock that went back.
    Back,
    /// Not known.
    Unknown,
}

impl At {
    fn time(self, core: &Core) -> Option<Time> {
        let now = core.state().base.clock.last_good;
        match self {
            Self::Now => Some(now),
            Self::Next => Some(now.after(Seconds(1))),
            Self::Back => Some(now.before(Seconds(1))),
            Self::Unknown => None,
        }
    }
}

/// A command that everybody is refused, so that nothing but time passes.
fn idle() -> Command {
    Command::new(crate::people::person(crate::people::CUSTOMER, Role::Hands, 52), Action::RequestAllocation {})
}

impl World {
    /// What comes of it: the reply and the state after; the host has not acted yet.
    #[must_use]
    pub fn step(&self, node: &Node, at: At, command: &Command) -> Option<(Reply, Node)> {
        let now = at.time(&node.core);
        let step = node.core.decide(now, command);
        self.coverage.judged(&node.core, &step);
        if !step.is_accepted() && !self.coverage.is_new(&node.core, command, &step) {
            return None;
        }
        let mut core = node.core.clone();
        let reply = core.commit(&step);
        let mut next = Node { core, ghost: node.ghost.clone(), broken: Broken::NOTHING };
        let timed = now.is_some_and(|now| now >= node.core.state().base.clock.last_good);
        if reply.verdict == Verdict::Accepted {
            next.ghost.sees(&node.core, &next.core, timed, command, &reply);
        }
        next.broken = step_breaks(node, &next, command, &step, &reply);
        self.coverage.reached(&next.core);
        Some((reply, next))
    }

    fn host(&self, core: &mut Core) {
        if self.confirms {
            confirm(core, self.drains);
        }
        if self.drains {
            drain(core);
        }
    }
}

impl Model for World {
    type State = Node;
    type Action = (At, Command);

    fn init_states(&self) -> Vec<Node> {
        let start = |(core, ghost): &Start| {
            self.coverage.reached(core);
            Node { core: Box::new(core.clone()), ghost: ghost.clone(), broken: Broken::NOTHING }
        };
        self.starts.iter().map(start).collect()
    }

    fn actions(&self, node: &Node, actions: &mut Vec<(At, Command)>) {
        if node.broken != Broken::NOTHING {
            return;
        }
        actions.push((At::Next, idle()));
        for command in menu(&node.core, Verb::ALL) {
            actions.push((At::Now, command));
            if command.action.is_protective() || command.action == (Action::SetTime {}) {
                actions.push((At::Back, command));
                actions.push((At::Unknown, command));
            }
        }
        // Of what no other time lets through, two are enough.
        let opens = Command::new(Principal::device(Role::Core), Action::Unbound {});
        actions.extend([(At::Back, opens), (At::Unknown, opens)]);
    }

    fn next_state(&self, node: &Node, (at, command): (At, Command)) -> Option<Node> {
        if at == At::Next {
            let mut next = node.clone();
            next.core.apply(at.time(&node.core), &command);
            self.host(&mut next.core);
            return Some(next);
        }
        let (reply, mut next) = self.step(node, at, &command)?;
        if next.broken != Broken::NOTHING {
            return Some(next);
        }
        let verb = command.action.verb();
        let leads = reply.verdict == Verdict::Accepted && self.follow.contains(&verb)
            || !self.drains && matches!(reply.rule, Rule::RoleMayNot) && verb == Verb::Arrive;
        let late = at != At::Now && !matches!(verb, Verb::Boot | Verb::SetTime);
        if !leads || late {
            return None;
        }
        self.host(&mut next.core);
        Some(next)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        properties::all()
    }
}
