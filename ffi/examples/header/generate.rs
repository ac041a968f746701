//! Makes the C header: functions and types from the sources by cbindgen, constants from the core's
//! own tables.

use super::arguments;
use std::fmt::Write;
use std::path::Path;
use strongroom::command::{Command, With};
use strongroom::engine::{Decision, StepStorage};
use strongroom::frame::{Envelope, Start};
use strongroom::journal::{Fault, Mounted};
use strongroom::query::{Account, Evidence, Exclusion, Lease, Request};
use strongroom::record::TreeStorage;
use strongroom::storage::{EngineStorage, STRONGROOM_STORAGE_WORDS};
use strongroom::terms::{Device, Principal, Reading, Statement, Terms};
use strongroom::{Consulted, Effect, Error, Reply, checkpoint, record};
use strongroom_core::lease::sensing;
use strongroom_core::outbox::{Kind, Notice};
use strongroom_core::{Deployment, Health, LogName, Main, Record, Rule, Status, Verb, journal, wire};

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
    "outbox",
    "log",
    "record",
    "checkpoint",
    "frame",
    "policy",
    "name",
];

/// The whole header.
pub(crate) fn header() -> String {
    let crate_dir = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut config = cbindgen::Config::from_file(crate_dir.join("cbindgen.toml")).expect("ffi/cbindgen.toml is sound");
    config.after_includes = Some(constants());
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

fn constants() -> String {
    let mut text = String::new();
    let out = &mut text;
    heading(out, "The header's version; the library's is strongroom_version().");
    define(out, "VERSION_MAJOR", env!("CARGO_PKG_VERSION_MAJOR"), "");
    define(out, "VERSION_MINOR", env!("CARGO_PKG_VERSION_MINOR"), "");
    define(out, "VERSION_PATCH", env!("CARGO_PKG_VERSION_PATCH"), "");
    define(out, "VERSION", concat!("\"", env!("CARGO_PKG_VERSION"), "\""), "");

    heading(out, "Sizes, in bytes.");
    define(out, "STORAGE_SIZE", size_of::<EngineStorage>(), "an engine");
    define(out, "STORAGE_ALIGNMENT", align_of::<EngineStorage>(), "an engine");
    define(out, "MAX_FRAME", wire::MAX_FRAME, "the longest frame, its final zero included");
    define(out, "RECORD_SIZE", Record::SIZE, "a record of a log");
    define(out, "DIGEST_SIZE", size_of::<strongroom_core::Digest>(), "SHA-256");
    define(out, "MEDIUM_BLOCK", journal::BLOCK, "what is written to a medium at once");
    define(out, "SENSE_COMMANDS", sensing::ACTIONS, "commands that a reading calls for at most");
    define(out, "NONCE_SIZE", size_of::<strongroom_core::Id>(), "the challenge for a destruction");

    heading(out, "Storage as it has to be before its first use: strongroom_engine_t engine = STRONGROOM_STORAGE_INIT;");
    define(out, "STORAGE_INIT", "{ { 0 } }", "");
    define(out, "STEP_INIT", "{ { 0 } }", "a step's");
    define(out, "TREE_INIT", "{ { 0 } }", "a tree's");

    heading(out, "What functions return.");
    define(out, "OK", 0, "no error");
    for error in Error::ALL {
        define(out, &format!("ERROR_{}", screaming(error.name())), *error as u16, error.text());
    }

    heading(out, "The two logs.");
    define(out, "LOG_TENANT", LogName::Tenant as u8, "names who did what; erased when the lease ends");
    define(out, "LOG_LIFECYCLE", LogName::Lifecycle as u8, "holds nothing that names a tenant; survives");

    heading(out, "Where the core runs.");
    define(out, "DEPLOYMENT_FIRMWARE", Deployment::Firmware as u8, "in the device's firmware");
    define(out, "DEPLOYMENT_BOARD", Deployment::Board as u8, "on a board beside the device");

    heading(out, "Where a lease stands.");
    for state in Main::ALL {
        define(out, &format!("STATE_{}", state.name()), *state as u8, "");
    }

    heading(out, "How a device is doing.");
    for health in Health::ALL {
        define(out, &format!("HEALTH_{}", screaming(health.name())), *health as u8, "");
    }

    heading(out, "How far a request has come; also STRONGROOM_STATUS_NONE.");
    for status in Status::ALL {
        define(out, &format!("STATUS_{}", screaming(status.name())), *status as u8, "");
    }

    heading(out, "What has to be done.");
    for kind in Kind::ALL {
        let about = if kind.concerns_request() { "about a request" } else { "about the device" };
        define(out, &format!("EFFECT_{}", kind.name().to_uppercase()), *kind as u8, about);
    }

    heading(out, "What a notice to the customer is about, a bit each.");
    define(out, "NOTICE_TAMPER", Notice::TAMPER, "a tamper");
    define(out, "NOTICE_HEALTH", Notice::HEALTH, "an alert about the device's health began or ended");
    define(out, "NOTICE_LEASE", Notice::LEASE, "the lease moved");
    define(out, "NOTICE_ZEROIZATION", Notice::ZEROIZATION, "a destruction began or was proved");
    define(out, "NOTICE_FAILURE", Notice::FAILURE, "the device failed");
    define(out, "NOTICE_EXCLUSION", Notice::EXCLUSION, "an access outside the lockbox, or its review overdue");
    define(out, "NOTICE_SILENCE", Notice::SILENCE, "the device does not answer, which may be a tamper");

    heading(out, "What can be asked or reported.");
    for verb in Verb::ALL {
        define(out, &format!("VERB_{}", verb.name().to_uppercase()), verb.code(), &verb.arguments().join(", "));
    }

    heading(out, "Rules: what allowed or refused a step, with the rows of the requirements.");
    for rule in Rule::ALL {
        let text = format!("{} [{}]", rule.text(), rule.rows().join(" "));
        define(out, &format!("RULE_{}", screaming(rule.name())), rule.code(), &text);
    }
    text
}

/// Sizes and alignments as the library was built, checked again by the C compiler.
fn assertions() -> String {
    let mut text = String::from(
        "\n/* What this compiler makes of the types is what the library was built with. */\n\
         #if defined(__cplusplus)\n\
         #define STRONGROOM_ASSERT(name, condition) static_assert(condition, #name)\n\
         #elif defined(__STDC_VERSION__) && __STDC_VERSION__ >= 201112L\n\
         #define STRONGROOM_ASSERT(name, condition) _Static_assert(condition, #name)\n\
         #else\n\
         #define STRONGROOM_ASSERT(name, condition) typedef char strongroom_assert_##name[(condition) ? 1 : -1]\n\
         #endif\n\n",
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
        row::<Start>("start"),
        row::<Envelope>("envelope"),
    ];
    assert_eq!(size_of::<EngineStorage>(), STRONGROOM_STORAGE_WORDS * 8);
    for (name, size, align) in types {
        // C99 has no word for an alignment: it is the offset behind a single byte.
        writeln!(text, "struct strongroom_align_{name} {{ char byte; strongroom_{name}_t value; }};").unwrap();
        writeln!(text, "STRONGROOM_ASSERT({name}_size, sizeof(strongroom_{name}_t) == {size});").unwrap();
        let offset = format!("offsetof(struct strongroom_align_{name}, value)");
        writeln!(text, "STRONGROOM_ASSERT({name}_alignment, {offset} == {align});").unwrap();
    }
    text.push_str(&arguments::assertions());
    text.push_str("\n#undef STRONGROOM_ASSERT\n\n#endif /* STRONGROOM_H */\n");
    text
}

fn row<T>(name: &'static str) -> (&'static str, usize, usize) {
    (name, size_of::<T>(), align_of::<T>())
}

fn heading(out: &mut String, text: &str) {
    writeln!(out, "\n/* {text} */").unwrap();
}

fn define(out: &mut String, name: &str, value: impl std::fmt::Display, about: &str) {
    let line = format!("#define STRONGROOM_{name} {value}");
    if about.is_empty() { writeln!(out, "{line}") } else { writeln!(out, "{line} /* {about} */") }.unwrap();
}

/// `RoleMayNot` as `ROLE_MAY_NOT`; a name in capitals and digits stays as it is.
fn screaming(name: &str) -> String {
    let mut out = String::new();
    let mut before_is_lower = false;
    for character in name.chars() {
        if character.is_ascii_uppercase() && before_is_lower {
            out.push('_');
        }
        before_is_lower = character.is_ascii_lowercase();
        out.push(character.to_ascii_uppercase());
    }
    out
}
