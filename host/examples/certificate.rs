//! Writes a certificate of the last destruction in a log folder: `certificate FOLDER DETAILS OUT`, and `OUT` with the ending
//! `txt` its page.

use std::path::Path;
use std::process::ExitCode;
use strongroom_host::evidence::{Checked, Stated, export, page};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, details, out] = arguments.as_slice() else {
        eprintln!("usage: certificate FOLDER DETAILS OUT");
        return ExitCode::FAILURE;
    };
    match write(Path::new(folder), Path::new(details), Path::new(out)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{folder}: {why}");
            ExitCode::FAILURE
        }
    }
}

fn write(folder: &Path, details: &Path, out: &Path) -> Result<(), String> {
    let details = std::fs::read_to_string(details).map_err(|error| error.to_string())?;
    let certificate = export(folder, None, Stated::read(&details)?).map_err(|error| error.to_string())?;
    let text = certificate.write().map_err(|error| error.to_string())?;
    std::fs::write(out, text).map_err(|error| error.to_string())?;
    std::fs::write(out.with_extension("txt"), page(&certificate, Checked::No)).map_err(|error| error.to_string())
}
