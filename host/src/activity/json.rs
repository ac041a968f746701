//! Events as JSON Lines, one object an event, every column in each.

use super::{COLUMNS, Event, Field};
use std::fmt::Write;

/// Puts the event's line into `line`.
pub fn write(event: &Event, line: &mut String) {
    let mut before = '{';
    for (name, field) in COLUMNS.iter().zip(event.fields()) {
        let value = match field {
            Field::Nothing => serde_json::Value::Null,
            Field::Text(text) => text.into(),
            Field::Number(number) => number.into(),
            Field::Flag(flag) => flag.into(),
        };
        // Writing to a text does not fail.
        let _ = write!(line, "{before}\"{name}\":{value}");
        before = ',';
    }
    line.push_str("}\n");
}
