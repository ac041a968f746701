//! Gives the shared library its SONAME: `libstrongroom.so.<STRONGROOM_ABI_VERSION>`, on systems with ELF.

use std::{env, error::Error, fs};

const SOURCE: &str = "src/version.rs";
const CONSTANT: &str = "pub const STRONGROOM_ABI_VERSION: u32 = ";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={SOURCE}");
    println!("cargo::rustc-check-cfg=cfg(strongroom_panics)");
    let source = fs::read_to_string(SOURCE)?;
    let version = source.lines().find_map(|line| line.strip_prefix(CONSTANT)?.strip_suffix(';'));
    let version: u32 = version.ok_or_else(|| format!("{SOURCE} has no line \"{CONSTANT}\""))?.parse()?;
    let (family, vendor) = (env::var("CARGO_CFG_TARGET_FAMILY"), env::var("CARGO_CFG_TARGET_VENDOR"));
    if family.as_deref() == Ok("unix") && vendor.as_deref() != Ok("apple") {
        println!("cargo::rustc-cdylib-link-arg=-Wl,-soname,libstrongroom.so.{version}");
    }
    Ok(())
}
