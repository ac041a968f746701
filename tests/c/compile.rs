//! Builds C programs of this folder against the static library that ships. For the integration
//! tests of any crate of the workspace:
//!
//! ```text
//! #[path = "../../tests/c/compile.rs"]
//! mod compile;
//!
//! let replay = compile::program("replay");
//! let output = compile::command(&replay).arg(wire_file).output();
//! ```
//!
//! `memory.sh` has the same tests run with other programs, by what it sets in the environment:
//!
//! | Variable | What it holds |
//! |---|---|
//! | `STRONGROOM_C_LIBRARY` | the folder of the libraries; they are built as the test was where it is not set |
//! | `STRONGROOM_C_FLAGS` | more flags for the C compiler, separated by spaces |
//! | `STRONGROOM_C_RUNNER` | a program with its arguments, separated by spaces, which runs the C programs |
#![allow(dead_code, reason = "a test uses what it needs of it")]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// Warnings that are errors, in every C program and in the header.
pub(crate) const WARNINGS: &[&str] = &["-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Werror"];

/// The workspace's folder.
pub(crate) fn workspace() -> &'static Path {
    let from = Path::new(env!("CARGO_MANIFEST_DIR"));
    from.ancestors().find(|folder| folder.join("tests/c/compile.rs").exists()).expect("the test belongs to the workspace")
}

/// The libraries as cargo builds them: `libstrongroom.a` and the shared one beside it.
#[derive(Debug, Clone)]
pub(crate) struct Library {
    /// The static library.
    pub(crate) archive: PathBuf,
    /// The shared library.
    pub(crate) shared: PathBuf,
}

/// Builds the libraries in the profile and target folder that this test was built in, once; or takes those of
/// `STRONGROOM_C_LIBRARY`.
pub(crate) fn library() -> &'static Library {
    static LIBRARY: OnceLock<Library> = OnceLock::new();
    LIBRARY.get_or_init(|| {
        if let Some(folder) = std::env::var_os("STRONGROOM_C_LIBRARY") {
            let folder = workspace().join(folder);
            return Library { archive: folder.join("libstrongroom.a"), shared: folder.join("libstrongroom.so") };
        }
        // <target>/<profile>/deps/<test>
        let test = std::env::current_exe().expect("a test knows where it is");
        let folder = test.ancestors().nth(2).expect("cargo puts tests two folders below the profile's");
        let profile = match folder.file_name().and_then(|name| name.to_str()) {
            None | Some("debug") => "dev",
            Some(name) => name,
        };
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.current_dir(workspace()).args(["build", "--quiet", "--package", "strongroom-ffi", "--lib", "--profile", profile]);
        run(cargo.args(["--message-format", "json"]).env("CARGO_TARGET_DIR", folder.parent().unwrap_or(folder)), |messages| {
            let named = |start: &str, ends: &[&str]| {
                let mut paths = messages.split('"').filter(|text| ends.iter().any(|end| text.ends_with(end)));
                paths.rfind(|path| Path::new(path).file_name().is_some_and(|name| name.to_string_lossy().starts_with(start)))
            };
            Library {
                archive: named("libstrongroom", &[".a"]).expect("cargo names the archive").into(),
                shared: named("libstrongroom", &[".so", ".dylib"]).expect("cargo names the shared library").into(),
            }
        })
    })
}

/// Builds the program of that name, and says where it is: every source of the folder `tests/c/<name>` or
/// `tests/c/examples/<name>`, or the one source of that name there.
pub(crate) fn program(name: &str) -> PathBuf {
    program_with(name, &[])
}

/// As [`program`], with more flags for the compiler.
pub(crate) fn program_with(name: &str, flags: &[&str]) -> PathBuf {
    let out = scratch().join(Path::new(name).file_name().unwrap_or_default());
    let mut compiler = Command::new(std::env::var_os("CC").unwrap_or_else(|| "cc".into()));
    compiler.args(["-std=c11", "-g"]).args(WARNINGS).arg("-I").arg(workspace().join("c-headers"));
    compiler.args(words("STRONGROOM_C_FLAGS")).args(flags);
    compiler.args(sources_of(name)).arg(&library().archive);
    if cfg!(target_os = "linux") {
        compiler.args(["-lpthread", "-ldl", "-lm"]);
    }
    run(compiler.arg("-o").arg(&out), |_| out.clone())
}

/// The command that runs a program which [`program`] built.
pub(crate) fn command(program: &Path) -> Command {
    let mut words = words("STRONGROOM_C_RUNNER").into_iter();
    let Some(runner) = words.next() else { return Command::new(program) };
    let mut command = Command::new(runner);
    command.args(words).arg(program);
    command
}

fn words(variable: &str) -> Vec<String> {
    std::env::var(variable).unwrap_or_default().split_whitespace().map(str::to_owned).collect()
}

fn sources_of(name: &str) -> Vec<PathBuf> {
    let folder = workspace().join("tests/c");
    let places = [folder.join(name), folder.join("examples").join(name)];
    let found = places.iter().find_map(|place| match place.with_extension("c") {
        _ if place.is_dir() => Some(with_neighbours(sources_in(place), place)),
        file => file.exists().then(|| vec![file]),
    });
    found.unwrap_or_else(|| panic!("tests/c has no program {name}: neither a folder nor a .c file of that name"))
}

/// These sources, and those of the folders beside theirs whose headers they include.
fn with_neighbours(mut sources: Vec<PathBuf>, folder: &Path) -> Vec<PathBuf> {
    let texts: Vec<String> = sources.iter().map(|source| std::fs::read_to_string(source).expect("C is text")).collect();
    let included =
        texts.iter().flat_map(|text| text.lines()).filter_map(|line| line.strip_prefix("#include \"../")?.split('/').next());
    let mut neighbours: Vec<PathBuf> = included.map(|name| folder.with_file_name(name)).collect();
    neighbours.sort();
    neighbours.dedup();
    sources.extend(neighbours.iter().flat_map(|neighbour| sources_in(neighbour)));
    sources
}

/// Every C source in a folder and in the folders below it, in order.
pub(crate) fn sources_in(folder: &Path) -> Vec<PathBuf> {
    let mut sources = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() {
            sources.append(&mut sources_in(&path));
        } else if path.extension().is_some_and(|end| end == "c") {
            sources.push(path);
        }
    }
    sources.sort();
    sources
}

/// A folder of this test alone, in cargo's target folder.
pub(crate) fn scratch() -> PathBuf {
    static NUMBER: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);
    let number = NUMBER.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("c-{}-{number}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("the target folder can be written");
    folder
}

/// Runs a command that has to succeed and reads its output.
pub(crate) fn run<T>(command: &mut Command, read: impl FnOnce(&str) -> T) -> T {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(output.status.success(), "{command:?}: {}\n{}", output.status, String::from_utf8_lossy(&output.stderr));
    read(&String::from_utf8_lossy(&output.stdout))
}
