//! Writes the activity log of a scenario's tenant log: `activity FILE (jsonl|csv|azure)`.

use std::path::Path;
use std::process::ExitCode;
use strongroom_core::{LogName, Record};
use strongroom_host::activity::{Format, Teller};
use strongroom_host::replay::Output;
use strongroom_host::{Options, replay};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [file, format] = arguments.as_slice() else { return fail("usage: activity FILE (jsonl|csv|azure)") };
    let format = match format.as_str() {
        "jsonl" => Format::Jsonl,
        "csv" => Format::Csv,
        "azure" => Format::Azure { subscription: None },
        _ => return fail("a format is jsonl, csv or azure"),
    };
    let path = Path::new(file);
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) => return fail(&format!("{file}: {error}")),
    };
    let folder = path.parent().unwrap_or(Path::new("."));
    match replay(&text, folder, Options::default()) {
        Ok(replay) => {
            let mut lines = String::new();
            format.heading(&mut lines);
            let mut teller = Teller::new("example");
            for line in &replay.output {
                let Output::Record(line) = line else { continue };
                if line.log != LogName::Tenant.name() {
                    continue;
                }
                let digits = line.record.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).unwrap_or_default());
                let bytes: Vec<u8> = digits.filter_map(|pair| u8::from_str_radix(pair, 16).ok()).collect();
                if let Some(record) = Record::from_bytes(&bytes) {
                    format.write(&teller.tell(&record), &mut lines);
                }
            }
            print!("{lines}");
            ExitCode::SUCCESS
        }
        Err(error) => fail(&error.to_string()),
    }
}

fn fail(message: &str) -> ExitCode {
    eprintln!("{message}");
    ExitCode::FAILURE
}
