//! What is under test on QEMU.

use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

/// The board's image; `None` where this machine cannot build or run it, which is an error where everything has to be tested.
pub(crate) fn image() -> Option<PathBuf> {
    static IMAGE: OnceLock<Option<PathBuf>> = OnceLock::new();
    IMAGE.get_or_init(|| build("board.sh")).clone()
}

/// What one of the firmware's scripts has built, likewise.
pub(crate) fn build(script: &str) -> Option<PathBuf> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../firmware").join(script);
    let built = Command::new(path).output().expect("the script is there");
    let why = if !built.status.success() {
        String::from_utf8_lossy(&built.stderr).into_owned()
    } else if Command::new("qemu-system-arm").arg("--version").output().is_err() {
        "No QEMU. Install it by\n  apt-get install qemu-system-arm".to_owned()
    } else {
        return Some(PathBuf::from(String::from_utf8(built.stdout).expect("a path").trim()));
    };
    assert!(std::env::var_os("STRONGROOM_REQUIRE_ALL").is_none_or(|all| all != "1"), "{why}");
    eprintln!("left out: images on QEMU. {why}");
    None
}
