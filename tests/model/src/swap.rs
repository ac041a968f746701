//! What taking a part out would do (H-69 to H-72; `lifecycle.md` a.3, b).

use crate::apply::two;
use crate::outcome::{Judged, demand, refused};
use crate::state::Model;
use strongroom_core::lease::membership::Membership;
use strongroom_core::reading::TamperClass;
use strongroom_core::{Command, Component, Main, Role, Rule};

impl Model {
    pub(crate) fn plan_swap(&self, command: &Command, component: Component) -> Judged {
        self.role(command, &[Role::Hands])?;
        let class = match component {
            Component::PowerSupply | Component::FanFilter => return Ok(Rule::SwapInOperation),
            Component::Fan => TamperClass::Fan,
            Component::Battery => TamperClass::Battery,
            Component::Cover => TamperClass::Chassis,
            Component::Card => TamperClass::Card,
        };
        if self.main == Main::Maintenance {
            demand(&[two(command)])?;
            return Ok(Rule::SwapInMaintenance);
        }
        if self.membership == Membership::InSync && self.peers < self.policy.lease.ha_minimum {
            return refused(Rule::SwapKeepsHa);
        }
        // The gravest prediction, found by trying the tamper on a copy.
        let mut after = self.clone();
        after.tamper(class, self.last_good);
        if after.main == Main::Zeroizing && self.main != Main::Zeroizing {
            return refused(Rule::SwapDestroysNothing);
        }
        if after.latched && matches!(after.main, Main::Operational | Main::TamperLatched | Main::Failed) {
            return refused(Rule::SwapLatchesNothing);
        }
        refused(Rule::MaintenanceFirst)
    }
}
