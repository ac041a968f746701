//! Certificates that are checked in, and their pages.

use crate::bench::{CLASSES, KEY, checked_in, failures, text};
use strongroom_host::evidence::{Certificate, Checked, Stated, export, page, verify};

#[test]
fn certificates_and_their_pages_are_as_checked_in_and_verify() {
    for name in CLASSES {
        let stated = Stated::read(&text("details.json")).expect("details");
        let certificate = export(&checked_in(name), None, stated).expect("evidence");
        let written = certificate.write().expect("JSON");
        assert!(written == text(&format!("{name}.json")), "{name}.json differs; if that is meant: make expected");
        assert!(
            page(&certificate, Checked::No) == text(&format!("{name}.txt")),
            "{name}.txt differs; if that is meant: make expected"
        );
        assert_eq!(Certificate::read(&written).expect("a certificate"), certificate);
        assert_eq!(certificate.proved.class.name().to_lowercase(), name);
        let report = verify(&written, &KEY).expect("a certificate");
        assert!(report.is_verified(), "{:?}", failures(&report));
        assert!(report.missing.is_empty(), "{:?}", report.missing);
        assert_eq!(report.stated.len(), 20);
        let checks: Vec<&str> = report.checks.iter().map(|check| check.what).collect();
        assert_eq!(checks, ["records", "signature", "inclusion", "device", "commands", "evidence", "fields", "statements"]);
    }
}

#[test]
fn a_page_is_one_page_and_does_not_say_proved_before_it_is() {
    for name in CLASSES {
        let certificate = Certificate::read(&text(&format!("{name}.json"))).expect("a certificate");
        let (before, after) = (page(&certificate, Checked::No), page(&certificate, Checked::With("device.pub")));
        assert!(before.contains("NO: nothing here is proved before") && !before.contains("  proved  "));
        assert!(after.contains("yes, with the key of device.pub") && !after.contains("  claimed "));
        for page in [before, after] {
            assert!(page.lines().count() <= 66, "{name} has {} lines", page.lines().count());
            assert!(page.lines().all(|line| line.chars().count() <= 100));
        }
    }
}

#[test]
fn what_is_no_certificate_is_told() {
    for (text, expected) in [
        ("", "not a certificate: EOF"),
        ("[]", "it does not say \"strongroom_certificate\": 1"),
        ("{}", "it does not say \"strongroom_certificate\": 1"),
        (r#"{"strongroom_certificate": 2}"#, "format 2 is not known; this is format 1"),
        (r#"{"strongroom_certificate": 1}"#, "missing field `proved`"),
    ] {
        let error = Certificate::read(text).expect_err(text).to_string();
        assert!(error.contains(expected), "{text}: {error}");
    }
    // Two fields of one name: another reader could see the other one.
    let twice =
        text("verified.json").replacen("\"class\": \"Verified\",", "\"class\": \"Verified\", \"class\": \"Verified\",", 1);
    assert!(Certificate::read(&twice).expect_err("twice").to_string().contains("duplicate field `class`"));
}

#[test]
fn what_a_certificate_states_does_not_steer_the_terminal() {
    let mut certificate = Certificate::read(&text("verified.json")).expect("a certificate");
    certificate.log.origin = "\u{1b}[2Jgone\r\u{9b}1m".into();
    let page = page(&certificate, Checked::No);
    assert!(page.contains("gone") && !page.contains(['\u{1b}', '\r', '\u{9b}']));
}
