//! Makes the C header: functions and types from the sources by cbindgen, constants from the core's
//! own tables.

// Said in full, since a test takes this file in from another folder.
#[path = "generate/arguments.rs"]
mod arguments;
#[path = "generate/constants.rs"]
mod constants;

use std::fmt::Write;
use std::path::Path;
use strongroom::command::{Command, With};
use strongroom::console::Lookup;
use strongroom::engine::{Decision, StepStorage};
use strongroom::frame::{Envelope, Start};
use strongroom::guard::GuardStorage;
use strongroom::guard::event::Event;
use strongroom::journal::{Fault, Mounted};
use strongroom::lease::{Account, Evidence, Lease};
use strongroom::policy::Numbers;
use strongroom::reading::{Outcome, ParserStorage};
use strongroom::record::TreeStorage;
use strongroom::request::{Exclusion, Request};
use strongroom::storage::{EngineStorage, STRONGROOM_STORAGE_WORDS};
use strongroom::support::Route;
use strongroom::terms::{Device, Principal, Reading, Statement, Terms};
use strongroom::{Consulted, Effect, Reply, checkpoint, record};

/// The sources that the header comes from, in the header's order.
const SOURCES: &[&str] = &[
    "version",
    "error",
    "terms",
    "shape",
    "command",
    "storage",
    "journal",
    "engine",
    "query",
    "lease",
    "request",
    "outbox",
    "log",
    "record",
    "checkpoint",
    "frame",
    "policy",
    "support",
    "guard",
    "guard/sink",
    "guard/event",
    "guard/typed",
    "guard/poll",
    "reading",
    "console",
    "name",
    "name/word",
    "name/device",
    "bare_metal",
];

/// The whole header.
pub(crate) fn header() -> String {
    let crate_dir = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut config = cbindgen::Config::from_file(crate_dir.join("cbindgen.toml")).expect("ffi/cbindgen.toml is sound");
    config.after_includes = Some(constants::all());
    config.trailer = Some(assertions());
    let mut builder = cbindgen::Builder::new().with_config(config);
    builder = builder.with_src(crate_dir.join("examples/header/stand_in.rs"));
    for source in SOURCES {
        builder = builder.with_src(crate_dir.join("src").join(source).with_extension("rs"));
    }
    let mut header = Vec::new();
    builder.generate().expect("cbindgen reads ffi/src").write(&mut header);
    let header = String::from_utf8(header).expect("the header is UTF-8");
    readable(&arguments::put_in_place(&header))
}

/// Headings of rustdoc as C programmers write them, and comments of one line on one line.
fn readable(header: &str) -> String {
    let header = header.replace(" * # Errors\n *\n", " * Errors:\n").replace(" * # Safety\n *\n", " * Pointers:\n");
    let mut lines: Vec<String> = Vec::new();
    for line in header.lines().map(str::trim_end) {
        let before = lines.len().checked_sub(2).map(|place| lines[place].clone());
        match before {
            Some(open) if line.trim() == "*/" && open.trim() == "/**" => {
                let text = lines.pop().unwrap_or_default();
                lines.pop();
                lines.push(format!("{} {} */", open, text.trim().trim_start_matches("* ")));
            }
            _ if line.is_empty() && lines.last().is_some_and(String::is_empty) => {}
            _ => lines.push(line.to_owned()),
        }
    }
    lines.join("\n") + "\n"
}

/// Sizes and alignments as the library was built, checked again by the C compiler.
fn assertions() -> String {
    let mut text = String::from(
        "\n/* What this compiler makes of the types is what the library was built with. */\n\
         #if defined(__cplusplus)\n\
         #define STRONGROOM_ASSERT(name, condition) static_assert(condition, #name)\n\
         #define STRONGROOM_MEMBER(member) static_cast<strongroom_arguments_t *>(nullptr)->member\n\
         #elif defined(__STDC_VERSION__) && __STDC_VERSION__ >= 201112L\n\
         #define STRONGROOM_ASSERT(name, condition) _Static_assert(condition, #name)\n\
         #else\n\
         #define STRONGROOM_ASSERT(name, condition) typedef char strongroom_assert_##name[(condition) ? 1 : -1]\n\
         #endif\n\
         #ifndef __cplusplus\n\
         #define STRONGROOM_MEMBER(member) ((strongroom_arguments_t *)0)->member\n\
         #endif\n\n\
         /* On 32-bit x86 a 64-bit number lies on 4 bytes, in the library too. Where this fails, the header is included inside a\n\
         \x20* `#pragma pack`, or an option of the compiler packs or aligns structs: the library would read other bytes. */\n\
         #if defined(__i386__) && !defined(_WIN32)\n\
         struct strongroom_number { char bytes[4]; };\n\
         #else\n\
         struct strongroom_number { char bytes[8]; };\n\
         #endif\n\
         struct strongroom_align_number { char byte; uint64_t value; };\n\
         STRONGROOM_ASSERT(structs_are_packed_or_aligned_otherwise,\n                  \
         offsetof(struct strongroom_align_number, value) == sizeof(struct strongroom_number));\n\
         #define STRONGROOM_LAYOUT(name, condition) STRONGROOM_ASSERT(name, condition)\n\
         #define STRONGROOM_LAYOUT_64(name, condition) \\\n    \
         STRONGROOM_ASSERT(name, sizeof(struct strongroom_number) != 8 || (condition))\n\n",
    );
    // Those with pointers are as large as the target makes them: of these the order alone is checked.
    let types = [
        row::<EngineStorage>("engine"),
        row::<StepStorage>("step"),
        row::<TreeStorage>("tree"),
        row::<Principal>("principal"),
        row::<Device>("device"),
        row::<Statement>("statement"),
        row::<Terms>("terms"),
        row::<Reading>("reading"),
        row::<With>("arguments"),
        row::<Command>("command"),
        row::<Reply>("reply"),
        row::<Decision>("decision"),
        row::<Consulted>("consulted"),
        row::<Effect>("effect"),
        row::<Lease>("lease"),
        row::<Evidence>("evidence"),
        row::<Account>("account"),
        row::<Request>("request"),
        row::<Exclusion>("exclusion"),
        row::<Mounted>("mounted"),
        row::<Fault>("fault"),
        row::<record::Record>("record"),
        row::<checkpoint::Checkpoint>("checkpoint"),
        row::<Numbers>("policy"),
        row::<Start>("start"),
        row::<Envelope>("envelope"),
        row::<Route>("route"),
        row::<GuardStorage>("guard"),
        row::<Event>("event"),
        row::<ParserStorage>("parser"),
        row::<Outcome>("outcome"),
        row::<Lookup>("lookup"),
    ];
    assert_eq!(size_of::<EngineStorage>(), STRONGROOM_STORAGE_WORDS * 8);
    for (name, size, align) in types {
        // C99 has no word for an alignment: it is the offset behind a single byte.
        writeln!(text, "struct strongroom_align_{name} {{ char byte; strongroom_{name}_t value; }};").unwrap();
        let layout = if align == align_of::<u64>() { "STRONGROOM_LAYOUT_64" } else { "STRONGROOM_LAYOUT" };
        writeln!(text, "{layout}({name}_size, sizeof(strongroom_{name}_t) == {size});").unwrap();
        let offset = format!("offsetof(struct strongroom_align_{name}, value)");
        writeln!(text, "{layout}({name}_alignment, {offset} == {align});").unwrap();
    }
    text.push_str(&arguments::assertions());
    text.push_str(
        "\n#undef STRONGROOM_LAYOUT_64\n#undef STRONGROOM_LAYOUT\n#undef STRONGROOM_MEMBER\n#undef STRONGROOM_ASSERT\n\n#endif /* STRONGROOM_H */\n",
    );
    text
}

fn row<T>(name: &'static str) -> (&'static str, usize, usize) {
    (name, size_of::<T>(), align_of::<T>())
}
