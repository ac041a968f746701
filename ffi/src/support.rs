//! Support: who answers for an issue, whom to call, and what has to be done before (H-16 to H-24).

use crate::boundary::{answer, place};
use crate::error::{Error, StatusCode};
use crate::shape::Shape;
use strongroom_core::support::{self, ROUTES, Route as Path};
use strongroom_core::{Issue, Rule};

/// The customer's own SSH test of the device was not made.
pub const STRONGROOM_SSH_TEST_NOT_MADE: u8 = 0;

/// The customer's own SSH test failed: the device does not answer.
pub const STRONGROOM_SSH_TEST_FAILED: u8 = 1;

/// The customer's own SSH test passed: the network is not at fault.
pub const STRONGROOM_SSH_TEST_PASSED: u8 = 2;

const NEEDS: usize = 4;

const _: () = {
    let mut routes = ROUTES;
    while let [route, later @ ..] = routes {
        assert!(route.needs().len() <= NEEDS, "strongroom_route_t has to grow");
        routes = later;
    }
};

/// Which way an issue goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(C)]
pub struct Route {
    /// The rule that says so: STRONGROOM_RULE_*.
    pub rule: u16,
    /// What must hold before, in this order: the rules that refuse where it does not, STRONGROOM_RULE_*;
    /// zeros fill the rest.
    pub needs: [u16; 4],
    /// How many of them there are.
    pub needs_count: u8,
    /// The issue that it is the route of: STRONGROOM_ISSUE_*; where the SSH test passed, that is
    /// STRONGROOM_ISSUE_UNCLASSIFIED.
    pub issue: u8,
    /// Who answers for it: STRONGROOM_PARTY_*.
    pub party: u8,
    /// Whom to call: STRONGROOM_CONTACT_*.
    pub contact: u8,
    /// Who else has a part in it: STRONGROOM_PARTY_*, or 0 for nobody.
    pub supports: u8,
    /// Who stays engaged whoever is called: STRONGROOM_PARTY_*.
    pub engaged: u8,
    /// What whoever answers may do on the device itself: STRONGROOM_REACH_*.
    pub reach: u8,
    /// Zero.
    pub reserved: u8,
}

const _: () = assert!(size_of::<Route>() == 18, "no padding; the header says so");

impl Route {
    fn of(path: &Path) -> Self {
        let mut needs = [0; NEEDS];
        for (place, rule) in needs.iter_mut().zip(path.needs()) {
            *place = Rule::code(*rule);
        }
        Self {
            rule: path.rule.code(),
            needs,
            needs_count: needs.iter().fold(0, |count, rule| count.saturating_add(u8::from(*rule != 0))),
            issue: path.issue as u8,
            party: path.party as u8,
            contact: path.contact as u8,
            supports: path.supports.map_or(0, |party| party as u8),
            engaged: Path::ENGAGED as u8,
            reach: path.reach() as u8,
            reserved: 0,
        }
    }
}

/// Who answers for an issue: one hop, with the rule that says so. No engine is asked and nothing is recorded; a
/// `support` command asks the same of an engine, which checks the needs and records the answer.
///
/// @param issue     STRONGROOM_ISSUE_*
/// @param ssh_test  STRONGROOM_SSH_TEST_*: what the customer's own test of the network said; it counts for
///                  STRONGROOM_ISSUE_NETWORK_ACCESS only
/// @param route     written: which way it goes
///
/// # Errors
///
/// NULL, ALIGNMENT, VALUE (no such issue, no such result of a test).
///
/// # Safety
///
/// `route` is good for one route.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_support_answer(issue: u8, ssh_test: u8, route: *mut Route) -> StatusCode {
    answer(|| {
        let route = place(route)?;
        let ssh_test = match ssh_test {
            STRONGROOM_SSH_TEST_NOT_MADE => None,
            STRONGROOM_SSH_TEST_FAILED => Some(false),
            STRONGROOM_SSH_TEST_PASSED => Some(true),
            _ => return Err(Error::Value),
        };
        let path = support::answer(Issue::from_c(&issue)?, ssh_test);
        // SAFETY: aligned, not NULL, and by this function's contract good for one route.
        unsafe { route.write(Route::of(path)) };
        Ok(())
    })
}
