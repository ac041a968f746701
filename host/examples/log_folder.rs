//! Writes the log folder of a scenario's first engine: `log_folder SCENARIO FOLDER`.
//!
//! Its checkpoints are signed by a key that is no secret; `FOLDER/key.pub` has the public one. For tests.

#[path = "../tests/common/drained.rs"]
mod drained;

use std::path::Path;
use std::process::ExitCode;
use strongroom_host::{Options, replay};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [scenario, folder] = arguments.as_slice() else {
        eprintln!("usage: log_folder SCENARIO FOLDER");
        return ExitCode::FAILURE;
    };
    let (path, folder) = (Path::new(scenario), Path::new(folder));
    let written = std::fs::read_to_string(path).map_err(|error| error.to_string()).and_then(|text| {
        let replay =
            replay(&text, path.parent().unwrap_or(Path::new(".")), Options::default()).map_err(|error| error.to_string())?;
        for log in drained::drain(&replay).iter().filter(|log| log.engine == 0) {
            log.write(folder);
        }
        std::fs::write(folder.join("key.pub"), drained::public_key()).map_err(|error| error.to_string())
    });
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{scenario}: {why}");
            ExitCode::FAILURE
        }
    }
}
