//! The header that is checked in is the one that the sources make, and every C compiler takes it.

#[path = "../../tests/c/compile.rs"]
mod compile;
#[path = "../examples/header/generate.rs"]
mod generate;

use std::collections::BTreeSet;
use std::io::Write;
use std::process::{Command, Stdio};

fn checked_in() -> String {
    std::fs::read_to_string(compile::workspace().join("c-headers/strongroom.h")).unwrap_or_default()
}

#[test]
fn the_header_is_what_the_sources_make() {
    let (made, kept) = (generate::header(), checked_in());
    let line = made.lines().zip(kept.lines()).take_while(|(made, kept)| made == kept).count();
    assert!(
        made == kept,
        "c-headers/strongroom.h is not what the sources make, from line {}:\n  kept: {}\n  made: {}\nrun: make headers\n\
         that is: cargo run -q -p strongroom-ffi --example header > c-headers/strongroom.h.new && mv c-headers/strongroom.h.new c-headers/strongroom.h",
        line + 1,
        kept.lines().nth(line).unwrap_or("(its end)"),
        made.lines().nth(line).unwrap_or("(its end)"),
    );
}

/// Beginnings of constants of which each has a number of its own.
const KINDS: &[&str] = &[
    "RULE",
    "ERROR",
    "STATE",
    "STATUS",
    "VERB",
    "EFFECT",
    "HEALTH",
    "LOG",
    "FRAME",
    "VERDICT",
    "NOTICE",
    "ROLE",
    "PARTY",
    "SUBJECT",
    "SCOPE",
    "PERMISSION",
    "JIT",
    "EXCLUSION",
    "PLAN",
    "REGISTRATION",
    "EXECUTION",
    "MEMBERSHIP",
    "CAUSE",
    "EVIDENCE",
    "COMPONENT",
    "TAMPER",
    "LEVEL",
    "SERVICE",
    "ISSUE",
    "CONTACT",
    "REACH",
    "MODE",
    "SESSION",
    "EVENT",
    "CONFIRMATION",
    "ANSWER",
    "FOUND",
    "ARGUMENTS",
    "DEVICE_ROLE",
    "POLICY",
    "SSH_TEST",
];

#[test]
fn every_constant_has_one_value_and_no_number_two_names() {
    let header = checked_in();
    let defined: Vec<(&str, &str)> = header
        .lines()
        .filter_map(|line| line.strip_prefix("#define ")?.split_once(' '))
        .map(|(name, value)| (name, value.split(" /*").next().unwrap_or(value)))
        .filter(|(name, _)| !name.contains('('))
        .collect();
    let names: BTreeSet<&str> = defined.iter().map(|(name, _)| *name).collect();
    assert_eq!(names.len(), defined.len());
    for kind in KINDS {
        let prefix = format!("STRONGROOM_{kind}_");
        let values: Vec<&str> = defined.iter().filter(|(name, _)| name.starts_with(&prefix)).map(|(_, value)| *value).collect();
        assert!(!values.is_empty(), "no {prefix}*");
        assert_eq!(values.iter().collect::<BTreeSet<_>>().len(), values.len(), "{prefix}* has a number twice");
    }
}

#[test]
fn the_header_speaks_of_no_constant_that_it_does_not_define() {
    let header = checked_in();
    let defined: BTreeSet<&str> =
        header.lines().filter_map(|line| line.strip_prefix("#define ")?.split([' ', '(']).next()).collect();
    let is_name = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    for (start, _) in header.match_indices("STRONGROOM_") {
        let rest = &header[start..];
        let name = &rest[..rest.find(|c| !is_name(c)).unwrap_or(rest.len())];
        let is_family = rest[name.len()..].starts_with('*');
        let is_there = if is_family { defined.iter().any(|other| other.starts_with(name)) } else { defined.contains(name) };
        assert!(is_there || name == "STRONGROOM_H", "{name} is not defined: line {}", header[..start].lines().count());
    }
}

/// A compiler with the flags for a target.
type Compiler = (&'static str, &'static [&'static str]);

/// For one word of 64 bits, for one of 32, and for bare metal. With neither a C library nor its headers: those for another
/// target than this machine's need not be there.
const C: &[Compiler] = &[
    ("gcc", &[]),
    ("clang", &[]),
    ("gcc", &["-m32", "-ffreestanding"]),
    ("clang", &["-m32", "-ffreestanding"]),
    ("arm-none-eabi-gcc", &["-mcpu=cortex-m3", "-mthumb", "-ffreestanding"]),
];
const CXX: &[Compiler] = &[
    ("g++", &[]),
    ("clang++", &[]),
    ("g++", &["-m32", "-ffreestanding"]),
    ("clang++", &["-m32", "-ffreestanding"]),
    ("arm-none-eabi-g++", &["-mcpu=cortex-m3", "-mthumb", "-ffreestanding"]),
];

#[test]
fn the_header_compiles_alone_and_twice_in_every_language_for_every_target() {
    for (language, standards, compilers) in [("c", ["c99", "c11", "c17"].as_slice(), C), ("c++", ["c++17"].as_slice(), CXX)] {
        let mut tried = 0;
        for (compiler, target) in compilers {
            if !is_there(compiler) {
                leave_out(compiler);
                continue;
            }
            for standard in standards {
                compile_header(compiler, target, language, standard);
                tried += 1;
            }
        }
        assert!(tried > 0, "no compiler for {language}: install gcc or clang");
    }
}

fn compile_header(compiler: &str, target: &[&str], language: &str, standard: &str) {
    let mut command = Command::new(compiler);
    command.args(target).args(["-x", language, "-fsyntax-only", "-"]).arg(format!("-std={standard}")).args(compile::WARNINGS);
    if language == "c++" {
        command.args(CPLUSPLUS_WARNINGS);
    }
    command.arg("-I").arg(compile::workspace().join("c-headers"));
    let mut child = command.stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the compiler starts");
    let program = b"#include \"strongroom.h\"\n#include \"strongroom.h\"\n\
                    extern strongroom_engine_t engine;\nstrongroom_engine_t engine = STRONGROOM_STORAGE_INIT;\n";
    child.stdin.take().expect("it is piped").write_all(program).expect("the compiler reads");
    let output = child.wait_with_output().expect("the compiler ends");
    assert!(output.status.success(), "{command:?}:\n{}", String::from_utf8_lossy(&output.stderr));
}

/// Says so past the test's captured output, or fails where nothing may be left out.
fn leave_out(compiler: &str) {
    let package = match compiler {
        "gcc" | "clang" | "g++" => compiler,
        "clang++" => "clang",
        _ => "gcc-arm-none-eabi",
    };
    let required = std::env::var_os("STRONGROOM_REQUIRE_ALL").is_some_and(|value| value == "1");
    assert!(!required, "no {compiler} for the header: apt-get install {package}");
    let said = format!("\n*** LEFT OUT: the header with {compiler}, for want of it: apt-get install {package} ***\n\n");
    std::io::stderr().write_all(said.as_bytes()).expect("standard error is open");
}

#[test]
fn the_header_compiles_for_every_target_that_a_compiler_is_there_for() {
    let mut tried = Vec::new();
    for (compiler, target) in [
        ("gcc", "-m64"),
        ("gcc", "-m32"),
        ("clang", "--target=i686-linux-gnu"),
        ("clang", "--target=armv7m-none-eabi"),
        ("clang", "--target=riscv32-none-elf"),
        ("clang", "--target=x86_64-pc-windows-msvc"),
        ("clang", "--target=i686-pc-windows-msvc"),
        ("arm-none-eabi-gcc", "-mcpu=cortex-m3"),
        ("arm-none-eabi-gcc", "-fshort-enums"),
    ] {
        if is_there(compiler) {
            let (compiles, told) = compiles(compiler, &[target, "-ffreestanding", "-std=c99"]);
            assert!(compiles, "{compiler} {target}:\n{told}");
            tried.push(target);
        }
    }
    assert!(tried.contains(&"-m32") || tried.contains(&"--target=i686-linux-gnu"), "install gcc or clang: {tried:?}");
}

#[test]
fn packed_structs_do_not_compile() {
    let compiler = ["gcc", "clang"].into_iter().find(|compiler| is_there(compiler)).expect("install gcc or clang");
    for pack in ["-fpack-struct", "-fpack-struct=2", "-fpack-struct=4"] {
        let (compiles, told) = compiles(compiler, &[pack]);
        assert!(!compiles && told.contains("structs_are_packed_or_aligned_otherwise"), "{pack}: {told}");
    }
}

/// Whether a C compiler takes the header with these options, and what it says.
fn compiles(compiler: &str, options: &[&str]) -> (bool, String) {
    let mut command = Command::new(compiler);
    command.args(["-x", "c", "-fsyntax-only"]).args(options).args(compile::WARNINGS);
    let output = command.arg(compile::workspace().join("c-headers/strongroom.h")).output().expect("the compiler starts");
    (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
}

/// What C++ programs are often built with besides.
const CPLUSPLUS_WARNINGS: &[&str] = &["-Wold-style-cast", "-Wzero-as-null-pointer-constant", "-Wshadow"];

#[test]
fn a_program_in_cplusplus_runs() {
    for compiler in ["g++", "clang++"].into_iter().filter(|compiler| is_there(compiler)) {
        let program = compile::scratch().join("cplusplus");
        let mut command = Command::new(compiler);
        command.arg("-std=c++17").args(compile::WARNINGS).args(CPLUSPLUS_WARNINGS);
        command.arg("-I").arg(compile::workspace().join("c-headers")).arg(compile::workspace().join("tests/c/cplusplus.cpp"));
        command.arg(&compile::library().archive);
        if cfg!(target_os = "linux") {
            command.args(["-lpthread", "-ldl", "-lm"]);
        }
        compile::run(command.arg("-o").arg(&program), |_| ());
        let told = compile::run(&mut Command::new(program), str::to_owned);
        assert_eq!(told, format!("T01 {}\n", env!("CARGO_PKG_VERSION")));
    }
}

fn is_there(compiler: &str) -> bool {
    Command::new(compiler).arg("--version").output().is_ok_and(|output| output.status.success())
}

#[test]
fn what_is_declared_is_exported_and_called() {
    let header = without_comments(&checked_in());
    let brought = brought(&header);
    let declared = &calls(&header) - &brought;
    assert!(declared.len() > 25, "{declared:?}");

    let library = compile::library();
    // Not by nm, which leaves the reading of optimized objects to whatever LLVM is installed.
    for (table, path) in [("--syms", &library.archive), ("--dyn-syms", &library.shared)] {
        let exported: BTreeSet<String> = compile::run(Command::new("readelf").args(["-W", table]).arg(path), |symbols| {
            symbols.lines().filter_map(exported).map(str::to_owned).collect()
        });
        // A static library has what it is made of besides; a shared one exports nothing else.
        let is_ours = |name: &&String| table == "--dyn-syms" || name.starts_with("strongroom_");
        let ours: BTreeSet<String> = exported.iter().filter(is_ours).cloned().collect();
        assert_eq!(declared, ours, "declared in the header, exported by {}", path.display());
    }

    let mut called = BTreeSet::new();
    for path in compile::sources_in(&compile::workspace().join("tests/c")) {
        called.extend(calls(&without_comments(&std::fs::read_to_string(path).expect("a C program is text"))));
    }
    assert_eq!(declared, &called - &brought, "declared in the header, called in tests/c/**/*.c");

    let firmware = std::fs::read_to_string(compile::workspace().join("tests/c/firmware/main.c")).expect("the firmware is there");
    let defined = brought.iter().filter(|name| firmware.contains(&format!("void {name}(void)\n{{"))).cloned().collect();
    assert_eq!(brought, defined, "what the program brings, defined in tests/c/firmware/main.c");
    assert_eq!(brought.len(), 1, "{brought:?}");
}

/// What the library calls of the program's own: the header declares it with `extern`.
fn brought(header: &str) -> BTreeSet<String> {
    header.lines().filter(|line| line.starts_with("extern ") && line.contains('(')).flat_map(calls).collect()
}

#[test]
fn the_api_test_names_every_error() {
    let sources = compile::sources_in(&compile::workspace().join("tests/c/api"));
    let test: String = sources.iter().map(|path| std::fs::read_to_string(path).expect("a C program is text")).collect();
    let header = checked_in();
    for name in header.lines().filter_map(|line| line.strip_prefix("#define ")?.split(' ').next()) {
        let named = |name: &str| test.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').any(|word| word == name);
        assert!(!name.starts_with("STRONGROOM_ERROR_") || named(name), "tests/c/api does not provoke {name}");
    }
}

/// The function or variable that a line of readelf's table exports: `number: value size type binding visibility section name`.
fn exported(line: &str) -> Option<&str> {
    let columns: Vec<&str> = line.split_whitespace().collect();
    match columns.as_slice() {
        [_, _, _, "FUNC" | "OBJECT" | "TLS", "GLOBAL" | "WEAK", "DEFAULT", section, name] if *section != "UND" => Some(name),
        _ => None,
    }
}

/// The names `strongroom_*` that stand before a parenthesis.
fn calls(text: &str) -> BTreeSet<String> {
    text.split('(')
        .filter_map(|before| before.rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '_').next())
        .filter(|name| name.starts_with("strongroom_") && !name.starts_with("strongroom_assert_") && !name.ends_with("_t"))
        .map(str::to_owned)
        .collect()
}

fn without_comments(text: &str) -> String {
    let mut parts = text.split("/*");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |kept, part| kept + part.split_once("*/").map_or("", |(_, code)| code))
}
