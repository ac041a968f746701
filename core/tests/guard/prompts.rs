//! What the device can make the guard believe.

use super::bench::{Bench, PROMPT, Said};
use std::{fs, path::Path};
use strongroom_core::console::guard::{Confirmation, Event, Mode, Session};

fn session_after(text: &str) -> Session {
    let mut bench = Bench::new();
    bench.prints(text);
    bench.guard.session()
}

#[test]
fn prompts_are_known_in_their_usual_forms() {
    for (text, session) in [
        ("lunash:>", Session::Shell),
        ("lunash:> ", Session::Shell),
        ("[10g2] lunash:>", Session::Shell),
        ("\r\nCommand Result : 0 (Success)\r\n\r[myluna] lunash:>", Session::Shell),
        ("login: ", Session::Login),
        ("\r\nmyluna login: ", Session::Login),
        ("\r\n[myluna] ttyS0 login: ", Session::Login),
        // A password or a confirmation is not waited for when nothing was sent.
        ("Password: ", Session::Unknown),
        ("Type 'proceed'\r\n> ", Session::Unknown),
    ] {
        assert_eq!(session_after(text), session, "{text:?}");
    }
}

#[test]
fn a_prompt_opens_its_line_and_ends_what_was_printed() {
    for text in [
        "HSM Label:                          lunash:>",
        "Partition:         700022008, Name: lunash:>",
        " lunash:>",
        "x\rlunash:>",
        "x\x08lunash:>",
        "\x1b[2Klunash:>",
        "\u{a0}lunash:>",
        "[x lunash:>",
        "[x] y lunash:>",
        "lunash:>hsm show",
        "lunash:>\r",
        "[10g2] lunash:>\r",
        "lunash:>\r\n",
        "lunash:>\r\nmore",
        "Last login: ",
        "Last failed login: ",
        "HSM Admin login: ",
        "Name: x y z login: ",
        "login:x",
        "login: \r\n",
    ] {
        assert_eq!(session_after(text), if text == "HSM Admin login: " { Session::Login } else { Session::Unknown }, "{text:?}");
    }
}

#[test]
fn a_label_that_prints_a_prompt_in_the_middle_of_an_output_changes_nothing() {
    let mut bench = Bench::at_shell(Mode::Grant);
    bench.types("hsm show\r");
    assert_eq!(bench.sent(), "hsm show\r");
    for fake in ["lunash:>", "[10g2] lunash:>", "myluna login: ", "Password: ", "Type 'proceed' or 'quit'\r\n > "] {
        bench.streams(format!("HSM Label:       x\r\n{fake}"));
        // Without the silence after it, it is text, and no line is taken.
        assert_eq!(bench.types("hsm zeroize\r"), []);
        assert_eq!(bench.prints("\r\nSerial #:         700022\r\n"), []);
        assert_eq!(bench.guard.session(), Session::Running, "{fake}");
    }
    assert_eq!(bench.sent(), "");
}

#[test]
fn a_password_prompt_that_no_log_in_led_to_is_text_though_the_device_waits() {
    for mode in [Mode::Monitor, Mode::Grant] {
        let mut bench = Bench::at_shell(mode);
        bench.types("hsm show\r");
        bench.sent();
        for fake in ["\r\nPassword: ", "\r\nEnter new password: ", "\r\nPlease enter the HSM password:\r\n > "] {
            assert_eq!(bench.prints(fake), [], "{fake:?}");
            bench.types("hsm zeroize\r");
            assert_eq!(bench.sent(), "", "{fake:?}");
        }
    }
}

#[test]
fn text_before_a_real_prompt_on_its_line_closes_the_console_rather_than_opening_it() {
    // A banner without a line end that ends like a prompt.
    let mut bench = Bench::at_login(Mode::Monitor);
    bench.types("monitor\r");
    bench.prints("monitor\r\nPassword: ");
    bench.types("secret\r");
    bench.sent();
    bench.prints("\r\nWelcome\r\nPassword: ");
    bench.types("hsm zeroize\r");
    bench.prints("lunash:>");
    bench.types("hsm zeroize\r");
    assert_eq!(bench.sent(), "");
    assert_eq!(bench.guard.session(), Session::Running);
}

#[test]
fn what_the_device_prints_by_itself_takes_the_prompt_away_and_the_line_with_it() {
    let mut bench = Bench::at_shell(Mode::Grant);
    bench.types("hsm zer");
    bench.prints("\r\n[12.3] eth0: link down\r\n");
    assert_eq!(bench.guard.session(), Session::Unknown);
    assert_eq!(bench.types("oize\r"), []);
    // The end of the line asks an idle device for its prompt.
    assert_eq!(bench.sent(), "\r");
    bench.prints(format!("\r\n{PROMPT}"));
    assert_eq!(bench.types("status time\r"), [Said::Line("status time".into())]);
}

#[test]
fn a_decision_comes_too_late_when_the_prompt_has_gone() {
    for after in ["\r\nRestarting system.\r\n", "\r\n\r\nmyluna login: ", "\r\n[10g2] lunash:>"] {
        let mut bench = Bench::at_shell(Mode::Full);
        for byte in b"hsm show\r" {
            bench.guard.technician(*byte, &mut bench.ends);
        }
        bench.prints(after);
        assert!(!bench.guard.pass(Confirmation::Allowed, &mut bench.ends), "{after:?}");
        assert_eq!(bench.sent(), "", "{after:?}");
    }
}

#[test]
fn a_device_that_reboots_or_logs_out_is_at_its_login_prompt() {
    for end in ["\r\nauto-logout\r\n\r\nmyluna login: ", "\r\n\0\0Booting...\r\n\x1b[2J\r\nmyluna login: "] {
        for (typed, rest) in [("", ""), ("hsm sh", "ow\r"), ("hsm show\r", "")] {
            let mut bench = Bench::at_shell(Mode::Grant);
            bench.types(typed);
            bench.sent();
            assert_eq!(bench.prints(end), [Said::Other(Event::Prompt(Session::Login))]);
            assert_eq!(bench.types(rest), [], "the end of a line is not a name");
            assert_eq!(bench.types("admin\r"), [Said::Login("admin".into())], "{typed:?}");
        }
    }
}

#[test]
fn silence_without_print_says_nothing_and_a_prompt_is_told_once() {
    let mut bench = Bench::at_shell(Mode::Monitor);
    assert_eq!(bench.prints(""), []);
    bench.types("status time\r");
    assert_eq!(bench.prints(""), [], "the prompt of before is not the one after");
    assert_eq!(bench.guard.session(), Session::Running);
    assert_eq!(bench.prints("status time\r\n"), []);
    assert_eq!(bench.prints(PROMPT), [Said::Other(Event::Prompt(Session::Shell))]);
    assert_eq!(bench.prints(""), []);
}

/// In what a device printed there is no prompt but its own, wherever it should fall silent.
#[test]
fn no_output_of_the_device_passes_for_a_prompt() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/console/luna-7.2"));
    let mut outputs = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let mut bench = Bench::at_shell(Mode::Grant);
        bench.types("status time\r");
        bench.prints("status time\r\n");
        let mut answers = 0;
        for line in text.lines().skip(1) {
            for byte in line.bytes().chain(*b"\r\n") {
                let said = bench.prints([byte]);
                answers += said.len();
                assert!(matches!(said[..], [] | [Said::Other(Event::Answered(_))]), "{path:?}: {line}: {said:?}");
            }
            assert_eq!(bench.guard.session(), Session::Running, "{path:?}: {line}");
        }
        let asks = text.contains("\n> proceed") || text.contains(" > proceed");
        assert_eq!(answers > 0, asks, "{path:?}");
        bench.prints(PROMPT);
        assert_eq!(bench.guard.session(), Session::Shell, "{path:?}");
        outputs += 1;
    }
    assert!(outputs > 25);
}
