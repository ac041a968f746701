//! Writing the parts of a note, and of what a technician is told.
//!
//! Not by `core::fmt`, which with what it formats is 2 KB that nothing else in a small image needs.

use super::base64;
use crate::id::Label;
use heapless::string::StringView;

/// A text that is written from its beginning. What has no room is left out.
pub(crate) struct Text<'a>(pub(crate) &'a mut StringView);

impl Text<'_> {
    pub(crate) fn put(&mut self, part: &str) -> &mut Self {
        let _ = self.0.push_str(part);
        self
    }

    fn byte(&mut self, byte: u8) {
        let _ = self.0.push(char::from(byte));
    }

    /// A number, without zeros before it.
    pub(crate) fn decimal(&mut self, number: u32) -> &mut Self {
        let mut digits = [b'0'; 10];
        let mut rest = number;
        for place in digits.iter_mut().rev() {
            *place = b'0'.wrapping_add((rest % 10) as u8);
            rest /= 10;
        }
        let zeros = digits.iter().take_while(|digit| **digit == b'0').count();
        digits.iter().skip(zeros.min(9)).for_each(|digit| self.byte(*digit));
        self
    }

    /// Eight digits.
    pub(super) fn hexadecimal(&mut self, number: u32) -> &mut Self {
        for byte in number.to_be_bytes() {
            self.byte(digit(byte >> 4, b'a'));
            self.byte(digit(byte & 0xf, b'a'));
        }
        self
    }

    /// A label as a part of a name: what is not a letter, a digit, a full stop, a hyphen or an underscore is `%` and two
    /// digits.
    pub(super) fn escaped(&mut self, label: &Label) -> &mut Self {
        for &byte in label.as_bytes() {
            if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_') {
                self.byte(byte);
            } else {
                self.byte(b'%');
                self.byte(digit(byte >> 4, b'A'));
                self.byte(digit(byte & 0xf, b'A'));
            }
        }
        self
    }

    pub(super) fn base64(&mut self, bytes: &[u8]) -> &mut Self {
        base64::encode(bytes, &mut |digit| self.byte(digit));
        self
    }
}

/// A digit of sixteen; `ten` is the one for ten.
const fn digit(value: u8, ten: u8) -> u8 {
    match value.checked_sub(10) {
        Some(above) => ten.wrapping_add(above),
        None => b'0'.wrapping_add(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use heapless::String;

    fn written(write: impl Fn(&mut Text<'_>)) -> String<64> {
        let mut text = String::new();
        write(&mut Text(&mut text));
        text
    }

    #[test]
    fn numbers_are_as_the_library_formats_them() {
        for number in [0, 1, 9, 10, 99, 100, 0xab_cdef, 1_000_000_000, u32::MAX] {
            assert_eq!(written(|text| _ = text.decimal(number)), std::format!("{number}").as_str());
            assert_eq!(written(|text| _ = text.hexadecimal(number)), std::format!("{number:08x}").as_str());
        }
    }

    #[test]
    fn a_label_is_a_part_of_a_name() {
        let label = Label::new("a/Z 9.-_~").unwrap();
        assert_eq!(written(|text| _ = text.escaped(&label)), "a%2FZ%209.-_%7E");
    }
}
