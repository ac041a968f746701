use super::*;
use crate::console::guard::{Event, Mode};
use crate::id::Id;
use std::string::String;

#[derive(Default)]
struct Sent(String);

impl Sink for Sent {
    fn to_device(&mut self, bytes: &[u8]) {
        self.0.extend(bytes.iter().copied().map(char::from));
    }

    fn to_technician(&mut self, _: &[u8]) {}
}

/// A poll every minute, the first after a second, at a device that prints what it is told to.
struct Bench {
    poll: Poll,
    guard: Guard,
    monitor: Monitor,
    sent: Sent,
}

impl Bench {
    fn at(prompt: &str) -> Self {
        let (mut account, mut password) = ([0; 16], [0; 32]);
        account[..7].copy_from_slice(b"monitor");
        password[..6].copy_from_slice(b"secret");
        let monitor = Monitor::new(account, password, 60, Id([1; 16])).unwrap();
        let mut bench = Self { poll: Poll::due(1_000), guard: Guard::new(), monitor, sent: Sent::default() };
        assert!(bench.guard.open(Mode::Monitor));
        bench.prints(prompt);
        bench
    }

    fn prints(&mut self, text: &str) {
        for byte in text.bytes() {
            if let Event::Polled(byte) = self.guard.device(byte, &mut self.sent) {
                self.poll.take(byte);
            }
        }
        if let Event::Prompt(session) = self.guard.quiet(&mut self.sent) {
            self.poll.prompted(session);
        }
    }

    /// What came of it, and what the device was sent.
    fn turn(&mut self, millis: u64) -> (Option<Option<Reading>>, String) {
        let came = self.poll.turn(millis, &self.monitor, &mut self.guard, &mut self.sent);
        (came, core::mem::take(&mut self.sent.0))
    }
}

#[test]
fn it_begins_at_its_time() {
    let mut bench = Bench::at("lunash:>");
    assert_eq!(bench.turn(999), (None, String::new()));
    assert_eq!(bench.turn(1_000), (None, "hsm information show\r".into()));
}

#[test]
fn a_device_that_is_never_idle_for_it_has_not_answered() {
    let mut bench = Bench::at("something that is no prompt");
    for millis in [1_000, 20_000, 30_999] {
        assert_eq!(bench.turn(millis), (None, String::new()), "it may still come to an end");
    }
    assert_eq!(bench.turn(31_000), (Some(None), "\x03".into()), "what runs there is interrupted");
    assert_eq!(bench.turn(90_999), (None, String::new()), "and the next one is due in a minute");
}

/// An account is locked after some wrong passwords.
#[test]
fn a_wrong_password_is_tried_twice() {
    let mut bench = Bench::at("login: ");
    for millis in [1_000, 3_000] {
        assert_eq!(bench.turn(millis), (None, "monitor\r".into()));
        bench.prints("monitor\r\nPassword: ");
        assert_eq!(bench.turn(millis), (None, "secret\r".into()));
        bench.prints("\r\nLogin incorrect\r\nlogin: ");
    }
    assert_eq!(bench.turn(5_000), (Some(None), String::new()));
}
