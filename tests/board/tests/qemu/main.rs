//! The image on QEMU's board.

mod forbidden;
mod kills;
mod replay;
mod snapshots;

use std::time::Duration;
use strongroom_board::cast::{DEVICE, FIRST_KEY, PROVIDER_KEY, START, person};
use strongroom_board::image::image;
use strongroom_board::operate::Operate;
use strongroom_board::party::frame;
use strongroom_board::qemu::{Debugger, Qemu, RELAY};
use strongroom_core::link::{Ask, Key, Say, Sealed, ToBoard, ToHost};
use strongroom_core::party::{Party, Role};
use strongroom_core::{Action, Command, Health, Main, Seconds, Time};

/// Between two polls, where a test waits for them; and where none shall come between.
const SHORT: Seconds = Seconds(2);
const LONG: Seconds = Seconds(600);

/// Everything that a host is told of the board.
fn status(board: &mut Qemu) -> (Main, Health, Option<Time>, Option<Time>) {
    let say = board.ask_provider(Ask::Status);
    let Say::Status { main, health, at, access, .. } = say else { panic!("{say:?}") };
    (main, health, at, access)
}

#[test]
fn it_boots_is_made_a_board_and_survives_a_power_cut() {
    let Some(image) = image("board.sh") else { return };
    let mut board = Qemu::provisioned(&image, "boots", SHORT);
    board.set_time(START);
    board.go(Command::new(person(Role::Hands, 1), Action::Arrive { serial: DEVICE.serial }));
    assert!(board.is_connected());
    board.power_off();
    board.power_on();
    board.meet();
    let (main, _, at, _) = status(&mut board);
    assert_eq!((main, at), (Main::Received, None), "it is what it was, and nobody knows the time");
}

#[test]
fn a_grant_is_asked_for_used_and_over_and_then_somebody_opens_the_case() {
    let Some(image) = image("board.sh") else { return };
    let mut board = Qemu::provisioned(&image, "grant", SHORT);
    board.walk();
    board.let_poll();
    assert_eq!(board.device.user(), Some("monitor"));
    assert_eq!(status(&mut board).1, Health::InService);

    board.type_until("status sensors\r", "PSU1_+12V_value");
    board.type_until("partition list\r", "refused by rule");
    let request = board.asked_by(1, Some(Seconds(20)));
    board.approve(request);
    assert!(status(&mut board).3.is_some(), "access is open");
    board.type_until("partition list\r", "Storage");
    board.entered();
    board.type_in("partition li");
    board.wait_for("the grant's end", |board| status(board).3.is_none());
    board.wait_for("the session's end", |board| board.entered().contains(&"exit".to_owned()));
    board.type_in("st\r");
    board.let_poll();
    board.type_until("partition list\r", "refused by rule");
    assert!(!board.entered().contains(&"partition list".to_owned()), "nothing of it passes any more");

    // Nobody asks the board anything meanwhile.
    board.open("up");
    board.run(Duration::from_millis(800));
    board.wait_for("a tamper", |board| status(board).0 == Main::TamperLatched);
    board.open("right");
    board.wait_for("the decommission button", |board| status(board).0 == Main::Zeroizing);
}

#[test]
fn what_is_typed_to_get_round_it_reaches_nothing() {
    let Some(image) = image("board.sh") else { return };
    let mut board = Qemu::provisioned(&image, "attacks", LONG);
    board.set_time(START);
    board.go(Command::new(person(Role::Hands, 1), Action::Arrive { serial: DEVICE.serial }));
    board.type_until("status sensors\r", "PSU1_+12V_value");
    board.entered();
    let long = format!("hsm {}\r", "z".repeat(4_000));
    let pasted = "hsm zeroize\rproceed\rstatus sensors\rhsm zeroize -force\rproceed\rrecover\r".repeat(5);
    for (typed, answer) in [
        ("hsm zeroize\r", "refused by rule"),
        ("hsm ze\r", "refused by rule"),
        ("h z\r", "refused by rule"),
        ("HSM ZEROIZE\r", "refused by rule"),
        ("status sensors; hsm zeroize\r", "refused by rule"),
        ("status sensors & hsm zeroize\r", "refused by rule"),
        ("stat\x08\x08\x08\x08hsm zeroize\r", "refused by rule"),
        ("hsm zeroi\x1b[D\x1b[Cze\r", "refused"),
        ("hsm zeroize\t\r", "refused"),
        ("\x16\rhsm zeroize\r", "not while the device is busy"),
        ("\x03\x04\x1a\x1chsm zeroize\r", "refused"),
        ("status sensors\0hsm zeroize\r", "refused"),
        ("hsm\u{a0}zeroize\r", "refused"),
        ("!!\r", "refused by rule"),
        ("recover\r", "refused by rule"),
        (&long, "refused"),
        (&pasted, "refused by rule"),
    ] {
        board.type_until(typed, answer);
        board.settle();
    }
    // It still serves who asks for what may be asked.
    board.type_until("status sensors\r", "PSU1_+12V_value");
    // Whoever logs out may log in with one account only.
    board.type_until("exit\r", "login:");
    board.type_until("recover\r", "refused");
    board.type_until("admin\r", "refused");
    let polled =
        ["hsm information show", "hsm show", "hsm stm show", "hsm tamper show", "status sensors", "status sysstat show", "exit"];
    let others: Vec<String> = board.entered().into_iter().filter(|line| !polled.contains(&line.as_str())).collect();
    assert_eq!(others, Vec::<String>::new());
    assert_eq!(status(&mut board).0, Main::Received);
}

#[test]
fn garbage_and_forgeries_on_the_hosts_line_are_refused() {
    let Some(image) = image("board.sh") else { return };
    let mut board = Qemu::provisioned(&image, "forgeries", SHORT);
    board.set_time(START);
    let arrive = Command::new(person(Role::Hands, 1), Action::Arrive { serial: DEVICE.serial });
    let session = board.parties.provider.session();
    let ask = Ask::Command { at: None, command: arrive };
    for (party, key, code) in
        [(Party::Provider, FIRST_KEY, 1061), (Party::Customer, PROVIDER_KEY, 1060), (Party::Device, PROVIDER_KEY, 1060)]
    {
        let forged = Sealed::new(session, party, 1_000_000, ask.clone(), &Key::new(key).expect("a key"));
        let answer = board.exchange(&ToBoard::Ask(forged));
        assert!(matches!(answer, ToHost::Refused { code: told, .. } if told == code), "{answer:?}");
    }
    let whole = frame(&ToBoard::Ask(board.parties.provider.seal(ask)));
    let mut noise = 0x9e37_79b9_u32;
    for round in (0..whole.len()).step_by(4) {
        let mut broken = whole.clone();
        noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        broken[round] ^= 1 << (noise >> 29);
        board.send(&broken);
        board.send(&[0]);
        let flood: Vec<u8> = (0..200_u32).map(|place| (noise.rotate_left(place) & 0xff) as u8).collect();
        board.send(&flood);
        board.send(&[0]);
    }
    let made = board.exchange(&ToBoard::Provision(strongroom_board::cast::provisioning()));
    assert!(matches!(made, ToHost::Refused { code: 1064, .. }), "{made:?}");
    assert_eq!(status(&mut board).0, Main::InTransit, "nobody has arrived");
    let Say::Unheard(unheard) = board.ask_provider(Ask::Unheard) else { panic!("no count") };
    assert_eq!((unheard.forged, unheard.no_key), (1, 2));
    assert!(unheard.broken as usize >= whole.len() / 4, "{unheard:?}");
}

#[test]
fn a_loop_that_hangs_and_a_processor_gone_astray_end_in_a_reset_with_the_line_open() {
    const NOTHING_THERE: u32 = 0x9000_0000;
    let Some(image) = image("board.sh") else { return };
    let mut board = Qemu::provisioned(&image, "hangs", SHORT);
    let mut debugger = board.debugger();
    let (reset, hang) = (debugger.word(4) & !1, endless_loop(&mut debugger));
    debugger.detach();
    for astray in [NOTHING_THERE, hang] {
        board.wait_for("a board that is well", Qemu::is_connected);
        let session = board.parties.provider.session();
        let mut debugger = board.debugger();
        debugger.run(astray, reset);
        assert_eq!(debugger.word(RELAY), 0, "{astray:#x}");
        debugger.detach();
        board.meet();
        assert!(board.parties.provider.session() != session);
    }
    assert_eq!(status(&mut board).0, Main::InTransit);
}

/// Where the image has an instruction that branches to itself.
fn endless_loop(debugger: &mut Debugger) -> u32 {
    const BRANCH_TO_ITSELF: [u8; 2] = 0xe7fe_u16.to_le_bytes();
    let found = (0..64).find_map(|block| {
        let start = block * 1024;
        let bytes = debugger.read(start, 1024);
        let place = bytes.chunks(2).position(|half| half == BRANCH_TO_ITSELF)?;
        Some(start + u32::try_from(place).expect("it is small") * 2)
    });
    found.expect("every image has one")
}
