//! What an engine decides, as a log tells it.
#![no_std]
#![no_main]

mod end;

use cortex_m_rt::entry;
use strongroom_core::{
    Action, Command, Deployment, Device, Digest, Engine, Id, Label, Organisation, Policy, Principal, Role, Time,
};

const PROVIDER: Organisation = Organisation([0xb0; 16]);

#[entry]
fn main() -> ! {
    let device = Device {
        serial: Label(*b"700022\0\0\0\0\0\0\0\0\0\0"),
        provider: PROVIDER,
        vendor: Organisation([0xd0; 16]),
        deployment: Deployment::Board,
    };
    let mut engine: Engine = Engine::new(device, &Policy::AZURE);
    let hands = Principal { role: Role::Hands, organisation: PROVIDER, id: Id([7; 16]) };
    let pool = Principal { role: Role::Pool, organisation: PROVIDER, id: Id([8; 16]) };
    let arrive = Action::Arrive { serial: device.serial };
    let string = Digest([7; 32]);
    let stm = Action::StmOk { expected: string, shown: string, seals_whole: true };
    for (by, action) in [(hands, arrive), (hands, arrive), (pool, stm), (hands, Action::ZeroizeLocal {})] {
        defmt::info!("{} by {}", action.verb(), by);
        let reply = engine.apply(Some(Time::from_unix(1_767_600_000)), &Command::new(by, action));
        defmt::info!("{}", reply);
    }
    defmt::info!("{}", engine.digest());
    end::end()
}
