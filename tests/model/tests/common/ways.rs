//! Ways of commands into every state and status. Every step of them is compared too.

use super::*;
use strongroom_core::policy::{Permission, Scope};
use strongroom_core::reading::{Level, Parts, Service};

pub const REGION: &str = "japaneast";
pub const NETWORK: &str = "vnet";
pub const DOMAIN: Digest = Digest([2; 32]);
pub const REASON: Digest = Digest([5; 32]);

impl Pair {
    /// One second later, and it must be accepted by both.
    pub fn go(&mut self, command: Command) -> Reply {
        self.now += 1;
        let reply = self.step(Some(self.now), &command, &mut Coverage::default()).unwrap_or_else(|why| panic!("{why}"));
        assert_eq!(reply.verdict, Verdict::Accepted, "{:?}: {}", command.action, reply.rule.name());
        self.compare_duties().unwrap_or_else(|why| panic!("after {:?}: {why}", command.action));
        self.confirm_all();
        reply
    }

    pub fn act(&mut self, by: Principal, action: Action) -> Reply {
        self.go(Command::new(by, action))
    }

    pub fn two(&mut self, by: Principal, action: Action) -> Reply {
        let second = Principal { id: Id([77; 16]), ..by };
        self.go(Command::new(by, action).with(second))
    }

    pub fn confirm_all(&mut self) {
        while let Some(effect) = self.core.pending().first().map(|entry| entry.id) {
            let command = Command::new(Principal::device(Role::Enforcer), Action::Confirm { effect });
            self.step(Some(self.now), &command, &mut Coverage::default()).unwrap_or_else(|why| panic!("{why}"));
        }
    }

    /// From `ZEROIZING` to `ZEROIZED`.
    pub fn erased(&mut self) {
        match self.model.device.deployment {
            Deployment::Firmware => {
                self.act(Principal::device(Role::Core), Action::EraseDone { areas: Policy::AZURE.lease.erase_list });
                self.act(Principal::device(Role::Core), Action::VerifyOk { read_back: Policy::AZURE.lease.erased });
            }
            Deployment::Board => {
                self.act(Principal::device(Role::Sensor), Action::ZeroizedSeen {});
                self.now += 600;
                self.act(Principal::device(Role::Sensor), Action::ZeroizedSeen {});
            }
        }
    }

    /// From the start to `state`; with an account wherever one can be.
    pub fn led_to(deployment: Deployment, policy: &'static Policy, state: Main) -> Self {
        if state == Main::Invalid {
            return Self::invalid(deployment, policy);
        }
        let mut pair = Self::new(deployment, policy);
        pair.lead(state);
        pair
    }

    fn lead(&mut self, state: Main) {
        let (pool, hands) = (person(Role::Pool, 1), person(Role::Hands, 1));
        let (core, sensor) = (Principal::device(Role::Core), Principal::device(Role::Sensor));
        let admin = person(Role::Admin, 11);
        if state == Main::InTransit {
            return;
        }
        self.act(hands, Action::Arrive { serial: label("700022") });
        if state == Main::Received {
            return;
        }
        let string = Digest([7; 32]);
        self.two(pool, Action::StmOk { expected: string, shown: string, seals_whole: true });
        if state == Main::PoolConfig {
            return;
        }
        self.two(pool, Action::ZeroizeLocal {});
        self.erased();
        self.act(core, Action::Unbound {});
        if state == Main::Maintenance {
            self.two(hands, Action::EnterMaintenance { ticket: label("K-1") });
            return;
        }
        self.two(pool, baseline());
        self.account();
        if state == Main::PoolFree {
            return;
        }
        self.act(
            pool,
            Action::Allocate { organisation: CUSTOMER, region: label(REGION), network: label(NETWORK), replaces: None },
        );
        if state == Main::Allocating {
            return;
        }
        self.act(person(Role::Net, 1), Action::Mapped { network: label(NETWORK), ssh_test_passed: true });
        if state == Main::TenantUnclaimed {
            return;
        }
        self.act(admin, Action::Claim { credential_replaced: true, owner_key: Digest([1; 32]), proof: None });
        if state == Main::OwnedUninit {
            return;
        }
        self.act(admin, Action::Init { cloning_domain: DOMAIN });
        match state {
            Main::Operational => return,
            Main::TamperLatched => {
                self.act(sensor, Action::Tamper { class: TamperClass::Fan });
                return;
            }
            Main::Failed | Main::Quarantined | Main::PartsRemoved | Main::PartsDestroyed | Main::ChassisReturned => {
                self.two(pool, Action::SetInventory { parts: parts() });
                self.fail(true);
                if state == Main::Failed {
                    return;
                }
                self.act(admin, Action::GiveUp { cannot_zeroize: true });
                if state == Main::Quarantined {
                    return;
                }
                self.two(hands, Action::PartsOut { parts: parts(), camera: label("C-1") });
                if state == Main::PartsRemoved {
                    return;
                }
                self.two(hands, Action::Shred { parts: parts(), method: label("shredder"), place: label("hall 3") });
                if state == Main::PartsDestroyed {
                    return;
                }
                self.act(hands, Action::ChassisOut {});
                return;
            }
            _ => {}
        }
        let nonce = self.core.challenge();
        self.two(admin, Action::Zeroize { nonce });
        if state == Main::Zeroizing {
            return;
        }
        if state == Main::ZeroizedUnverified {
            match self.model.device.deployment {
                Deployment::Firmware => {
                    self.act(core, Action::EraseDone { areas: Policy::AZURE.lease.erase_list });
                }
                Deployment::Board => {
                    self.act(sensor, Action::ZeroizedSeen {});
                    self.now += 600;
                }
            }
            return;
        }
        self.erased();
        if state == Main::Zeroized {
            return;
        }
        self.act(admin, Action::Deprovision {});
    }

    /// A fault in operation; a board first needs three polls that found the device out of service.
    pub fn fail(&mut self, soft: bool) {
        if self.model.device.deployment == Deployment::Board {
            for _ in 0..3 {
                self.now += 600;
                self.act(person(Role::Monitor, 1), Action::ReadHealth { reading: reading(Level::Good, Service::OutOfService) });
            }
        }
        self.act(Principal::device(Role::Sensor), Action::FaultHard { code: 30, soft });
    }

    /// An account that may have everything.
    pub fn account(&mut self) {
        let (pool, admin) = (person(Role::Pool, 1), person(Role::Admin, 11));
        self.act(pool, Action::Register { organisation: CUSTOMER, approved: true });
        self.act(pool, Action::SetPlan { plan: Plan::Developer });
        self.act(pool, Action::SetCustomerId { id: label("C-0001") });
        self.act(admin, Action::SetVendorRegistration { registered: true });
        self.act(admin, Action::SetOptIns { lockbox: true, previews: Subjects::of(&[Subject::Storage]) });
        self.act(admin, Action::SetPlace { region: label(REGION), network: label(NETWORK) });
        self.act(admin, Action::RequestAllocation {});
        self.act(admin, Action::SetRoster { approvers: roster() });
    }
}

/// Approvers 21 and 22, and engineer 1, who is on it by mistake.
pub fn roster() -> Roster {
    Roster::new(&[Id([21; 16]), Id([22; 16]), Id([1; 16])]).expect("three fit")
}

pub fn parts() -> Inventory {
    Inventory::new(&[label("SSD-1"), label("CARD-1")]).expect("two fit")
}

pub fn baseline() -> Action {
    Action::BaselineOk {
        firmware: label("7.1.0"),
        password_discarded: true,
        logs_cleared: true,
        self_test_passed: true,
        reset_checked: true,
    }
}

pub fn terms(subject: Subject) -> AccessTerms {
    AccessTerms {
        subject,
        scope: Scope::Resource,
        permission: Permission::Read,
        isolated_identity: true,
        multi_factor: false,
        standard_tools_failed: true,
        customer_data: true,
        duration: None,
        justification: Digest([3; 32]),
    }
}

pub fn reading(fans: Level, service: Service) -> Reading {
    Reading { fans: Parts { worst: fans, seen: 6, bad: 0 }, service: Some(service), ..Reading::default() }
}

pub fn statement(state: Main) -> Statement {
    Statement { serial: label("700033"), organisation: CUSTOMER, state }
}
