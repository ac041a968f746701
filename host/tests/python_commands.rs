//! The methods of commands that are checked in are the ones that the core's list makes.

#[path = "../examples/python_commands/generate.rs"]
mod generate;

use std::path::Path;

#[test]
fn the_methods_are_what_the_list_makes() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../python/strongroom/commands.py");
    let kept = std::fs::read_to_string(path).unwrap_or_default();
    let made = generate::module();
    let line = made.lines().zip(kept.lines()).take_while(|(made, kept)| made == kept).count();
    assert!(
        made == kept,
        "python/strongroom/commands.py is not what the core's list makes, from line {}\nrun: make python-commands",
        line + 1
    );
}
