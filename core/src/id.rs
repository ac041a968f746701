//! Fixed-size names: people, organisations, short labels and digests.
//!
//! The core knows ids, never names; names live on the host. In a binary format each of these is its
//! bare bytes; in a text format (`serde`'s *human readable*) an id is a UUID, a digest 64 hexadecimal
//! digits and a label its own text.

use core::fmt;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A person or a device part: 16 bytes, written as a UUID. All zeros is *nobody*.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Id(pub [u8; 16]);

/// An organisation: 16 bytes, written as a UUID. All zeros is *none*.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Organisation(pub [u8; 16]);

/// Up to 16 printable ASCII characters, padded with zeros: a serial number, a region, a ticket, a firmware version.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Label(pub [u8; 16]);

/// A SHA-256 digest. All zeros is *none given*.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Digest(pub [u8; 32]);

impl Label {
    /// The label for `text`; `None` when it is longer than 16 bytes or not printable ASCII.
    #[must_use]
    pub const fn new(text: &str) -> Option<Self> {
        let mut bytes = [0; 16];
        let mut rest = text.as_bytes();
        if rest.len() > bytes.len() {
            return None;
        }
        let mut room: &mut [u8] = &mut bytes;
        while let ([byte, later @ ..], [place, free @ ..]) = (rest, room) {
            if !byte.is_ascii_graphic() && *byte != b' ' {
                return None;
            }
            *place = *byte;
            rest = later;
            room = free;
        }
        Some(Self(bytes))
    }

    /// The text, without its padding.
    #[must_use]
    pub fn as_str(&self) -> &str {
        core::str::from_utf8(self.as_bytes()).unwrap_or_default()
    }

    /// The same in bytes, all of them ASCII.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        let end = self.0.iter().position(|byte| *byte == 0).unwrap_or(self.0.len());
        self.0.get(..end).unwrap_or_default()
    }

    /// Whether no character is set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0 == [0; 16]
    }
}

impl Id {
    /// *Nobody*: what a blanked record shows.
    pub const NOBODY: Self = Self([0; 16]);

    /// Whether this names somebody.
    #[must_use]
    pub fn is_somebody(&self) -> bool {
        *self != Self::NOBODY
    }
}

impl Organisation {
    /// *No organisation*: the device itself, or a blanked record.
    pub const NONE: Self = Self([0; 16]);
}

impl Digest {
    /// *None given*.
    pub const NONE: Self = Self([0; 32]);

    /// Whether a digest was given.
    #[must_use]
    pub fn is_given(&self) -> bool {
        *self != Self::NONE
    }
}

const HEX: &[u8; 16] = b"0123456789abcdef";

fn hex_digit(nibble: u8) -> char {
    char::from(HEX.get(usize::from(nibble & 0xf)).copied().unwrap_or(b'?'))
}

fn write_hex(formatter: &mut fmt::Formatter<'_>, bytes: &[u8], hyphens: bool) -> fmt::Result {
    use fmt::Write;
    for (index, byte) in bytes.iter().enumerate() {
        if hyphens && matches!(index, 4 | 6 | 8 | 10) {
            formatter.write_char('-')?;
        }
        formatter.write_char(hex_digit(byte >> 4))?;
        formatter.write_char(hex_digit(*byte))?;
    }
    Ok(())
}

/// Reads `N` bytes from hexadecimal text; hyphens between digits are skipped.
fn read_hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    let mut digits = text.bytes().filter(|byte| *byte != b'-').map(|byte| char::from(byte).to_digit(16));
    for place in &mut bytes {
        let high = u8::try_from(digits.next()??).ok()?;
        let low = u8::try_from(digits.next()??).ok()?;
        *place = (high << 4) | low;
    }
    digits.next().is_none().then_some(bytes)
}

/// Every byte string is an id or a digest.
fn any<const N: usize>(_: &[u8; N]) -> bool {
    true
}

/// Printable ASCII, then only padding.
fn is_label(bytes: &[u8; 16]) -> bool {
    let mut rest = bytes.iter().skip_while(|byte| byte.is_ascii_graphic() || **byte == b' ');
    rest.all(|byte| *byte == 0)
}

struct Text<const N: usize> {
    expected: &'static str,
    read: fn(&str) -> Option<[u8; N]>,
}

impl<const N: usize> de::Visitor<'_> for Text<N> {
    type Value = [u8; N];

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.expected)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        (self.read)(text).ok_or_else(|| E::invalid_value(de::Unexpected::Str(text), &self))
    }
}

/// Reads bare bytes in a loop, once for each size: `serde`'s own arrays are read by a copy for each
/// element and type, which is kilobytes of flash.
#[inline(never)]
pub(crate) fn read_bytes<'de, const N: usize, D: Deserializer<'de>>(deserializer: D) -> Result<[u8; N], D::Error> {
    struct Bytes<const N: usize>;
    impl<'de, const N: usize> de::Visitor<'de> for Bytes<N> {
        type Value = [u8; N];

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(formatter, "{N} bytes")
        }

        fn visit_seq<A: de::SeqAccess<'de>>(self, mut sequence: A) -> Result<[u8; N], A::Error> {
            let mut bytes = [0; N];
            for place in &mut bytes {
                *place = sequence.next_element()?.ok_or_else(|| de::Error::invalid_length(N, &self))?;
            }
            Ok(bytes)
        }
    }
    deserializer.deserialize_tuple(N, Bytes::<N>)
}

/// Text in readable formats, bare bytes in binary ones.
macro_rules! fixed {
    ($name:ident, $size:literal, $expected:literal, $read:expr, $sound:expr, |$this:ident, $formatter:ident| $write:expr) => {
        impl fmt::Display for $name {
            fn fmt(&self, $formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                let $this = self;
                $write
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, formatter)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                if serializer.is_human_readable() { serializer.collect_str(self) } else { self.0.serialize(serializer) }
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                if deserializer.is_human_readable() {
                    deserializer.deserialize_str(Text::<$size> { expected: $expected, read: $read }).map(Self)
                } else {
                    let bytes = read_bytes::<$size, D>(deserializer)?;
                    if $sound(&bytes) { Ok(Self(bytes)) } else { Err(de::Error::custom($expected)) }
                }
            }
        }

        #[cfg(feature = "defmt")]
        impl defmt::Format for $name {
            fn format(&self, formatter: defmt::Formatter<'_>) {
                defmt::write!(formatter, "{=[u8]:02x}", self.0);
            }
        }
    };
}

fixed!(Id, 16, "a UUID such as 00000000-0000-4000-8000-000000000001", read_hex, any, |this, f| write_hex(f, &this.0, true));
fixed!(Organisation, 16, "a UUID such as 00000000-0000-4000-8000-000000000001", read_hex, any, |this, f| write_hex(
    f, &this.0, true
));
fixed!(Digest, 32, "64 hexadecimal digits", read_hex, any, |this, f| write_hex(f, &this.0, false));
fixed!(Label, 16, "at most 16 printable ASCII characters", |text| Label::new(text).map(|label| label.0), is_label, |this, f| f
    .write_str(this.as_str()));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_keeps_its_text_and_refuses_what_does_not_fit() {
        assert_eq!(Label::new("7.1.0").map(|label| label.as_str().len()), Some(5));
        assert_eq!(Label::new("0123456789abcdef").as_ref().map(Label::as_str), Some("0123456789abcdef"));
        assert_eq!(Label::new("0123456789abcdefg"), None);
        assert_eq!(Label::new("caf\u{e9}"), None);
    }

    #[test]
    fn bytes_that_are_no_label_are_refused() {
        assert!(postcard::from_bytes::<Label>(b"7.1.0\0\0\0\0\0\0\0\0\0\0\0").is_ok());
        assert!(postcard::from_bytes::<Label>(b"7.1\x1b0\0\0\0\0\0\0\0\0\0\0\0").is_err());
        assert!(postcard::from_bytes::<Label>(b"7.1\0x\0\0\0\0\0\0\0\0\0\0\0").is_err());
    }

    #[test]
    fn hexadecimal_text_must_be_whole() {
        assert!(read_hex::<2>("0aff").is_some());
        assert!(read_hex::<2>("0af").is_none());
        assert!(read_hex::<2>("0aff0").is_none());
        assert!(read_hex::<2>("0agf").is_none());
    }
}
