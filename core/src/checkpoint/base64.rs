//! Base 64 (RFC 4648, section 4) as it is written in notes.
//!
//! Ours, because the libraries index slices, which leaves a reachable panic in a small image; a test compares.

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Writes bytes, padded: tells `put` one digit after another.
pub(super) fn encode(bytes: &[u8], put: &mut dyn FnMut(u8)) {
    for three in bytes.chunks(3) {
        let byte = |place: usize| u32::from(three.get(place).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4_usize {
            let padded = place > three.len();
            let digit = ALPHABET.get((bits >> 18_u32.saturating_sub(6_u32.saturating_mul(place as u32)) & 0x3f) as usize);
            put(if padded { b'=' } else { digit.copied().unwrap_or(b'=') });
        }
    }
}

/// Reads as many bytes as `bytes` has; `None` where the text is not just what [`encode`] writes of them.
#[cfg(feature = "ed25519")]
pub(super) fn decode(text: &str, bytes: &mut [u8]) -> Option<()> {
    let mut digits = text.bytes();
    for three in bytes.chunks_mut(3) {
        let mut bits = 0_u32;
        for place in 0..4 {
            let byte = digits.next()?;
            let value = if place > three.len() {
                (byte == b'=').then_some(0)
            } else {
                ALPHABET.iter().zip(0..).find(|(digit, _)| **digit == byte).map(|(_, value)| value)
            };
            bits = bits << 6 | value?;
        }
        let [_, whole @ ..] = bits.to_be_bytes();
        if whole.get(three.len()..)?.iter().any(|rest| *rest != 0) {
            return None;
        }
        for (place, byte) in three.iter_mut().zip(whole) {
            *place = byte;
        }
    }
    digits.next().is_none().then_some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64ct::Encoding;
    use std::string::String;

    fn encoded(bytes: &[u8]) -> String {
        let mut text = String::new();
        encode(bytes, &mut |digit| text.push(char::from(digit)));
        text
    }

    #[test]
    fn it_is_what_the_library_writes() {
        let bytes: std::vec::Vec<u8> = (0..=255).map(|byte: u8| byte.wrapping_mul(167)).collect();
        for length in 0..bytes.len() {
            assert_eq!(encoded(&bytes[..length]), base64ct::Base64::encode_string(&bytes[..length]));
        }
    }

    #[cfg(feature = "ed25519")]
    #[test]
    fn what_is_written_is_read_and_nothing_else() {
        let bytes: std::vec::Vec<u8> = (0..=255).map(|byte: u8| byte.wrapping_mul(167)).collect();
        for length in 1..12 {
            let text = encoded(&bytes[..length]);
            let mut read = std::vec![0; length];
            assert_eq!(decode(&text, &mut read), Some(()));
            assert_eq!(read, bytes[..length]);
            // Every other text of that length reads as other bytes or not at all, as the library has it.
            for place in 0..text.len() {
                for digit in ALPHABET.iter().chain(b"=-_ ") {
                    let mut other = text.clone().into_bytes();
                    other[place] = *digit;
                    let other = std::string::String::from_utf8(other).unwrap();
                    let theirs = base64ct::Base64::decode_vec(&other).ok().filter(|theirs| theirs.len() == length);
                    assert_eq!(decode(&other, &mut read).map(|()| read.clone()), theirs, "{other}");
                }
            }
            assert_eq!(decode(text.strip_suffix(|_| true).unwrap(), &mut read), None);
            assert_eq!(decode(&(text + "A"), &mut read), None);
        }
    }
}
