//! Which records a step leaves, by the requirements (D-10, D-17, D-22).

use crate::world::Node;
use strongroom_core::audit::record;
use strongroom_core::*;

/// Whether each log holds exactly what it should after the step.
pub(super) fn are_right(before: &Node, after: &Node, command: &Command, step: &Step, reply: &Reply) -> bool {
    let (old, new) = (&before.core.state().base, &after.core.state().base);
    let accepted = reply.verdict == Verdict::Accepted;
    let verb = command.action.verb();
    if is_quiet(before, after, verb, reply) {
        return untouched(before, after);
    }
    let ordinary = if old.account.is_open() { LogName::Tenant } else { LogName::Lifecycle };
    let again = !accepted && is_again(before, command, step);
    if again {
        let counted = new.repeats == old.repeats.saturating_add(1);
        return counted && untouched(before, after);
    }
    let moved = accepted && old.lease.main != new.lease.main;
    let closes = matches!(command.action, Action::Register { organisation: Organisation::NONE, .. });
    let lifecycle_only = accepted && (matches!(verb, Verb::Acknowledge | Verb::Detached) || closes);
    let erased = old.account.is_open() && !new.account.is_open();
    let expects = |log: LogName| match log {
        LogName::Tenant => ordinary == LogName::Tenant && !lifecycle_only,
        LogName::Lifecycle => ordinary == LogName::Lifecycle || moved || lifecycle_only,
    };
    let repeated = |log: LogName| log == ordinary && old.repeats > 0;
    [LogName::Tenant, LogName::Lifecycle].into_iter().all(|log| {
        // What the step erases, it erases whole (H-68).
        if log == LogName::Tenant && erased {
            return new.tenant_log.next == 0 && new.tenant_log.unlogged == 0;
        }
        added(before, after, log, command, reply, u32::from(expects(log)), u32::from(repeated(log)))
    })
}

/// What leaves no record, because it says nothing new (D-10).
fn is_quiet(before: &Node, after: &Node, verb: Verb, reply: &Reply) -> bool {
    let lease = &before.core.state().base.lease;
    let news = after.core.state().base.lease.vitals != lease.vitals;
    match reply.rule {
        Rule::HealthRead => verb == Verb::ReadHealth && !news,
        Rule::PollMissed => verb == Verb::PollUnanswered,
        Rule::LoginSucceeded => lease.login_failures == 0,
        Rule::BootRecorded => lease.main == Main::Invalid,
        Rule::SightingNoted | Rule::SomethingDue => true,
        _ => false,
    }
}

/// Whether the same was refused just before: then it is counted, and not written again.
fn is_again(before: &Node, command: &Command, step: &Step) -> bool {
    before.core.state().base.refusal.is_some_and(|last| {
        let open = before.core.state().base.account.is_open();
        let command = if open { *command } else { command.blanked(&before.core.state().base.device) };
        last.rule == step.rule() && last.command == command.digest()
    })
}

/// Whether the logs are as before.
fn untouched(before: &Node, after: &Node) -> bool {
    let said = |node: &Node| {
        let base = &node.core.state().base;
        (base.tenant_log, base.lifecycle_log)
    };
    said(before) == said(after)
}

/// Whether `log` grew by the step's own record and the count of repeats, or counted what found no place.
fn added(before: &Node, after: &Node, log: LogName, command: &Command, reply: &Reply, own: u32, repeated: u32) -> bool {
    let meter = |node: &Node| {
        let base = &node.core.state().base;
        if log == LogName::Tenant { base.tenant_log } else { base.lifecycle_log }
    };
    let (old, new) = (meter(before), meter(after));
    let records = after.core.log().records(log).filter(|record| record.sequence >= old.next);
    let (mut written, mut counts, mut told) = (0_u32, 0_u32, 0_u32);
    for record in records {
        if record.kind == record::UNLOGGED {
            told += u32::from(record.detail);
        } else if record.kind == record::REPEATED {
            counts += 1;
        } else if record.kind == command.action.verb().code() && record.rule == reply.rule {
            written += 1;
        } else {
            return false;
        }
    }
    let fits = counts <= repeated && written <= own;
    // Whatever is owed is written, or counted as what found no place.
    fits && i64::from(own + repeated)
        == i64::from(written + counts) + i64::from(new.unlogged) + i64::from(told) - i64::from(old.unlogged)
}
