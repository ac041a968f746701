//! Writes the activity log of a log folder: `activity FOLDER (jsonl|csv|azure)`.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use strongroom_host::activity::{Filter, Format, Reader};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, format] = arguments.as_slice() else { return fail("usage: activity FOLDER (jsonl|csv|azure)") };
    let format = match format.as_str() {
        "jsonl" => Format::Jsonl,
        "csv" => Format::Csv,
        "azure" => Format::Azure { subscription: None },
        _ => return fail("a format is jsonl, csv or azure"),
    };
    let told = Reader::open(Path::new(folder), Filter::default(), format).and_then(|mut reader| {
        while let Some(lines) = reader.batch(1000)? {
            if std::io::stdout().write_all(lines.as_bytes()).is_err() {
                break;
            }
        }
        Ok(())
    });
    match told {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&error.to_string()),
    }
}

fn fail(message: &str) -> ExitCode {
    eprintln!("{message}");
    ExitCode::FAILURE
}
