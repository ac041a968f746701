//! Prints the rules, the support routes and what enforces each row: `make docs` writes it to `docs/RULES.md`.

fn main() {
    print!("{}", strongroom_host::rows::page());
}
