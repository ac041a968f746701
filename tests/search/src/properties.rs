//! What holds in every state; see [`crate::check`] for what holds of every step.

use crate::check::Broken;
use crate::menu::customer;
use crate::people::*;
use crate::policy::SHORT;
use crate::world::{Node, World};
use stateright::Property;
use strongroom_core::lease::health::Vitals;
use strongroom_core::lease::polls::Polls;
use strongroom_core::*;

/// Every property.
#[must_use]
pub fn all() -> Vec<Property<World>> {
    vec![
        Property::always("no provider access without a live grant", |_, node: &Node| {
            !node.broken.has(Broken::ACCESS) && opens_only_what_was_granted(node)
        }),
        Property::always("no grant outlives its window or its lease", |_, node: &Node| ends_with_window_and_lease(node)),
        Property::always("no way to another tenant avoids verified zeroization", |_, node: &Node| !node.broken.has(Broken::LEAK)),
        Property::always("nobody decides about what is their own", |_, node: &Node| !node.broken.has(Broken::SELF_APPROVAL)),
        Property::always("zeroize is never blocked", |_, node: &Node| zeroizes(node)),
        Property::always("while monitoring is restricted no reading leaves", |_, node: &Node| {
            !node.broken.has(Broken::READING) && forgets_readings(node)
        }),
        Property::always("every step is recorded", |_, node: &Node| !node.broken.has(Broken::RECORD)),
        Property::always("a destruction comes to its end", |_, node: &Node| destruction_ends(node)),
    ]
}

const ENGINEERS: [u8; 4] = [ENGINEER, COLLEAGUE, APPROVER, 51];
const SUBJECTS: [Subject; 2] = [Subject::Device, Subject::VmLinux];
/// Seconds ahead that cross the end of every window.
const AHEAD: u32 = 4;

/// Seconds from where the engine stands, with who has access by its own word until when.
fn accesses(node: &Node) -> impl Iterator<Item = (Time, Id, Subject, Time)> {
    let state = node.core.state();
    let times = (0..=AHEAD).map(|ahead| state.base.clock.last_good.after(Seconds(ahead)));
    let people = times.flat_map(|at| ENGINEERS.map(|number| (at, Id([number; 16]))));
    let all = people.flat_map(|(at, id)| SUBJECTS.map(|subject| (at, id, subject)));
    all.filter_map(|(at, id, subject)| state.access(at, id, subject).map(|until| (at, id, subject, until)))
}

fn opens_only_what_was_granted(node: &Node) -> bool {
    accesses(node).all(|(at, id, subject, _)| node.ghost.opens(at.as_unix(), id, subject))
}

fn ends_with_window_and_lease(node: &Node) -> bool {
    let lease = &node.core.state().base.lease;
    let leased = lease.bound && !matches!(lease.main, Main::Zeroizing | Main::Deprovisioning | Main::Quarantined);
    accesses(node).all(|(at, id, subject, until)| {
        let last = node.ghost.asked.iter().filter(|asked| asked.engineer == id && asked.subject == subject);
        let last = last.filter_map(|asked| asked.window).map(|(_, until)| until).max();
        last.is_some_and(|last| at.as_unix() < last && until.as_unix() <= last) && (subject != Subject::Device || leased)
    })
}

/// Whoever may destroy what is on the device can, whatever the clock says and however full the logs are.
fn zeroizes(node: &Node) -> bool {
    let state = node.core.state();
    let lease = &state.base.lease;
    let nonce = node.core.challenge();
    let admin = person(customer(&node.core), Role::Admin, 11);
    let pool = person(customer(&node.core), Role::Pool, 51);
    let together = |by: Principal, action| Command::new(by, action).with(Principal { id: Id([SECOND; 16]), ..by });
    let silent = state.base.device.deployment == Deployment::Board && lease.health() == Health::Silent;
    let commands = match lease.main {
        Main::Operational => vec![together(admin, Action::Zeroize { nonce }), together(admin, Action::FactoryReset { nonce })],
        Main::OwnedUninit | Main::TamperLatched => vec![Command::new(admin, Action::Zeroize { nonce })],
        Main::TenantUnclaimed => vec![Command::new(admin, Action::Abandon {})],
        // What does not answer cannot be told to.
        Main::Failed if lease.bound && !silent => vec![Command::new(admin, Action::Zeroize { nonce })],
        Main::Failed if !lease.bound => vec![Command::new(pool, Action::ZeroizeLocal {})],
        Main::PoolConfig => vec![together(pool, Action::ZeroizeLocal {})],
        _ => return true,
    };
    let now = state.base.clock.last_good;
    let times = [Some(now), Some(now.after(Seconds(1))), Some(now.before(Seconds(1))), None];
    commands.iter().all(|command| {
        times.iter().all(|at| {
            let mut core = node.core.clone();
            core.apply(*at, command);
            core.state().base.lease.main == Main::Zeroizing
        })
    })
}

fn forgets_readings(node: &Node) -> bool {
    let base = &node.core.state().base;
    base.account.monitoring || base.lease.vitals == Vitals::UNREAD && base.lease.polls == Polls::NONE
}

/// From `ZEROIZING` two steps without a fault reach `ZEROIZED`.
fn destruction_ends(node: &Node) -> bool {
    let base = &node.core.state().base;
    let mut core = node.core.clone();
    let (seen, poll) = ((Role::Sensor, Action::ZeroizedSeen {}), SHORT.health.poll_every);
    let erases = (Role::Core, Action::EraseDone { areas: SHORT.lease.erase_list });
    let proves = (Role::Core, Action::VerifyOk { read_back: SHORT.lease.erased });
    let steps = match (base.lease.main, base.device.deployment) {
        (Main::Zeroizing, Deployment::Firmware) => vec![erases, proves],
        (Main::ZeroizedUnverified, Deployment::Firmware) => vec![proves],
        (Main::Zeroizing, Deployment::Board) => vec![seen, seen],
        (Main::ZeroizedUnverified, Deployment::Board) => vec![seen],
        _ => return true,
    };
    for (role, action) in steps {
        let at = core.state().base.clock.last_good.after(poll);
        core.apply(Some(at), &Command::new(Principal::device(role), action));
    }
    matches!(core.state().base.lease.main, Main::Zeroized | Main::Quarantined)
}
