//! Base 64 (RFC 4648, section 4) as it is written in notes.
//!
//! Ours, because the libraries index slices, which leaves a reachable panic in a small image; a test compares.

use core::fmt::{self, Write};

/// Bytes that are written as base 64, padded.
pub(super) struct Base64<'a>(pub(super) &'a [u8]);

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

impl fmt::Display for Base64<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for three in self.0.chunks(3) {
            let byte = |place: usize| u32::from(three.get(place).copied().unwrap_or(0));
            let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
            for place in 0..4_usize {
                let padded = place > three.len();
                let digit = ALPHABET.get((bits >> 18_u32.saturating_sub(6_u32.saturating_mul(place as u32)) & 0x3f) as usize);
                formatter.write_char(if padded { '=' } else { char::from(digit.copied().unwrap_or(b'=')) })?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64ct::Encoding;
    use std::string::ToString;

    #[test]
    fn it_is_what_the_library_writes() {
        let bytes: std::vec::Vec<u8> = (0..=255).map(|byte: u8| byte.wrapping_mul(167)).collect();
        for length in 0..bytes.len() {
            assert_eq!(Base64(&bytes[..length]).to_string(), base64ct::Base64::encode_string(&bytes[..length]));
        }
    }
}
