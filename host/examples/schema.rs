//! Prints the JSON Schema of the scenario format: `make expected` writes it.

fn main() {
    println!("{:#}", strongroom_host::scenario::schema());
}
