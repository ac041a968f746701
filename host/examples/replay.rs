//! Replays a scenario and prints its output, or with `--wire` its wire form:
//! `cargo run -p strongroom-host --example replay -- [--wire] FILE`.

use std::io::Write;
use std::path::Path;
use strongroom_host::{Options, replay};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let wire = arguments.first().is_some_and(|first| first == "--wire");
    let file = arguments.pop().filter(|last| last != "--wire").ok_or("usage: replay [--wire] FILE")?;
    let text = std::fs::read_to_string(&file).map_err(|error| format!("{file}: {error}"))?;
    let folder = Path::new(&file).parent().unwrap_or(Path::new("."));
    let replay = replay(&text, folder, Options::default()).map_err(|error| format!("{file}: {error}"))?;
    let mut out = std::io::stdout().lock();
    if wire {
        return Ok(out.write_all(&replay.wire)?);
    }
    out.write_all(replay.jsonl().as_bytes())?;
    for log in replay.verify()? {
        eprintln!("log verified: {} records, root {} ({} {})", log.records, log.root, log.engine, log.log);
    }
    Ok(())
}
