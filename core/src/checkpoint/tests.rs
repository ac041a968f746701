#![allow(clippy::expect_used, reason = "a test fails by a panic")]

use super::*;
use crate::id::Label;
use std::format;

struct Stamp;

impl Signer for Stamp {
    type Error = ();

    fn public_key(&self) -> [u8; PUBLIC_KEY] {
        [1; PUBLIC_KEY]
    }

    fn sign(&mut self, _: &[u8]) -> Result<[u8; SIGNATURE], ()> {
        Ok([0xff; SIGNATURE])
    }
}

#[test]
fn the_longest_texts_have_the_room_that_they_need_and_no_more() {
    let vacant: Engine = Engine::vacant();
    let mut base = vacant.state().base.clone();
    base.device.serial = Label([b'/'; 16]);
    base.lifecycle_log.epoch = u32::MAX;
    base.tenant_log.epoch = u32::MAX;
    let head = Checkpoint { origin: origin(&base, LogName::Tenant), size: u32::MAX, root: Digest([0xff; 32]) };
    let note = head.sign(&mut Stamp).expect("signs");
    let origin = format!("strongroom/{}/after-loss-ffffffff/tenant/4294967295", "%2F".repeat(16));
    assert_eq!((head.origin.as_str(), origin.len(), ORIGIN), (&*origin, 97, 97));
    assert_eq!((head.text().len(), TEXT), (154, 154));
    assert_eq!((note.len(), NOTE), (350, 350));
    assert!(note.ends_with("//8=\n"), "nothing is cut off");
}
