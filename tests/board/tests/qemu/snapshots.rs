//! Programs on QEMU's board, and what each of them logs: the file beside it. With `STRONGROOM_WRITE_SNAPSHOTS` in the environment
//! that file is written, and not compared.

use defmt_decoder::{DecodeError, Table};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use strongroom_board::image::{QEMU, image};

#[test]
fn each_program_logs_what_is_beside_it() {
    let sources = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../firmware/snapshots"));
    let Some(folder) = image("snapshots.sh") else { return };
    let mut programs = 0;
    for expected in fs::read_dir(sources).expect("the programs").map(|entry| entry.expect("a file").path()) {
        if expected.extension().is_none_or(|extension| extension != "out") {
            continue;
        }
        let name = expected.file_stem().expect("a name");
        let logged = log(&folder.join(name));
        if std::env::var_os("STRONGROOM_WRITE_SNAPSHOTS").is_some() {
            fs::write(&expected, &logged).expect("a file");
        }
        assert_eq!(logged, fs::read_to_string(&expected).expect("text"), "{}", expected.display());
        programs += 1;
    }
    assert_eq!(programs, 3);
}

/// What a program logs until it ends.
fn log(program: &Path) -> String {
    let eeprom = std::env::temp_dir().join(format!("strongroom-snapshot-{}", std::process::id()));
    fs::write(&eeprom, vec![0xff; 32 * 1024]).expect("a file");
    // A program that does not come to its end is none that may keep the tests waiting.
    let ran = Command::new("timeout")
        .args(["120", QEMU, "--eeprom"])
        .args([eeprom.as_path(), program])
        .args(["-monitor", "none", "-serial", "none"])
        .stdin(Stdio::null())
        .output()
        .expect("timeout runs");
    let _ = fs::remove_file(eeprom);
    assert!(ran.status.success(), "{}: {}", program.display(), ran.status);
    decode(program, &ran.stdout)
}

/// The lines of a log: level and message.
fn decode(program: &Path, bytes: &[u8]) -> String {
    let table = Table::parse(&fs::read(program).expect("an image")).expect("a table").expect("logs");
    let mut decoder = table.new_stream_decoder();
    decoder.received(bytes);
    let mut text = String::new();
    loop {
        match decoder.decode() {
            Ok(frame) => {
                let level = frame.level().map_or("-", |level| level.as_str());
                let _ = writeln!(text, "{level:<5} {}", frame.display_message());
            }
            Err(DecodeError::UnexpectedEof) => return text,
            Err(DecodeError::Malformed) => panic!("{}: malformed after\n{text}", program.display()),
        }
    }
}
