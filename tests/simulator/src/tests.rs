use super::*;
use strongroom_core::console::Parser;
use strongroom_core::reading::{Level, Parts, Reading};

fn logged_in() -> Device {
    let mut device = Device::new(&[("monitor", "secret")]);
    assert!(text(&mut device, "monitor\r").ends_with(PASSWORD));
    assert!(text(&mut device, "secret\r").ends_with(SHELL));
    device
}

fn text(device: &mut Device, typed: &str) -> String {
    String::from_utf8(device.take(typed.as_bytes())).unwrap()
}

/// What a poll of everything reads.
fn reading(device: &mut Device) -> Reading {
    let mut parser = Parser::new();
    for command in
        ["hsm information show", "hsm show", "hsm stm show", "hsm tamper show", "status sensors", "status sysstat show"]
    {
        parser.feed(&device.take(format!("{command}\r").as_bytes()));
    }
    parser.finish().0
}

fn is_good(parts: Parts) -> bool {
    parts.seen > 0 && parts.bad == 0 && parts.worst == Level::Good
}

#[test]
fn a_wrong_password_brings_the_login_prompt_back() {
    let mut device = Device::new(&[("monitor", "secret")]);
    assert!(text(&mut device, "monitor\r").ends_with(PASSWORD));
    assert!(text(&mut device, "guess\r").ends_with(LOGIN));
    assert_eq!(device.user(), None);
}

#[test]
fn without_a_fault_every_part_is_good() {
    let read = reading(&mut logged_in());
    for parts in [read.fans, read.power_supplies, read.voltages, read.temperatures, read.batteries] {
        assert!(is_good(parts), "{read:?}");
    }
    assert_eq!((read.tampered, read.zeroized), (Some(false), Some(false)));
}

#[test]
fn each_fault_is_read_as_itself() {
    let with = |fault| {
        let mut device = logged_in();
        device.set_fault(fault, true);
        reading(&mut device)
    };
    let psu = with(Fault::PowerSupply);
    assert_eq!(psu.power_supplies.bad, 1, "{psu:?}");
    let fan = with(Fault::Fan);
    assert!(fan.fans.bad == 1 && is_good(fan.power_supplies), "{fan:?}");
    let battery = with(Fault::Battery);
    assert!(battery.batteries.bad == 1 && is_good(battery.fans), "{battery:?}");
    assert_eq!(with(Fault::Tamper).tampered, Some(true));
    assert_eq!(with(Fault::Zeroized).zeroized, Some(true));
    assert_eq!(with(Fault::Silent), Reading::default());
}

#[test]
fn noise_disturbs_and_silence_is_silence() {
    let mut device = logged_in();
    let clean = device.take(b"status sensors\r");
    device.set_fault(Fault::Noise, true);
    let noisy = device.take(b"status sensors\r");
    assert_eq!(noisy.len(), clean.len());
    assert!(noisy != clean);
    device.set_fault(Fault::Silent, true);
    assert!(device.take(b"status sensors\r").is_empty());
}

#[test]
fn a_command_that_prints_on_is_interrupted() {
    let mut device = logged_in();
    assert!(!text(&mut device, "syslog tail -logname messages\r").ends_with(SHELL));
    assert!(text(&mut device, "\x03").ends_with(SHELL));
    assert!(text(&mut device, "exit\r").ends_with(LOGIN));
    assert_eq!(device.entered(), ["syslog tail -logname messages", "exit"]);
}

#[test]
fn what_destroys_is_confirmed_first() {
    let mut device = logged_in();
    assert!(text(&mut device, "hsm zeroize\r").ends_with("> "));
    assert!(text(&mut device, "quit\r").contains("not confirmed"));
    assert_eq!(device.session(), Session::Shell);
}
