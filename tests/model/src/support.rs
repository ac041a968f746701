//! Whom to ask (A.5; H-16 to H-40).

use crate::outcome::{Judged, demand};
use crate::state::Model;
use strongroom_core::{Action as Do, Command, Issue, Party, Rule};

impl Model {
    pub(crate) fn support_action(&self, command: &Command) -> Judged {
        let Do::AskSupport { issue, ssh_test } = command.action else { return self.not_in_chart() };
        demand(&[(Rule::RoleMayNot, command.by.party() == Party::Customer)])?;
        let registered = (Rule::ServiceRegistered, self.registration_approved());
        let with_vendor = (Rule::VendorRegistered, self.account.vendor_registered);
        let has_id = (Rule::CustomerIdGiven, !self.account.customer_id.is_empty());
        // H-25 to H-27: the vendor's support wants the registration with its portal, under the customer id.
        let vendor = [registered, with_vendor, has_id];
        let rule = match issue {
            // H-77, H-78.
            Issue::NetworkAccess => {
                demand(&[(Rule::SshTestFirst, ssh_test.is_some())])?;
                // The path is good: then nobody knows yet what it is (H-23).
                if ssh_test == Some(true) { Rule::RouteUnclassified } else { Rule::RouteNetworkAccess }
            }
            Issue::Unclassified => Rule::RouteUnclassified,
            Issue::Hardware => Rule::RouteHardware,
            Issue::ComponentFailure => Rule::RouteComponentFailure,
            Issue::DeviceFailure => Rule::RouteDeviceFailure,
            Issue::PowerAndCooling => Rule::RoutePowerAndCooling,
            Issue::OperationalState => Rule::RouteOperationalState,
            Issue::NetworkPath => Rule::RouteNetworkPath,
            Issue::ResourceCreation => Rule::RouteResourceCreation,
            Issue::Provisioning => Rule::RouteProvisioning,
            Issue::Deprovisioning => Rule::RouteDeprovisioning,
            Issue::HealthTelemetry => Rule::RouteHealthTelemetry,
            Issue::HighAvailability => Rule::RouteHighAvailability,
            Issue::Zeroization => Rule::RouteZeroization,
            Issue::MediaDestruction => Rule::RouteMediaDestruction,
            Issue::Configuration => vendor_route(&vendor, Rule::RouteConfiguration)?,
            Issue::CustomConfiguration => vendor_route(&vendor, Rule::RouteCustomConfiguration)?,
            Issue::Administration => vendor_route(&vendor, Rule::RouteAdministration)?,
            Issue::Management => vendor_route(&vendor, Rule::RouteManagement)?,
            Issue::Software => vendor_route(&vendor, Rule::RouteSoftware)?,
            Issue::Firmware => vendor_route(&vendor, Rule::RouteFirmware)?,
            Issue::SoftwareComponents => vendor_route(&vendor, Rule::RouteSoftwareComponents)?,
            Issue::HsmUse => vendor_route(&vendor, Rule::RouteHsmUse)?,
            Issue::ApplicationDevelopment => vendor_route(&vendor, Rule::RouteApplicationDevelopment)?,
            // H-33: documents need a valid customer id.
            Issue::Documentation => vendor_route(&vendor, Rule::RouteDocumentation)?,
            // H-40: the vendor's representative for the account.
            Issue::Consulting => Rule::RouteConsulting,
        };
        Ok(rule)
    }
}

fn vendor_route(conditions: &[(Rule, bool)], rule: Rule) -> Judged {
    demand(conditions)?;
    Ok(rule)
}
