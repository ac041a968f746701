//! Gives the linker its memory map and the probe its story.
//!
//! `STRONGROOM_STORY` names a file of COBS frames, each followed by a zero byte; a relative path
//! counts from this folder. Without it the probe gets [`SHORT_STORY`], so that it always builds.

use std::{env, error::Error, fs, path::PathBuf};

/// Two frames: the labels `7.1.0` and `LAB-001`.
const SHORT_STORY: &[u8] = b"\x067.1.0\0\x08LAB-001\0";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rustc-link-search={}", env::var("CARGO_MANIFEST_DIR")?);
    println!("cargo::rustc-link-arg-bins=-Tlink.x");
    println!("cargo::rerun-if-changed=memory.x");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=STRONGROOM_STORY");

    let story = match env::var("STRONGROOM_STORY") {
        Ok(path) if !path.is_empty() => {
            println!("cargo::rerun-if-changed={path}");
            fs::read(&path).map_err(|error| format!("STRONGROOM_STORY={path}: {error}"))?
        }
        _ => SHORT_STORY.to_vec(),
    };
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("story.wire"), story)?;
    Ok(())
}
