//! The encoding of frames and digests: postcard's, byte for byte.
//!
//! Written here, because one writer for buffers and hashes and one reader are half of what the generic ones
//! are in flash, and because no panic is in them at any level of optimization. What the core has no use for
//! (signed numbers, floats, maps, text that is read) is refused.

#[cfg(any(feature = "wire", feature = "journal"))]
mod read;
mod write;

#[cfg(feature = "link")]
pub(crate) use read::apart;
#[cfg(any(feature = "wire", feature = "journal"))]
pub(crate) use read::read;
#[cfg(feature = "journal")]
pub(crate) use read::{Reader, Source};
#[cfg(feature = "wire")]
pub(crate) use write::Buffer;
pub(crate) use write::{Sink, write};

use core::fmt;

/// The value is not one that this encoding has, or the bytes are not such a value.
#[derive(Debug)]
pub(crate) struct Refused;

impl fmt::Display for Refused {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("not a value of this encoding")
    }
}

impl core::error::Error for Refused {}

impl serde::ser::Error for Refused {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

impl serde::de::Error for Refused {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

#[cfg(test)]
#[cfg(feature = "wire")]
mod tests {
    use super::*;
    use crate::wire::Message;
    use crate::{Action, Command, Digest, Engine, Label, Organisation, Policy, Principal, Reading, Role};
    use proptest::prelude::*;
    use serde::Serialize;
    use serde::de::DeserializeOwned;
    use std::vec::Vec;

    fn written<T: Serialize + ?Sized>(value: &T) -> Vec<u8> {
        let mut bytes = [0; 4096];
        let mut buffer = Buffer::new(&mut bytes);
        write(value, &mut buffer).unwrap();
        let length = buffer.length().unwrap();
        bytes[..length].to_vec()
    }

    fn is_as_postcard<T: Serialize>(value: &T) {
        let mut bytes = [0; 4096];
        assert_eq!(postcard::to_slice(value, &mut bytes).unwrap(), written(value));
    }

    fn reads_as_postcard<T: DeserializeOwned + PartialEq + core::fmt::Debug>(bytes: &[u8]) {
        let mut rest = bytes;
        let value = read::<T>(&mut rest).ok();
        assert_eq!(value.map(|value| (value, rest)), postcard::take_from_bytes::<T>(bytes).ok(), "{bytes:?}");
    }

    #[test]
    fn what_is_written_is_what_postcard_writes() {
        Policy::PRESETS.iter().for_each(|policy| is_as_postcard(*policy));
        let device = crate::Device {
            serial: Label::new("700022").unwrap(),
            provider: Organisation([1; 16]),
            vendor: Organisation([2; 16]),
            deployment: crate::Deployment::Firmware,
        };
        let mut engine: Engine = Engine::new(device, &Policy::AZURE);
        is_as_postcard(&Message::<crate::wire::Answer>::Start {
            engine: 1,
            name: device.serial,
            device,
            policy: Digest([3; 32]),
            invalid: Some(device.vendor),
            ticks: true,
        });
        let actions = [
            Action::Arrive { serial: device.serial },
            Action::ReadHealth { reading: Reading { critical_events: Some(u32::MAX), ..Reading::default() } },
            Action::Tick {},
        ];
        is_as_postcard(&("text", core::ops::Bound::<u8>::Unbounded));
        for action in actions {
            let command =
                Command::new(Principal { role: Role::Hands, organisation: device.provider, id: crate::Id([7; 16]) }, action);
            is_as_postcard(&command);
            is_as_postcard(&engine.apply(Some(crate::Time::from_unix(1 << 40)), &command));
            is_as_postcard(engine.state());
        }
    }

    #[test]
    fn what_the_core_has_no_use_for_is_refused() {
        fn refused<T: Serialize>(value: &T) -> Option<std::string::String> {
            write(value, &mut Buffer::new(&mut [0; 8])).err().map(|refused| std::format!("{refused}"))
        }
        let all = [refused(&-1_i8), refused(&1.5_f32), refused(&'c'), refused(&format_args!("text"))];
        assert!(all.iter().all(|said| said.as_deref() == Some("not a value of this encoding")), "{all:?}");
    }

    #[test]
    fn what_does_not_fit_is_told() {
        let mut bytes = [0; 3];
        let mut buffer = Buffer::new(&mut bytes);
        write(&[1_u8, 2, 3], &mut buffer).unwrap();
        assert_eq!(buffer.length(), Some(3));
        write(&4_u8, &mut buffer).unwrap();
        assert_eq!((buffer.length(), bytes), (None, [1, 2, 3]));
    }

    proptest! {
        #[test]
        fn numbers_are_as_postcard_writes_them(short: u16, word: u32, long: u64, shift in 0..64_u32) {
            is_as_postcard(&(short, word, long, long >> shift, [short; 3], Some(word), None::<u8>));
        }

        #[test]
        fn bytes_are_read_as_postcard_reads_them(bytes: [u8; 12], high in 0..12_usize) {
            // Numbers go on while the highest bit of a byte is set.
            let mut bytes = bytes;
            bytes[..high].iter_mut().for_each(|byte| *byte |= 0x80);
            reads_as_postcard::<u16>(&bytes);
            reads_as_postcard::<u32>(&bytes);
            reads_as_postcard::<u64>(&bytes);
            reads_as_postcard::<(bool, Option<u16>, u8)>(&bytes);
        }
    }
}
