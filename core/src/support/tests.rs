//! The routes compared with the responsibility matrix of the requirements, written down by hand.

use super::*;
use crate::rule::Kind;

/// What a party has to do with a subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// It answers.
    Answers,
    /// It has a part in it.
    Helps,
    /// It has none.
    None,
}

/// One line of the matrix: subject, customer, provider, vendor, and the classes that are of it.
type Line = (&'static str, [Part; 3], &'static [Issue]);

/// Requirements A.5, transcribed by hand. "May restrict it", "raises it" and "no guarantee" are no part in it.
const MATRIX: &[Line] = {
    use Part::{Answers as R, Helps as H, None as N};
    &[
        ("power, cooling", [N, R, N], &[I::PowerAndCooling]),
        ("operational state, break/fix", [N, R, N], &[I::OperationalState]),
        ("network path, accessibility", [H, R, N], &[I::NetworkPath, I::NetworkAccess]),
        ("component or device failure", [H, R, N], &[I::Hardware, I::ComponentFailure, I::DeviceFailure]),
        ("provisioning, deprovisioning", [H, R, N], &[I::ResourceCreation, I::Provisioning, I::Deprovisioning]),
        ("health telemetry", [N, R, N], &[I::HealthTelemetry]),
        (
            "configuration, administration, management",
            [R, N, H],
            &[I::Configuration, I::CustomConfiguration, I::Administration, I::Management],
        ),
        ("firmware, HSM software", [R, N, H], &[I::Firmware, I::Software]),
        ("applications", [R, N, H], &[I::ApplicationDevelopment, I::Consulting]),
        ("high availability", [R, N, N], &[I::HighAvailability]),
        // The customer downloads what the vendor supplies: that is the asking, no part in the answer.
        ("documents, guides, kit, client", [N, H, R], &[I::Documentation, I::SoftwareComponents]),
        ("zeroizing at the end of use", [R, N, N], &[I::Zeroization]),
        ("destruction of failed media", [N, R, N], &[I::MediaDestruction]),
        ("unclassified", [N, R, N], &[I::Unclassified]),
    ]
};

const PARTIES: [Party; 3] = [Customer, Provider, Vendor];

#[test]
fn every_route_answers_as_the_matrix_says() {
    for (subject, parts, issues) in MATRIX {
        for issue in *issues {
            let route = route(*issue);
            let found = PARTIES.map(|party| match party {
                _ if route.party == party => Part::Answers,
                _ if route.supports == Some(party) => Part::Helps,
                _ => Part::None,
            });
            assert_eq!(found, *parts, "{subject}: {}", issue.name());
        }
    }
}

#[test]
fn the_matrix_has_every_issue_once_but_the_use_of_the_hsm() {
    for issue in Issue::ALL {
        let lines = MATRIX.iter().filter(|(.., issues)| issues.contains(issue)).count();
        assert_eq!(lines, usize::from(*issue != I::HsmUse), "{}", issue.name());
    }
    // Questions about using the HSM have no line there; the vendor answers them (H-36).
    assert_eq!(route(I::HsmUse).contact, VendorPortal);
}

/// The ROUTE rows of the source, transcribed by hand: whom to call about what.
const CALLS: &[(&str, Issue, Contact)] = &[
    ("H-10", I::ApplicationDevelopment, VendorPortal),
    ("H-10", I::Consulting, VendorAccountRepresentative),
    ("H-16", I::Hardware, ProviderSupport),
    ("H-17", I::NetworkPath, ProviderSupport),
    ("H-18", I::Configuration, VendorPortal),
    ("H-19", I::Software, VendorPortal),
    ("H-20", I::Firmware, VendorPortal),
    ("H-21", I::ApplicationDevelopment, VendorPortal),
    ("H-23", I::Unclassified, ProviderSupport),
    ("H-35", I::Software, VendorPortal),
    ("H-36", I::HsmUse, VendorPortal),
    ("H-37", I::SoftwareComponents, VendorPortal),
    ("H-38", I::CustomConfiguration, VendorPortal),
    ("H-40", I::Consulting, VendorAccountRepresentative),
    ("H-49", I::ComponentFailure, ProviderSupport),
    ("H-50", I::DeviceFailure, ProviderSupport),
    ("H-51", I::NetworkAccess, ProviderSupport),
    ("H-52", I::Provisioning, ProviderSupport),
    ("H-52", I::Deprovisioning, ProviderSupport),
    ("H-63", I::ResourceCreation, ProviderSupport),
    ("H-64", I::CustomConfiguration, VendorPortal),
    ("H-76", I::NetworkAccess, ProviderSupport),
    ("H-78", I::NetworkAccess, ProviderSupport),
];

#[test]
fn every_row_about_a_route_calls_whom_it_says_and_is_named_by_its_rule() {
    for (id, issue, contact) in CALLS {
        let route = route(*issue);
        assert_eq!(route.contact, *contact, "{id}");
        assert!(route.rule.rows().contains(id), "{id} is not in the rows of {}", route.rule.name());
    }
}

#[test]
fn every_issue_has_one_route_at_its_place_with_a_rule_of_its_own() {
    for (place, issue) in Issue::ALL.iter().enumerate() {
        assert_eq!(ROUTES.iter().filter(|route| route.issue == *issue).count(), 1, "{}", issue.name());
        assert_eq!(ROUTES[place].issue, *issue);
        assert_eq!(route(*issue), &ROUTES[place]);
        assert_eq!(route_of(ROUTES[place].rule), Some(&ROUTES[place]));
        assert_eq!(Issue::ALL.iter().filter(|other| other.name() == issue.name()).count(), 1);
    }
    let of_routes = Rule::ALL.iter().filter(|rule| (400..440).contains(&rule.code()));
    assert!(of_routes.clone().all(|rule| route_of(*rule).is_some() && rule.kind() == Kind::Grants));
    assert_eq!(of_routes.count(), ROUTES.len());
}

#[test]
fn needs_are_the_refusing_rules_of_support_and_follow_the_contact() {
    for route in ROUTES {
        let needs = route.needs();
        assert!(needs.iter().all(|need| (450..460).contains(&need.code()) && need.kind() == Kind::Refuses));
        for portal in [R::VendorRegistered, R::CustomerIdGiven, R::ServiceRegistered] {
            assert_eq!(needs.contains(&portal), route.contact == VendorPortal, "{}", route.issue.name());
        }
        assert_eq!(needs.contains(&R::SshTestFirst), route.issue == I::NetworkAccess, "{}", route.issue.name());
    }
    assert!(route(I::Consulting).needs().is_empty());
}

#[test]
fn a_route_takes_six_bytes() {
    assert_eq!(size_of::<Route>(), 6);
}

#[test]
fn whoever_is_called_answers_or_helps() {
    for route in ROUTES {
        let called = route.contact.party();
        assert!(called == route.party || route.supports == Some(called), "{}", route.issue.name());
        assert_ne!(route.supports, Some(route.party), "{}", route.issue.name());
    }
}

#[test]
fn the_customer_alone_administers_and_the_vendor_never_acts() {
    for route in ROUTES {
        assert_eq!(route.reach() == Reach::Administers, route.party == Customer, "{}", route.issue.name());
        assert!(route.party != Vendor || route.reach() == Reach::Advises);
    }
    assert_eq!(route(I::HealthTelemetry).reach(), Reach::Monitors);
    assert_eq!(route(I::Hardware).reach(), Reach::Services);
    assert_eq!(route(I::Unclassified).reach(), Reach::Advises);
}

#[test]
fn a_network_that_passes_the_test_is_not_at_fault() {
    assert_eq!(answer(I::NetworkAccess, None), route(I::NetworkAccess));
    assert_eq!(answer(I::NetworkAccess, Some(false)), route(I::NetworkAccess));
    assert_eq!(answer(I::NetworkAccess, Some(true)), route(I::Unclassified));
}

#[test]
fn the_test_changes_no_other_answer() {
    for issue in Issue::ALL.iter().filter(|issue| **issue != I::NetworkAccess) {
        for test in [None, Some(false), Some(true)] {
            assert_eq!(answer(*issue, test), route(*issue));
        }
    }
}
