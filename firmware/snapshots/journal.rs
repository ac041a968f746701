//! An EEPROM on the bus: its driver, and a journal that is there after a restart.
#![no_std]
#![no_main]

mod end;

use cortex_m_rt::entry;
use embedded_storage::ReadStorage;
use strongroom_core::journal::{Durable, Eeprom, Layout, Mounted};
use strongroom_core::{Action, Command, Deployment, Device, Label, Main, Organisation, Policy, Principal, Role};
use strongroom_firmware::eeprom::{JOURNAL, Stretch};
use strongroom_firmware::lm3s6965::i2c::Bus;
use strongroom_firmware::lm3s6965::{clock, tick};

const DEVICE: Device = Device {
    serial: Label(*b"700022\0\0\0\0\0\0\0\0\0\0"),
    provider: Organisation([0xb0; 16]),
    vendor: Organisation([0xd0; 16]),
    deployment: Deployment::Board,
};

#[entry]
fn main() -> ! {
    static mut DURABLE: Durable<Eeprom<Stretch>> = Durable::new(Eeprom(Stretch::Journal));

    clock::start();
    tick::start();
    Bus::start();
    let mut word = [0; 4];
    defmt::info!("blank: {=bool} {=[u8]:02x}", Stretch::Journal.read(JOURNAL - 4, &mut word).is_ok(), word);
    defmt::info!("beyond its end: {=bool}", Stretch::Journal.read(JOURNAL - 3, &mut word).is_ok());
    mount(DURABLE);
    let reply = DURABLE.apply(None, &Command::new(Principal::device(Role::Core), Action::Boot { self_test_passed: true }));
    defmt::info!("{}", reply.ok());
    let before = DURABLE.engine().digest();
    mount(DURABLE);
    defmt::info!("the same state: {=bool}", DURABLE.engine().digest() == before);
    let main: Main = DURABLE.engine().state().base.lease.main;
    defmt::info!("{}", main);
    end::end()
}

fn mount(durable: &mut Durable<Eeprom<Stretch>>) {
    let mounted = Layout::over(JOURNAL, 64).map(|layout| durable.mount(&layout, DEVICE, &Policy::AZURE));
    match mounted {
        Some(Ok(Mounted::Fresh)) => defmt::info!("fresh"),
        Some(Ok(Mounted::Restored { steps, torn })) => defmt::info!("restored {=u32} steps, torn: {=bool}", steps, torn),
        _ => defmt::error!("not mounted"),
    }
}
