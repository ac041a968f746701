//! Events as comma-separated values (RFC 4180), a heading first, lines ended by CR LF.
//!
//! All texts are names of the core's or printable ASCII from a record, and none begins as a formula does. A field that
//! did would get an apostrophe before it, so that no spreadsheet runs it.

use super::{COLUMNS, Event, Field};

/// Puts the heading into `line`.
pub fn heading(line: &mut String) {
    row(line, COLUMNS.iter().map(|name| Field::Text((*name).into())));
}

/// Puts the event's line into `line`.
pub fn write(event: &Event, line: &mut String) {
    row(line, event.fields().into_iter());
}

fn row<'a>(line: &mut String, fields: impl Iterator<Item = Field<'a>>) {
    for (place, field) in fields.enumerate() {
        if place > 0 {
            line.push(',');
        }
        match field {
            Field::Nothing => {}
            Field::Text(text) => put(line, &text),
            Field::Number(number) => line.push_str(&number.to_string()),
            Field::Flag(flag) => line.push_str(if flag { "true" } else { "false" }),
        }
    }
    line.push_str("\r\n");
}

fn put(line: &mut String, text: &str) {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let quoted = text.contains(['"', ',', '\r', '\n']);
    if quoted {
        line.push('"');
    }
    if formula {
        line.push('\'');
    }
    if quoted {
        line.push_str(&text.replace('"', "\"\""));
        line.push('"');
    } else {
        line.push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> String {
        let mut line = String::new();
        put(&mut line, text);
        line
    }

    #[test]
    fn what_separates_is_quoted() {
        assert_eq!(written("a, b"), "\"a, b\"");
        assert_eq!(written("say \"no\""), "\"say \"\"no\"\"\"");
        assert_eq!(written("plain"), "plain");
    }

    #[test]
    fn a_formula_is_a_text() {
        assert_eq!(written("=1+1"), "'=1+1");
        assert_eq!(written("@a,b"), "\"'@a,b\"");
    }
}
