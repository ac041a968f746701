//! Writes the core's own chart as the argument of a macro, from which each peer's machine is made: nothing of it is typed twice.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::PathBuf;
use strongroom_core::Main;
use strongroom_core::lease::chart::{CHART, Event, find, row_at};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let events: BTreeSet<Event> = CHART.iter().map(|row| row.event).collect();
    let mut table = String::from("macro_rules! with_chart {\n    ($machine:ident) => {\n        $machine! {\n");
    for state in Main::ALL {
        write!(table, "            {} {state:?} {{", snake(&format!("{state:?}")))?;
        for event in &events {
            let Some(row) = find(*state, *event).and_then(row_at) else { continue };
            let to = row.to.unwrap_or(*state);
            write!(table, " {event:?} => {} {to:?},", snake(&format!("{to:?}")))?;
        }
        table.push_str(" }\n");
    }
    table.push_str("        }\n    };\n}\n\n");
    let names: Vec<String> = events.iter().map(|event| format!("{event:?}")).collect();
    writeln!(table, "macro_rules! with_events {{ ($made:ident) => {{ $made! {{ {} }} }}; }}\n", names.join(" "))?;
    writeln!(table, "/// Every event.\npub(crate) const EVENTS: [Event; {}] = [", events.len())?;
    for event in &events {
        writeln!(table, "    Event::{event:?},")?;
    }
    table.push_str("];\n");
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    std::fs::write(out.join("chart.rs"), table)?;
    println!("cargo::rerun-if-changed=build.rs");
    Ok(())
}

/// `InTransit` as `in_transit`.
fn snake(name: &str) -> String {
    let mut snake = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}
