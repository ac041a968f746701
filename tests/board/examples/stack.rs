//! How much stack the board's image takes: `cargo run -p strongroom-board --example stack -- IMAGE _STACK_END _STACK_START`,
//! with both symbols' addresses as `nm` prints them. Runs it on QEMU, and reads in its memory how much paint is left.

use std::path::Path;
use strongroom_board::day;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [image, end, start] = arguments.as_slice() else { return Err("usage: stack IMAGE _STACK_END _STACK_START".into()) };
    let address = |text: &str| usize::from_str_radix(text, 16).map_err(|error| format!("{text}: {error}"));
    println!("stack {}", day::live(Path::new(image), address(end)?..address(start)?));
    Ok(())
}
