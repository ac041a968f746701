//! What a device's console prints.

use crate::row;
use std::error::Error;
use std::hint::black_box;
use std::path::Path;
use strongroom_core::console::Parser;

const SCREENS: usize = 100;

pub(crate) fn all() -> Result<(), Box<dyn Error>> {
    let path = "../console/luna-7.2/hsm_show.1.hsm-is-in-a-non-zeroized-state.txt";
    let screen = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).map_err(|error| format!("{path}: {error}"))?;
    let mut parser = Parser::new();
    parser.feed(&screen);
    assert_eq!(parser.finish().1.result, Some(0), "the screen is read to its end");

    row("console screen parsed, hsm show", SCREENS, || {
        for _ in 0..SCREENS {
            let mut parser = Parser::new();
            parser.feed(black_box(&screen));
            black_box(parser.finish());
        }
    });
    Ok(())
}
