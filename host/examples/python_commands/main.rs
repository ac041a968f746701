//! Prints the Python package's methods of commands: `make python-commands` writes them.

mod generate;

fn main() {
    print!("{}", generate::module());
}
