//! A line typed at the console (H-05, H-53, L-39; amendment 7).

use crate::apply::{Moment, two};
use crate::outcome::{Judged, demand};
use crate::state::Model;
use strongroom_core::lunash::{Arguments, COMMANDS};
use strongroom_core::{Action as Do, Command, Main, Role, Rule, Subject};

impl Model {
    pub(crate) fn console_line(&mut self, moment: Moment, command: &Command) -> Judged {
        let Do::ConsoleLine { command: number, arguments, .. } = command.action else { return self.not_in_chart() };
        self.role(command, &[Role::Monitor, Role::Engineer, Role::Pool])?;
        let console = &self.policy.console;
        let known = (Rule::CommandKnown, number < COMMANDS);
        let plain = (Rule::ArgumentsPlain, arguments != Arguments::NotPlain);
        match command.by.role {
            Role::Monitor => {
                let with_these = arguments == Arguments::None || console.monitor_arguments.contains(number);
                demand(&[
                    known,
                    plain,
                    (Rule::MonitoringAllowed, self.account.monitoring),
                    (Rule::MonitorMay, console.monitor.contains(number) && with_these),
                ])?;
                Ok(Rule::MonitorPasses)
            }
            Role::Engineer => {
                let grants = self.grants(moment.now, command.by.id, Subject::Device);
                let covers = grants
                    .iter()
                    .filter_map(|request| request.terms)
                    .any(|terms| console.granted(terms.permission).contains(number))
                    // A halted device is looked at, and nothing else.
                    && (self.main != Main::TamperLatched || console.monitor.contains(number));
                demand(&[
                    known,
                    plain,
                    self.running(),
                    (Rule::GrantOpen, !grants.is_empty()),
                    (Rule::NeverKeys, !console.never.contains(number)),
                    (Rule::GrantCovers, covers),
                ])?;
                Ok(Rule::GrantPasses)
            }
            _ => {
                let prepared = (Rule::BeingPrepared, self.main == Main::PoolConfig);
                demand(&[known, plain, (Rule::NoTenant, !self.bound), prepared, two(command)])?;
                // What touches keys or destroys: what was proved before no longer is.
                if console.never.contains(number) {
                    self.proof = None;
                }
                Ok(Rule::ConsoleIsPools)
            }
        }
    }
}
