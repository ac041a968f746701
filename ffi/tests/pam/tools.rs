//! What these tests need besides a compiler, and the module built with it.

use crate::compile;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// Where it all is.
#[derive(Debug)]
pub(crate) struct Tools {
    pub(crate) wrapper: PathBuf,
    pub(crate) exec: PathBuf,
    pub(crate) module: PathBuf,
    pub(crate) watch: PathBuf,
}

/// `None` where something is missing, which is said; with `STRONGROOM_REQUIRE_ALL=1` an error.
pub(crate) fn tools() -> Option<&'static Tools> {
    static TOOLS: OnceLock<Option<Tools>> = OnceLock::new();
    TOOLS.get_or_init(find).as_ref()
}

/// Says loudly what is left out for want of a package, or with `STRONGROOM_REQUIRE_ALL=1` fails.
pub(crate) fn leave_out(what: &str, packages: &str) {
    let text = format!("LEFT OUT: {what}: apt-get install {packages}");
    assert!(std::env::var("STRONGROOM_REQUIRE_ALL").as_deref() != Ok("1"), "{text}");
    say(&text);
}

/// Past what the test runner keeps to itself.
pub(crate) fn say(text: &str) {
    let _ = writeln!(std::io::stderr(), "\n*** {text} ***\n");
}

fn find() -> Option<Tools> {
    let folders = library_folders();
    let here = |name: &str| folders.iter().map(|folder| folder.join(name)).find(|path| path.exists());
    let pamtester = Command::new("pamtester").output().is_ok();
    let procps = Command::new("pgrep").arg("-V").output().is_ok();
    let header = Path::new("/usr/include/security/pam_modules.h").exists();
    let (wrapper, exec) = (here("libpam_wrapper.so"), here("security/pam_exec.so"));
    let (true, true, true, Some(wrapper), Some(exec)) = (pamtester, header, procps, wrapper.clone(), exec.clone()) else {
        let missing: Vec<&str> = [
            (pamtester, "pamtester"),
            (header, "libpam0g-dev"),
            (wrapper.is_some(), "libpam-wrapper"),
            (exec.is_some(), "libpam-modules"),
            (procps, "procps"),
        ]
        .into_iter()
        .filter_map(|(there, package)| (!there).then_some(package))
        .collect();
        leave_out("pam_strongroom under the real PAM library", &missing.join(" "));
        return None;
    };
    let out = compile::scratch();
    let mut make = Command::new("make");
    make.arg("-C").arg(compile::workspace().join("tests/c/examples/pam_strongroom")).arg("--silent");
    make.arg(format!("OUT={}", out.display())).arg(format!("ARCHIVE={}", compile::library().archive.display()));
    make.arg(format!("CC={}", compiler().display()));
    make.arg(format!("CFLAGS=-g {}", std::env::var("STRONGROOM_C_FLAGS").unwrap_or_default()));
    compile::run(make.env_remove("MAKEFLAGS"), |_| ());
    Some(Tools { wrapper, exec, module: out.join("pam_strongroom.so"), watch: out.join("strongroom-watch") })
}

/// The C compiler.
pub(crate) fn compiler() -> PathBuf {
    std::env::var_os("CC").map_or_else(|| "cc".into(), PathBuf::from)
}

/// Where the system's libraries are.
fn library_folders() -> Vec<PathBuf> {
    let mut folders = vec![PathBuf::from("/usr/lib"), PathBuf::from("/usr/lib64"), PathBuf::from("/lib")];
    let target = Command::new(compiler()).arg("-print-multiarch").output();
    let target = target.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned()).unwrap_or_default();
    if !target.is_empty() {
        folders.extend([Path::new("/usr/lib").join(&target), Path::new("/lib").join(&target)]);
    }
    folders
}
