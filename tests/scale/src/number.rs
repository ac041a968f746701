//! Numbers as people read them.

/// Digits in groups of three.
#[must_use]
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.char_indices() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

/// Memory in MiB, from KiB.
#[must_use]
pub fn mebibytes(kibibytes: Option<u64>) -> String {
    kibibytes.map_or_else(|| "–".to_owned(), |kibibytes| format!("{:.1} MiB", kibibytes as f64 / 1024.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_stand_in_groups_of_three() {
        for (number, text) in [(0, "0"), (999, "999"), (1000, "1 000"), (10_000_000, "10 000 000")] {
            assert_eq!(grouped(number), text);
        }
    }
}
