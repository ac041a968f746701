//! What holds whatever comes: the property tests and the fuzz target of commands share it.

use strongroom_core::lease::Lease;
use strongroom_core::lease::polls::Polls;
use strongroom_core::*;

/// Ticks that one engine can have due at a time: one for each request, exclusion, effect and timer, and some to spare.
const TICKS: usize = 64;

/// Decides, commits, and looks whether everything holds that has to.
pub(crate) fn step(engine: &mut Engine, now: Option<Time>, command: &Command) -> Reply {
    let before = engine.clone();
    let step = engine.decide(now, command);
    assert!(*engine == before, "a decision changes nothing");
    let reply = engine.commit(&step);
    holds(&before, engine, now, command, &reply);
    let after = engine.clone();
    let again = engine.commit(&step);
    if after == before {
        assert_eq!(again, reply, "what changes nothing can be said twice");
    } else {
        assert_eq!((again.verdict, again.rule), (Verdict::Refused, Rule::StepIsCurrent), "a step is taken once");
    }
    assert!(*engine == after, "a step that was not taken changes nothing");
    reply
}

/// Turns overdue deadlines into steps as a host does before each command; they come to an end (D-26).
pub(crate) fn tick(engine: &mut Engine, now: Time) {
    let ended = (0..TICKS).any(|_| !engine.is_due(now) || step(engine, Some(now), &Command::tick()).verdict == Verdict::Refused);
    assert!(ended, "still something due at {now:?} after {TICKS} ticks: {:?}", engine.next_deadline());
}

/// What has changed by a step, and what has not.
fn holds(before: &Engine, after: &Engine, now: Option<Time>, command: &Command, reply: &Reply) {
    let (old, new) = (before.state(), after.state());
    let last_good = new.base.clock.last_good;
    for request in &new.requests {
        // A grant is inside its window and was made by somebody on the frozen roster.
        if request.grants_at(last_good) {
            assert!(request.approvals != 0 && request.deadline.is_some());
            let requester = request.requester.expect("asked").id;
            assert!(!request.roster.iter().enumerate().any(|(bit, id)| *id == requester && request.approvals >> bit & 1 == 1));
        }
        // No grant outlives its lease.
        if request.status == Status::Approved && request.is_about_device() {
            assert!(!matches!(new.base.lease.main, Main::Zeroizing | Main::Deprovisioning | Main::Quarantined));
        }
        // Whatever is granted or asked ends by itself.
        let waits = match request.status {
            Status::JitPassed => request.needs_customer_data(),
            status => {
                matches!(status, Status::JitSubmitted | Status::InternalApproval | Status::CustomerNotified | Status::Approved)
            }
        };
        assert_eq!(request.deadline.is_some(), waits, "{request:?}");
    }
    // Outbox: what must happen always finds its place.
    assert!(new.outbox.len() <= 8);
    assert!(new.requests.iter().filter(|request| matches!(request.status, Status::Ending | Status::Revoking)).all(|request| {
        new.outbox.iter().any(|entry| entry.kind == outbox::Kind::CloseAccess && entry.about == request.number)
    }));
    // Refusals change nothing but log, counters and time.
    if reply.verdict == Verdict::Refused {
        assert_eq!(
            (&old.requests, &old.outbox, &old.base.lease, &old.base.account),
            (&new.requests, &new.outbox, &new.base.lease, &new.base.account)
        );
        assert_ne!(reply.rule.kind(), rule::Kind::Grants);
    } else {
        assert_eq!(reply.rule.kind(), rule::Kind::Grants, "{}", reply.rule.name());
    }
    // Tamper, boot and the end of access are never refused for a full log or the time (D-17, D-18).
    if command.action.is_protective() {
        assert!(!matches!(reply.rule, Rule::LogHasRoom | Rule::TimeKnown | Rule::TimeForward));
    }
    // Time only goes back when it is set.
    let rightly_set = command.action.verb() == Verb::SetTime && reply.verdict == Verdict::Accepted;
    assert!(last_good >= old.base.clock.last_good || rightly_set);
    assert!(now.is_some() || last_good == old.base.clock.last_good);
    // Both logs: as many records as the meter says, and the pool is only entered with a proof.
    for (log, meter) in [(LogName::Tenant, new.base.tenant_log), (LogName::Lifecycle, new.base.lifecycle_log)] {
        assert_eq!(after.log().size(log), meter.next);
        assert_eq!(after.log().records(log).count() as u32, meter.next - meter.acknowledged);
    }
    if new.base.lease.main == Main::PoolFree && old.base.lease.main != Main::PoolFree {
        assert!(new.base.lease.evidence.is_some() && !new.base.lease.bound);
    }
    // Every step is recorded or counted, but for a reading that says nothing new (D-10).
    let written = |state: &State| {
        let base = &state.base;
        (base.tenant_log.next, base.lifecycle_log.next, base.tenant_log.unlogged, base.lifecycle_log.unlogged, base.repeats)
    };
    if old.base.steps != new.base.steps && written(old) == written(new) {
        let read = matches!(command.action.verb(), Verb::ReadHealth | Verb::PollUnanswered | Verb::LoginSucceeded);
        assert!(read && reply.verdict == Verdict::Accepted, "{command:?} left no record");
        let known = |state: &State| {
            let lease = Lease { polls: Polls::NONE, ..state.base.lease.clone() };
            (lease, state.base.account, state.requests.clone(), state.exclusions.clone(), state.outbox.clone())
        };
        assert_eq!(known(old), known(new), "{command:?} changed something and left no record");
    }
}
