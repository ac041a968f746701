//! Replays a scenario and prints its output: `cargo run -p strongroom-host --example replay -- FILE`.

use std::path::Path;
use strongroom_host::{Options, replay};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let file = std::env::args().nth(1).ok_or("usage: replay FILE")?;
    let text = std::fs::read_to_string(&file)?;
    let folder = Path::new(&file).parent().unwrap_or(Path::new("."));
    let replay = replay(&text, folder, Options::default())?;
    print!("{}", replay.jsonl());
    for log in replay.verify()? {
        eprintln!("log verified: {} records, root {} ({} {})", log.records, log.root, log.engine, log.log);
    }
    Ok(())
}
