//! Goes on with the whole story in the journal that is named, and says after each step that it is stored:
//! `cargo run -p strongroom-storage --bin writer -- JOURNAL`. Made to be killed.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;
use strongroom_storage::story;

fn main() -> ExitCode {
    match go_on() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn go_on() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("usage: writer JOURNAL")?;
    let story = story::stories(&story::folder().join("lease.jsonl")).remove(0);
    let wait = Duration::from_millis(200);
    let (mut durable, mounted) = strongroom_host::journal::open(Path::new(&path), story.device, story.policy, wait)?;
    let begin = story.place(durable.engine()).ok_or_else(|| format!("{mounted:?}: not a state of the story"))?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "at {begin}")?;
    out.flush()?;
    for (number, moment) in story.moments.iter().enumerate().skip(begin) {
        durable.apply(moment.now, &moment.command)?;
        writeln!(out, "stored {number}")?;
        out.flush()?;
    }
    Ok(())
}
