//! What a program that was built with the header relies on: its constants, its types as the C compiler lays them out, its
//! functions. It is written down in `tests/c/abi-N.txt`, N being the ABI version, and only grows.

#[path = "../../tests/c/compile.rs"]
mod compile;

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::PathBuf;
use std::process::Command;
use strongroom::version::STRONGROOM_ABI_VERSION;

#[test]
fn what_programs_rely_on_only_grows() {
    let kept_in = golden();
    let made = surface();
    let kept = std::fs::read_to_string(&kept_in).unwrap_or_default();
    let (before, now): (BTreeSet<&str>, BTreeSet<&str>) = (kept.lines().collect(), made.lines().collect());
    let gone: Vec<_> = before.difference(&now).collect();
    assert!(
        gone.is_empty(),
        "programs that were built with this ABI version rely on what has changed:\n  {gone:#?}\n\
         undo it, or raise STRONGROOM_ABI_VERSION in ffi/src/version.rs and run: make abi"
    );
    let new: Vec<_> = now.difference(&before).collect();
    if std::env::var_os("STRONGROOM_WRITE_ABI").is_some() {
        std::fs::write(&kept_in, &made).expect("tests/c can be written");
    } else {
        assert!(new.is_empty(), "what is new is not in {}:\n  {new:#?}\nrun: make abi", kept_in.display());
    }
}

#[test]
fn a_member_that_moves_is_seen() {
    let types = types("typedef struct {\n    uint32_t a;\n    uint8_t b[3];\n} strongroom_thing_t;\n");
    assert_eq!(types, [("strongroom_thing_t".to_owned(), vec!["a".to_owned(), "b".to_owned()])]);
    let text = "typedef struct {\n    /**\n     * Words, and words;\n     */\n    int32_t (*read)(void *user,\n                    \
                size_t length);\n    strongroom_thing_t c;\n} strongroom_other_t;\ntypedef union {\n    struct {\n        \
                uint8_t d;\n    } one;\n} strongroom_arguments_t;\n";
    let expected = [("strongroom_other_t", vec!["read", "c"]), ("strongroom_arguments_t", vec!["one.d"])];
    let found = self::types(text);
    assert!(
        found.iter().map(|(name, members)| (name.as_str(), members.iter().map(String::as_str).collect())).eq(expected),
        "{found:?}"
    );
}

#[test]
fn what_no_offset_tells_is_seen() {
    let code = "\n#define STRONGROOM_NO_TIME UINT64_MAX\n#define STRONGROOM_VERSION \"0\"\n#define STRONGROOM_F(a) 1\n\
                typedef uint16_t strongroom_code_t;\n\ntypedef struct {\n    int32_t (*read)(void *user,\n                    \
                size_t length);\n    uint8_t c[3];\n} strongroom_one_t;\n\ntypedef union {\n    struct {\n        uint8_t d;\n        \
                int8_t e;\n    } verb;\n    uint64_t reserved[2];\n} strongroom_two_t;\n";
    assert_eq!(constants(code), ["STRONGROOM_NO_TIME UINT64_MAX"]);
    assert_eq!(aliases(code), ["typedef uint16_t strongroom_code_t;"]);
    let expected = [
        "strongroom_one_t: int32_t (*read)(void *user, size_t length)",
        "strongroom_one_t: uint8_t c[3]",
        "strongroom_two_t.verb: uint8_t d",
        "strongroom_two_t.verb: int8_t e",
        "strongroom_two_t: uint64_t reserved[2]",
    ];
    assert_eq!(declarations(code), expected);
}

fn golden() -> PathBuf {
    compile::workspace().join(format!("tests/c/abi-{STRONGROOM_ABI_VERSION}.txt"))
}

/// A line for each thing that can be relied on.
fn surface() -> String {
    let header = std::fs::read_to_string(compile::workspace().join("c-headers/strongroom.h")).expect("the header is there");
    let code = without_comments(&header);
    let mut lines: Vec<String> = constants(&code);
    lines.extend(aliases(&code));
    lines.extend(layouts(&types(&code)));
    lines.extend(declarations(&code));
    lines.extend(functions(&code));
    lines.join("\n") + "\n"
}

/// Every number that has a name. Texts, and the version, may change.
fn constants(code: &str) -> Vec<String> {
    let defined = code.lines().filter_map(|line| line.trim_end().strip_prefix("#define STRONGROOM_")?.split_once(' '));
    let numbers = defined.filter(|(name, value)| {
        !name.contains('(') && !name.starts_with("VERSION") && value.starts_with(|first: char| first.is_ascii_alphanumeric())
    });
    numbers.map(|(name, value)| format!("STRONGROOM_{name} {value}")).collect()
}

/// Every other name of a type.
fn aliases(code: &str) -> Vec<String> {
    let aliases = code.lines().filter(|line| line.starts_with("typedef ") && line.ends_with(';'));
    aliases.map(str::to_owned).collect()
}

/// Every member as it is declared: a callback's parameters, and whether a number has a sign, are in no offset.
fn declarations(code: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for block in code.split("\ntypedef ").filter(|block| block.starts_with("struct {") || block.starts_with("union {")) {
        let Some((body, rest)) = block.split_once("\n} ") else { continue };
        let name = rest.split(';').next().unwrap_or_default();
        let mut nested: Option<Vec<String>> = None;
        for statement in body.split_once('{').map_or("", |(_, members)| members).split(';') {
            let mut statement = statement.split_whitespace().collect::<Vec<_>>().join(" ");
            if let Some(member) = statement.strip_prefix("} ") {
                lines.extend(nested.take().into_iter().flatten().map(|declared| format!("{name}.{member}: {declared}")));
                continue;
            }
            if let Some(first) = statement.strip_prefix("struct { ") {
                (nested, statement) = (Some(Vec::new()), first.to_owned());
            }
            match &mut nested {
                Some(members) => members.push(statement),
                None if statement.is_empty() => {}
                None => lines.push(format!("{name}: {statement}")),
            }
        }
    }
    lines
}

/// Every type with its members, those of the union's members included.
fn types(code: &str) -> Vec<(String, Vec<String>)> {
    let code = without_comments(code);
    let mut types = Vec::new();
    let mut members: Vec<String> = Vec::new();
    let (mut inside, mut nested) = (false, 0);
    for line in code.lines() {
        let depth = line.len() - line.trim_start().len();
        if line.starts_with("typedef struct {") || line.starts_with("typedef union {") {
            (inside, nested, members) = (true, 0, Vec::new());
        } else if let (true, Some(name)) = (inside, line.strip_prefix("} ").and_then(|rest| rest.strip_suffix(';'))) {
            types.push((name.to_owned(), std::mem::take(&mut members)));
            inside = false;
        } else if inside && line.trim() == "struct {" {
            nested = members.len();
        } else if let (true, Some(name)) = (inside, line.trim().strip_prefix("} ").and_then(|rest| rest.strip_suffix(';'))) {
            members[nested..].iter_mut().for_each(|member| *member = format!("{name}.{member}"));
        } else if inside && matches!(depth, 4 | 8) {
            members.extend(member(line.trim()));
        }
    }
    types
}

/// The name that a line declares.
fn member(line: &str) -> Option<String> {
    if let Some((_, rest)) = line.split_once("(*") {
        return rest.split(')').next().map(str::to_owned);
    }
    let declared = line.strip_suffix(';')?.split('[').next()?;
    Some(declared.rsplit([' ', '*']).next()?.to_owned())
}

/// Where the C compiler puts them.
fn layouts(types: &[(String, Vec<String>)]) -> Vec<String> {
    let mut program = String::from("#include \"strongroom.h\"\n#include <stdio.h>\nint main(void)\n{\n");
    for (name, members) in types {
        writeln!(program, "    printf(\"{name} %zu\\n\", sizeof({name}));").unwrap();
        for member in members {
            let size = format!("sizeof((({name} *)0)->{member})");
            writeln!(program, "    printf(\"{name}.{member} %zu %zu\\n\", offsetof({name}, {member}), {size});").unwrap();
        }
    }
    program.push_str("    return 0;\n}\n");
    let folder = compile::scratch();
    let (source, out) = (folder.join("layout.c"), folder.join("layout"));
    std::fs::write(&source, program).expect("the target folder can be written");
    let mut compiler = Command::new(std::env::var_os("CC").unwrap_or_else(|| "cc".into()));
    compiler.args(["-std=c11"]).args(compile::WARNINGS).arg("-I").arg(compile::workspace().join("c-headers"));
    compile::run(compiler.arg(&source).arg("-o").arg(&out), |_| ());
    compile::run(&mut Command::new(out), |told| told.lines().map(str::to_owned).collect())
}

/// Every declaration of a function, on one line.
fn functions(code: &str) -> Vec<String> {
    let (_, after) = code.split_once("extern \"C\" {").expect("functions come after extern \"C\"");
    let lines: Vec<&str> = after.lines().filter(|line| !line.starts_with('#')).collect();
    let statements = lines.join(" ").replace(" STRONGROOM_NORETURN", "");
    let declarations = statements.split(';').map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
    declarations.filter(|text| text.ends_with(')') && text.contains("strongroom_") && !text.contains("STRONGROOM_")).collect()
}

fn without_comments(text: &str) -> String {
    let mut parts = text.split("/*");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |kept, part| kept + part.split_once("*/").map_or("", |(_, code)| code))
}
