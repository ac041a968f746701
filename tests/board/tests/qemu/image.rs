//! The image under test.

use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

/// The image; `None` where this machine cannot build or run it, which is an error where everything has to be tested.
///
/// # Panics
///
/// Where everything has to be tested, and cannot be.
#[must_use]
pub fn image() -> Option<PathBuf> {
    static IMAGE: OnceLock<Option<PathBuf>> = OnceLock::new();
    IMAGE.get_or_init(build).clone()
}

fn build() -> Option<PathBuf> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../firmware/board.sh");
    let built = Command::new(script).output().expect("the script is there");
    let why = if !built.status.success() {
        String::from_utf8_lossy(&built.stderr).into_owned()
    } else if Command::new("qemu-system-arm").arg("--version").output().is_err() {
        "No QEMU. Install it by\n  apt-get install qemu-system-arm".to_owned()
    } else {
        return Some(PathBuf::from(String::from_utf8(built.stdout).expect("a path").trim()));
    };
    assert!(std::env::var_os("STRONGROOM_REQUIRE_ALL").is_none_or(|all| all != "1"), "{why}");
    eprintln!("left out: the board's image on QEMU. {why}");
    None
}
