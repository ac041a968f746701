//! What Strongroom's work costs in instructions, for callgrind to count: `make test-counts`.
//!
//! Each row runs a fixed number of the same operations inside `strongroom_counted`, where callgrind counts, and prints its name,
//! a tab and the number of operations. By itself the program measures nothing.

use std::error::Error;
use std::hint::black_box;

#[path = "../../../core/tests/common/mod.rs"]
mod common;
mod rows;

fn main() -> Result<(), Box<dyn Error>> {
    rows::engine::all();
    rows::record::all();
    rows::wire::all()?;
    rows::console::all()?;
    rows::log::all()
}

/// Does the row's operations, once, and says how many they were.
fn row(name: &str, operations: usize, mut work: impl FnMut()) {
    strongroom_counted(&mut work);
    println!("{name}\t{operations}");
}

/// The function in which callgrind counts: there is one of it, whatever it runs, and it returns after what it runs.
#[unsafe(no_mangle)]
#[inline(never)]
fn strongroom_counted(work: &mut dyn FnMut()) {
    black_box(work)();
    black_box(());
}
