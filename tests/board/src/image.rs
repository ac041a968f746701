//! The images, built by their scripts.

use std::path::PathBuf;
use std::process::Command;

/// The script that runs an image on QEMU's board, and becomes QEMU.
pub const QEMU: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../firmware/qemu.sh");

/// The image that a script of `firmware/` builds; `None` where this machine cannot build or run it, which is an error where
/// everything has to be tested.
///
/// # Panics
///
/// Under `STRONGROOM_REQUIRE_ALL=1`, where it cannot.
#[must_use]
pub fn image(script: &str) -> Option<PathBuf> {
    let script = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../firmware")).join(script);
    let built = Command::new(&script).output().expect("the script is there");
    let why = if !built.status.success() {
        String::from_utf8_lossy(&built.stderr).into_owned()
    } else if Command::new("qemu-system-arm").arg("--version").output().is_err() {
        "No QEMU. Install it by\n  apt-get install qemu-system-arm".to_owned()
    } else {
        return Some(PathBuf::from(String::from_utf8(built.stdout).expect("a path").trim()));
    };
    assert!(std::env::var_os("STRONGROOM_REQUIRE_ALL").is_none_or(|all| all != "1"), "{why}");
    eprintln!("left out: {} on QEMU. {why}", script.display());
    None
}
