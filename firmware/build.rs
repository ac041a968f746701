//! Gives the linker its memory map, the probe and the image that is attacked their story.
//!
//! `STRONGROOM_STORY` names a file of frames in the wire form; a relative path counts from this
//! folder. `size.sh` and `faults.sh` compile it from a scenario.

use std::{env, error::Error, fs, path::PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rustc-link-search={}", env::var("CARGO_MANIFEST_DIR")?);
    println!("cargo::rustc-link-arg-bins=-Tlink.x");
    println!("cargo::rerun-if-changed=memory.x");
    println!("cargo::rerun-if-changed=device.x");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=STRONGROOM_STORY");

    if env::var_os("CARGO_FEATURE_BOARD").is_some() {
        for image in ["board", "replay", "faults"] {
            println!("cargo::rustc-link-arg-bin={image}=-Tdefmt.x");
        }
        for script in ["link.x", "defmt.x"] {
            println!("cargo::rustc-link-arg-examples=-T{script}");
        }
        // Read by defmt's macros, of which cargo does not know.
        println!("cargo::rerun-if-env-changed=DEFMT_LOG");
        if env::var_os("CARGO_FEATURE_FAULTS").is_none() {
            return Ok(());
        }
    }
    let path = env::var("STRONGROOM_STORY").map_err(|_| "STRONGROOM_STORY is not set; size.sh and faults.sh set it")?;
    println!("cargo::rerun-if-changed={path}");
    let story = fs::read(&path).map_err(|error| format!("STRONGROOM_STORY={path}: {error}"))?;
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("story.wire"), story)?;
    Ok(())
}
