//! Frames of commands.

use crate::common::{label, person, terms};
use crate::row;
use std::hint::black_box;
use strongroom_core::wire::{self, Message};
use strongroom_core::{Action, Command, Role, Subject, Time};

const FRAMES: usize = 1000;

pub(crate) fn all() -> Result<(), wire::Error> {
    let asks = Action::RequestAccess { ticket: label("T-1001"), follows: Some(1), terms: terms(Subject::VmLinux) };
    let command = Command::new(person(Role::Engineer, 1), asks);
    let message: Message = Message::Command { engine: 0, line: 7, at: Some(Time::from_unix(1_767_600_000)), command };
    let mut frame = [0; wire::MAX_FRAME];
    let length = wire::encode(&message, &mut frame)?;
    assert_eq!(wire::decode(&frame[..length]), Ok(message.clone()));

    row("command frame encoded", FRAMES, || {
        for _ in 0..FRAMES {
            let mut frame = [0; wire::MAX_FRAME];
            assert_eq!(wire::encode(black_box(&message), black_box(&mut frame)), Ok(length));
        }
    });
    row("command frame decoded", FRAMES, || {
        for _ in 0..FRAMES {
            assert!(black_box(wire::decode::<wire::Answer>(black_box(&frame[..length]))).is_ok());
        }
    });
    Ok(())
}
