//! The image on QEMU's board.

use std::path::PathBuf;
use std::process::Command as Process;
use std::time::Duration;
use strongroom_board::qemu::{Qemu, provider};
use strongroom_board::{START, person, provisioning};
use strongroom_core::link::{Ask, Provisioning, Say, ToBoard, ToHost};
use strongroom_core::party::Role;
use strongroom_core::{Action, Command, Health, Main, Seconds, Time, Verdict};
use strongroom_simulator::Device;

/// The image.
fn image() -> PathBuf {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../firmware/board.sh");
    let built = Process::new(script).output().expect("the script is there");
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    PathBuf::from(String::from_utf8(built.stdout).expect("a path").trim())
}

#[test]
fn it_boots_is_made_a_board_polls_and_refuses() {
    let folder = std::env::temp_dir().join(format!("strongroom-board-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let mut board = Qemu::new(&image(), &folder, Device::new(&[("monitor", "watching")]));
    let with = Provisioning { poll_every: Seconds(2), ..provisioning() };
    let made = board.exchange(&ToBoard::Provision(with));
    assert!(matches!(made, ToHost::Provisioned(_)), "{made:?}");
    let mut host = provider();
    board.meet(&mut host, 1);
    let command = Command::new(person(Role::Pool, 1), Action::SetTime {}).with(person(Role::Pool, 2));
    let said = board.ask(&mut host, Ask::Command { at: Some(Time::from_unix(START)), command });
    assert!(matches!(said, Say::Reply(reply) if reply.verdict == Verdict::Accepted), "{said:?}");
    let arrive = Command::new(person(Role::Hands, 1), Action::Arrive { serial: provisioning().serial });
    let said = board.ask(&mut host, Ask::Command { at: None, command: arrive });
    assert!(matches!(said, Say::Reply(reply) if reply.main == Main::Received), "{said:?}");
    board.run(Duration::from_secs(6));
    assert_eq!(board.device.user(), Some("monitor"));
    let said = board.ask(&mut host, Ask::Status);
    assert!(matches!(said, Say::Status { health: Health::InService, .. }), "{said:?}");
    board.device.entered();
    let screen = board.type_in("hsm zeroize\r", Duration::from_millis(500));
    assert!(!board.device.entered().contains(&"hsm zeroize".to_owned()), "{screen}");
    assert!(screen.contains("the command is on the monitoring role's list"), "{screen}");
    // The power is cut, and it is what it was.
    board.power_off();
    board.power_on();
    board.meet(&mut host, 2);
    let said = board.ask(&mut host, Ask::Status);
    assert!(matches!(said, Say::Status { main: Main::Received, at: None, .. }), "{said:?}");
    std::fs::remove_dir_all(&folder).unwrap();
}
