//! Moving requests.

use super::{Desk, find, keep};
use crate::command::{Action, RequestNumber};
use crate::engine::decide::Step;
use crate::engine::facts::may_go;
use crate::lockbox::request::{Promised, Request, Status};
use crate::outbox::Kind;
use crate::policy::Policy;
use crate::time::Time;

impl Desk<'_> {
    pub(super) fn request(&mut self, policy: &Policy, step: &Step, number: RequestNumber, to: Status, deadline: Option<Time>) {
        let (at, command) = (step.entry.at, &step.command);
        let number = if number == 0 { self.new_request(&command.action, at) } else { number };
        let account = &self.base.account;
        let Some(request) = find(self.requests, number) else { return };
        match &command.action {
            Action::RequestAccess { follows, terms, .. } => {
                // By way of the stack: copied over directly it is a `memmove`, whose code nothing else needs.
                let roster = account.roster;
                request.follows = *follows;
                request.requester = Some(command.by);
                request.catalogue = policy.catalogue.version;
                request.promised = Promised::by(&policy.lockbox, terms);
                request.terms = Some(*terms);
                request.roster = roster;
            }
            Action::Approve { reason, duration, .. } => {
                request.shortened = duration.iter().chain(&request.shortened).min().copied();
                request.approvals |= request.approver_bit(command.by.id).unwrap_or(0);
                request.reason = *reason;
            }
            Action::Deny { reason, .. } | Action::Revoke { reason, .. } => request.reason = *reason,
            _ => {}
        }
        let moved = request.status != to;
        if moved {
            request.status = to;
            request.since = at;
        }
        request.deadline = deadline;
        if moved {
            self.follow(policy, at, number, to);
        }
    }

    /// What has to be done outside once a request is in a status.
    fn follow(&mut self, policy: &Policy, at: Time, number: RequestNumber, status: Status) {
        match status {
            Status::CustomerNotified => self.ask(policy, at, Kind::NotifyApprovers, number),
            Status::Approved => self.ask(policy, at, Kind::OpenAccess, number),
            Status::Ending | Status::Revoking => self.ask(policy, at, Kind::CloseAccess, number),
            // Nobody needs to be asked any more.
            _ => keep(self.outbox, &mut |entry| !(entry.kind.concerns_request() && entry.about == number)),
        }
    }

    /// Makes room if need be, and begins a request.
    fn new_request(&mut self, action: &Action, at: Time) -> RequestNumber {
        let (Action::OpenTicket { ticket, .. } | Action::RequestAccess { ticket, .. }) = action else { return 0 };
        if self.requests.is_full()
            && let Some(oldest) = self.requests.iter().find(|request| may_go(request, self.outbox)).map(|request| request.number)
        {
            keep(self.requests, &mut |request| request.number != oldest);
        }
        let number = self.base.next_request;
        if self.requests.push(Request::new(number, *ticket, at)).is_ok() {
            self.base.next_request = number.saturating_add(1);
        }
        number
    }

    /// Ends every window of the requests that `which` picks: a grant closes, a question is withdrawn.
    pub(super) fn end_windows(&mut self, policy: &Policy, at: Time, which: impl Fn(&Request) -> bool) {
        self.end(policy, at, |request| request.deadline.is_some() && which(request));
    }

    /// Ends every open request and grant, tickets that nobody asked access on among them (D-18).
    pub(super) fn end_open(&mut self, policy: &Policy, at: Time) {
        self.end(policy, at, |request| {
            request.deadline.is_some() || matches!(request.status, Status::Ticketed | Status::Triaged)
        });
    }

    /// Each of those that `which` picks ends, and is not picked again.
    fn end(&mut self, policy: &Policy, at: Time, which: impl Fn(&Request) -> bool) {
        while let Some(request) = self.requests.iter_mut().find(|request| which(request)) {
            let to = if request.status == Status::Approved { Status::Ending } else { Status::Cancelled };
            request.status = to;
            request.since = at;
            request.deadline = None;
            let number = request.number;
            self.follow(policy, at, number, to);
        }
    }
}
