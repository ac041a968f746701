//! How requests end with the lease, and what an account takes with it.

use crate::state::Model;
use strongroom_core::outbox::Kind;
use strongroom_core::{Account, Status, Subject};

impl Model {
    /// The device's lease ends: so do the windows of requests about the device (amendment 4).
    pub(crate) fn end_device_requests(&mut self, now: u64) {
        self.end_windows(now, |subject| subject == Subject::Device);
    }

    /// Nobody knows the time any more: every window ends (D-18).
    pub(crate) fn end_all_windows(&mut self, now: u64) {
        self.end_windows(now, |_| true);
    }

    /// Nobody has asked for anything on these yet; without the time they end too (D-18).
    pub(crate) fn cancel_tickets(&mut self) {
        for request in &mut self.requests {
            if matches!(request.status, Status::Ticketed | Status::Triaged) {
                request.status = Status::Cancelled;
            }
        }
    }

    fn end_windows(&mut self, now: u64, which: impl Fn(Subject) -> bool) {
        let mut closing = Vec::new();
        let mut cancelled = Vec::new();
        for request in &mut self.requests {
            let concerned = request.terms.is_some_and(|terms| which(terms.subject));
            if !concerned || request.deadline.is_none() {
                continue;
            }
            request.deadline = None;
            if request.status == Status::Approved {
                request.status = Status::Ending;
                closing.push(request.number);
            } else {
                request.status = Status::Cancelled;
                cancelled.push(request.number);
            }
        }
        for number in cancelled {
            self.forget_notice(number);
        }
        for number in closing {
            self.ask(Kind::CloseAccess, number, now);
        }
    }

    /// Whether nothing more can happen to the request.
    pub(crate) fn is_settled(&self, number: u32) -> bool {
        self.request(number).is_some_and(|request| match request.status {
            Status::JitPassed => request.terms.is_some_and(|terms| !terms.customer_data),
            Status::JitRejected | Status::Denied | Status::Expired | Status::Cancelled | Status::Ended | Status::Revoked => true,
            _ => false,
        })
    }

    /// As `is_settled`, as if the tick had come already (D-26): what is overdue can only end.
    pub(crate) fn is_settled_at(&self, number: u32, now: u64) -> bool {
        self.is_settled(number) || self.is_overdue(number, now)
    }

    fn is_overdue(&self, number: u32, now: u64) -> bool {
        self.request(number)
            .is_some_and(|request| request.status != Status::Approved && request.deadline.is_some_and(|end| end <= now))
    }

    /// Whether the request was turned down, by a person or by time (D-09).
    pub(crate) fn is_turned_down(&self, number: u32, now: u64) -> bool {
        let ended = self.request(number).is_some_and(|request| matches!(request.status, Status::Denied | Status::Expired));
        ended || self.is_overdue(number, now)
    }

    pub(crate) fn all_settled(&self) -> bool {
        self.requests.iter().all(|request| self.is_settled(request.number))
    }

    /// D-27, D-15: no request, no grant and no notice to the customer is open.
    pub(crate) fn nothing_is_open(&self) -> bool {
        let waits = |kind: Kind| kind.concerns_request() || kind == Kind::NotifyCustomer;
        // An exclusion without its review is open too: it would be erased unseen (D-11).
        self.all_settled() && self.exclusions.is_empty() && !self.duties.iter().any(|duty| waits(duty.kind))
    }

    /// The tenant's log, requests and account are erased together (D-27).
    pub(crate) fn close_account(&mut self, now: u64) {
        self.account = Account { monitoring: self.account.monitoring, ..Account::CLOSED };
        self.timed_out = false;
        self.requests.clear();
        self.exclusions.clear();
        self.forget_cloning_domain();
        self.duties.retain(|duty| !duty.kind.concerns_request() && duty.kind != Kind::NotifyCustomer);
        self.ask(Kind::EraseTenantArea, 0, now);
    }
}
