//! Printed decimals as whole thousandths: the core has no floating point.

/// A number in thousandths: millivolts, thousandths of a degree or of a turn per minute. Saturates at
/// about ±2.1 million whole units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Milli(i32);

impl Milli {
    pub(super) const ZERO: Self = Self(0);

    /// The whole of `text` as a number.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (number, rest) = Self::split(text)?;
        rest.is_empty().then_some(number)
    }

    /// The number that `text` begins with, and what follows it. Digits after the third decimal are
    /// dropped.
    pub(super) fn split(text: &str) -> Option<(Self, &str)> {
        let (negative, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, rest) = digits(unsigned)?;
        let (decimals, rest) = match rest.strip_prefix('.').and_then(digits) {
            Some((decimals, rest)) => (decimals, rest),
            None => ("", rest),
        };
        let padded = whole.bytes().chain(decimals.bytes().chain(core::iter::repeat(b'0')).take(3));
        let size = padded.fold(0_i32, |sum, digit| sum.saturating_mul(10).saturating_add(i32::from(digit.saturating_sub(b'0'))));
        Some((Self(if negative { size.saturating_neg() } else { size }), rest))
    }
}

/// A count without sign or decimals. Saturates.
pub(super) fn count(text: &str) -> Option<u32> {
    let (all, rest) = digits(text)?;
    let add = |sum: u32, digit: u8| sum.saturating_mul(10).saturating_add(u32::from(digit.saturating_sub(b'0')));
    rest.is_empty().then(|| all.bytes().fold(0, add))
}

/// The digits that `text` begins with, at least one, and what follows them.
fn digits(text: &str) -> Option<(&str, &str)> {
    let end = text.bytes().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    text.split_at_checked(end).filter(|(digits, _)| !digits.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_become_thousandths() {
        for (text, thousandths) in
            [("3700.000", 3_700_000), ("3.09", 3_090), ("75", 75_000), ("-0.5", -500), ("+12.2405", 12_240), ("0", 0)]
        {
            assert_eq!(Milli::parse(text), Some(Milli(thousandths)), "{text}");
        }
    }

    #[test]
    fn text_around_a_number_is_not_a_number() {
        for text in ["", "na", ".5", "1.", "1.2.3", "0x0", "12 V", "1e3", "--1", " 1", "1,5"] {
            assert_eq!(Milli::parse(text), None, "{text}");
        }
        assert_eq!(Milli::split("3.093 V"), Some((Milli(3_093), " V")));
        assert_eq!(count("12"), Some(12));
        assert_eq!(count("-12"), None);
    }

    #[test]
    fn large_numbers_stay_at_the_end_of_the_scale() {
        assert_eq!(Milli::parse("99999999999999999999.9"), Some(Milli(i32::MAX)));
        assert_eq!(Milli::parse("-99999999999999999999.9"), Some(Milli(-i32::MAX)));
        assert_eq!(count("99999999999999999999"), Some(u32::MAX));
    }
}
