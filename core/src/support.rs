//! Support: which way an issue goes, who answers and what has to be done before.
//!
//! # Definitions
//!
//! - An *issue* is classified by whoever has it; [`Unclassified`](Issue::Unclassified) is a class too.
//! - A *route* says who answers for a class, whom to call, who else helps and what must hold before.
//!
//! # Properties
//!
//! - Every issue has one route, and every route its own rule: one hop (H-22).
//! - What is not classified goes to the provider, who directs it (H-23).
//! - The provider stays engaged in every route, also where the vendor is called (H-24).
//! - The vendor's portal is named once the service is registered for, the customer id given and the customer
//!   registered there (H-25 to H-27, H-33). The account representative is the customer's own contact and
//!   needs none of it (H-40).
//! - Whether the device answers over the network is tested by SSH first (H-77).

#[cfg(test)]
mod tests;

pub use crate::issue::Issue;

use crate::party::Party;
use crate::rule::Rule;
use crate::word::words;

words! {
    /// Whom to call.
    #[derive(PartialOrd, Ord)]
    pub enum Contact {
        /// The provider's support (H-16, H-17, H-23).
        ProviderSupport = 1 "provider_support",
        /// The vendor's support portal (H-28, H-39).
        VendorPortal = 2 "vendor_portal",
        /// The vendor's representative for the customer's account (H-40).
        VendorAccountRepresentative = 3 "vendor_account_representative",
        /// Nobody else: it is the customer's own to do (H-12, H-65).
        OwnTeam = 4 "own_team",
    }
}

impl Contact {
    /// Whose they are.
    #[must_use]
    pub const fn party(self) -> Party {
        match self {
            Self::ProviderSupport => Party::Provider,
            Self::VendorPortal | Self::VendorAccountRepresentative => Party::Vendor,
            Self::OwnTeam => Party::Customer,
        }
    }
}

words! {
    /// What a party may do on the device itself while a customer has it.
    #[derive(PartialOrd, Ord)]
    pub enum Reach {
        /// Nothing: it advises, supplies or directs.
        Advises = 1 "advises",
        /// Read the serial port (H-05, H-53).
        Monitors = 2 "monitors",
        /// Work on hardware, power, network and allocation, without any administrative access (H-04).
        Services = 3 "services",
        /// Administer it: the customer alone (H-02).
        Administers = 4 "administers",
    }
}

/// Which way the issues of one class go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Route {
    /// The class.
    pub issue: Issue,
    /// The rule that says so.
    pub rule: Rule,
    /// Who answers for it.
    pub party: Party,
    /// Whom to call.
    pub contact: Contact,
    /// Who else has a part in it.
    pub supports: Option<Party>,
}

impl Route {
    /// Who stays engaged whoever is called (H-24).
    pub const ENGAGED: Party = Party::Provider;

    /// What must hold before, in this order; each is the rule that refuses where it does not.
    #[must_use]
    pub const fn needs(&self) -> &'static [Rule] {
        match (self.contact, self.issue) {
            (Contact::VendorPortal, _) => &[Rule::ServiceRegistered, Rule::CustomerIdGiven, Rule::VendorRegistered],
            (_, Issue::NetworkAccess) => &[Rule::SshTestFirst],
            _ => &[],
        }
    }

    /// What whoever answers may do on the device itself.
    #[must_use]
    pub const fn reach(&self) -> Reach {
        match (self.party, self.issue) {
            (Party::Customer, _) => Reach::Administers,
            (Party::Provider, Issue::HealthTelemetry) => Reach::Monitors,
            (Party::Provider, Issue::Unclassified) | (Party::Vendor | Party::Device, _) => Reach::Advises,
            (Party::Provider, _) => Reach::Services,
        }
    }
}

const fn row(issue: Issue, rule: Rule, party: Party, contact: Contact, supports: Option<Party>) -> Route {
    Route { issue, rule, party, contact, supports }
}

use Contact::{OwnTeam, ProviderSupport, VendorAccountRepresentative, VendorPortal};
use Issue as I;
use Party::{Customer, Provider, Vendor};
use Rule as R;

const UNCLASSIFIED: Route = row(I::Unclassified, R::RouteUnclassified, Provider, ProviderSupport, None);

/// The routes, one an issue, in the order of the issues.
#[rustfmt::skip]
pub const ROUTES: &[Route] = &[
    UNCLASSIFIED,
    row(I::Hardware, R::RouteHardware, Provider, ProviderSupport, Some(Customer)),
    row(I::ComponentFailure, R::RouteComponentFailure, Provider, ProviderSupport, Some(Customer)),
    row(I::DeviceFailure, R::RouteDeviceFailure, Provider, ProviderSupport, Some(Customer)),
    row(I::PowerAndCooling, R::RoutePowerAndCooling, Provider, ProviderSupport, None),
    row(I::OperationalState, R::RouteOperationalState, Provider, ProviderSupport, None),
    row(I::NetworkPath, R::RouteNetworkPath, Provider, ProviderSupport, Some(Customer)),
    row(I::NetworkAccess, R::RouteNetworkAccess, Provider, ProviderSupport, Some(Customer)),
    row(I::ResourceCreation, R::RouteResourceCreation, Provider, ProviderSupport, Some(Customer)),
    row(I::Provisioning, R::RouteProvisioning, Provider, ProviderSupport, Some(Customer)),
    row(I::Deprovisioning, R::RouteDeprovisioning, Provider, ProviderSupport, Some(Customer)),
    row(I::HealthTelemetry, R::RouteHealthTelemetry, Provider, ProviderSupport, None),
    row(I::Configuration, R::RouteConfiguration, Customer, VendorPortal, Some(Vendor)),
    row(I::CustomConfiguration, R::RouteCustomConfiguration, Customer, VendorPortal, Some(Vendor)),
    row(I::Administration, R::RouteAdministration, Customer, VendorPortal, Some(Vendor)),
    row(I::Management, R::RouteManagement, Customer, VendorPortal, Some(Vendor)),
    row(I::Software, R::RouteSoftware, Customer, VendorPortal, Some(Vendor)),
    row(I::Firmware, R::RouteFirmware, Customer, VendorPortal, Some(Vendor)),
    row(I::SoftwareComponents, R::RouteSoftwareComponents, Vendor, VendorPortal, Some(Provider)),
    row(I::HsmUse, R::RouteHsmUse, Vendor, VendorPortal, None),
    row(I::Documentation, R::RouteDocumentation, Vendor, VendorPortal, Some(Provider)),
    row(I::ApplicationDevelopment, R::RouteApplicationDevelopment, Customer, VendorPortal, Some(Vendor)),
    row(I::Consulting, R::RouteConsulting, Customer, VendorAccountRepresentative, Some(Vendor)),
    row(I::HighAvailability, R::RouteHighAvailability, Customer, OwnTeam, None),
    row(I::Zeroization, R::RouteZeroization, Customer, OwnTeam, None),
    row(I::MediaDestruction, R::RouteMediaDestruction, Provider, ProviderSupport, None),
];

const _: () = assert!(ROUTES.len() == Issue::ALL.len(), "every issue has a route");

/// The route of an issue.
#[must_use]
pub fn route(issue: Issue) -> &'static Route {
    ROUTES.get(usize::from(issue as u8)).unwrap_or(&UNCLASSIFIED)
}

/// The route that `rule` stands for; `None` for rules that are not routes.
#[must_use]
pub fn route_of(rule: Rule) -> Option<&'static Route> {
    ROUTES.iter().find(|route| route.rule == rule)
}

/// The route that answers the question about an issue, once its needs hold.
///
/// `ssh_test` says whether the customer's own SSH test passed; `None` where it was not made. Where it passed,
/// the network is not at fault: the issue is as good as unclassified, and the provider directs it (H-23, H-78).
/// Where it was not made, the need [`Rule::SshTestFirst`] does not hold: it holds exactly where `ssh_test`
/// is `Some`.
#[must_use]
pub fn answer(issue: Issue, ssh_test: Option<bool>) -> &'static Route {
    match (issue, ssh_test) {
        (Issue::NetworkAccess, Some(true)) => &UNCLASSIFIED,
        _ => route(issue),
    }
}
