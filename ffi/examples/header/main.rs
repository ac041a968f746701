//! Prints the C header: `cargo run -q -p strongroom-ffi --example header > c-headers/strongroom.h`.

mod generate;

fn main() {
    print!("{}", generate::header());
}
