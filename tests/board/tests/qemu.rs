//! The image on QEMU's board.

use std::path::PathBuf;
use std::process::Command as Process;
use strongroom_board::qemu::{Qemu, provider};
use strongroom_board::{START, person, provisioning};
use strongroom_core::link::{Ask, Say, ToBoard, ToHost};
use strongroom_core::party::Role;
use strongroom_core::{Action, Command, Main, Time, Verdict};
use strongroom_simulator::Device;

/// The image; `None` where this machine cannot build or run it, which is an error where everything has to be tested.
fn image() -> Option<PathBuf> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../firmware/board.sh");
    let built = Process::new(script).output().expect("the script is there");
    let why = if !built.status.success() {
        String::from_utf8_lossy(&built.stderr).into_owned()
    } else if Process::new("qemu-system-arm").arg("--version").output().is_err() {
        "No QEMU. Install it by\n  apt-get install qemu-system-arm".to_owned()
    } else {
        return Some(PathBuf::from(String::from_utf8(built.stdout).expect("a path").trim()));
    };
    assert!(std::env::var_os("STRONGROOM_REQUIRE_ALL").is_none_or(|all| all != "1"), "{why}");
    eprintln!("left out: the board's image on QEMU. {why}");
    None
}

#[test]
fn it_boots_is_made_a_board_and_survives_a_power_cut() {
    let Some(image) = image() else { return };
    let folder = std::env::temp_dir().join(format!("strongroom-board-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let mut board = Qemu::new(&image, &folder, Device::new(&[("monitor", "watching")]));
    let made = board.exchange(&ToBoard::Provision(provisioning()));
    assert!(matches!(made, ToHost::Provisioned(_)), "{made:?}");
    let mut host = provider();
    board.meet(&mut host, 1);
    let command = Command::new(person(Role::Pool, 1), Action::SetTime {}).with(person(Role::Pool, 2));
    let said = board.ask(&mut host, Ask::Command { at: Some(Time::from_unix(START)), command });
    assert!(matches!(said, Say::Reply(reply) if reply.verdict == Verdict::Accepted), "{said:?}");
    let arrive = Command::new(person(Role::Hands, 1), Action::Arrive { serial: provisioning().serial });
    let said = board.ask(&mut host, Ask::Command { at: None, command: arrive });
    assert!(matches!(said, Say::Reply(reply) if reply.main == Main::Received), "{said:?}");
    // The power is cut, and it is what it was.
    board.power_off();
    board.power_on();
    board.meet(&mut host, 2);
    let said = board.ask(&mut host, Ask::Status);
    assert!(matches!(said, Say::Status { main: Main::Received, at: None, .. }), "{said:?}");
    std::fs::remove_dir_all(&folder).unwrap();
}
