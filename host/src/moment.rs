//! Times as people write them: RFC 3339, in whole seconds.

use strongroom_core::Time;

/// The moment that a text in RFC 3339 names.
///
/// # Errors
///
/// A text that says what would be right.
pub fn moment(text: &str) -> Result<Time, String> {
    let wrong = |why: String| format!("{text:?} is not a time: {why}; write it as RFC 3339, such as 2026-01-05T09:00:00Z");
    let timestamp: jiff::Timestamp = text.parse().map_err(|error: jiff::Error| wrong(error.to_string()))?;
    if timestamp.subsec_nanosecond() != 0 {
        return Err(wrong("times are whole seconds".into()));
    }
    u64::try_from(timestamp.as_second()).map(Time::from_unix).map_err(|_| wrong("times begin in 1970".into()))
}
