"""Writes all mutants into a copy of the core, and leaves out those that the compiler refuses."""

import json, re, shutil, subprocess, sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
SRC = Path(sys.argv[1])          # a clone that may be changed
OUT = Path(sys.argv[2])
TOOL = sys.argv[3]
ORIGINAL = OUT / "core-src"
BUILD = ["cargo", "test", "--no-run", "--lib", "--test", "together", "--offline", "--locked", "--profile", "mutants", "-p", "strongroom-core",
         "--features", "journal,ed25519,board", "--message-format=json"]
MODULE = '''
/// Which mutant is on.
#[doc(hidden)]
#[allow(missing_docs, clippy::all)]
pub mod mutant {
    extern crate std;
    use std::{io::Write, string::String, sync::OnceLock, sync::atomic::{AtomicBool, AtomicU32, Ordering::Relaxed}};
    const UNREAD: u32 = u32::MAX;
    const NONE: u32 = u32::MAX - 1;
    static ON: AtomicU32 = AtomicU32::new(UNREAD);
    static COVER: OnceLock<Option<String>> = OnceLock::new();
    static SEEN: [AtomicBool; 8192] = [const { AtomicBool::new(false) }; 8192];
    #[inline]
    pub fn on(number: u32) -> bool {
        let on = ON.load(Relaxed);
        on == number || (on >= NONE && ask(number, on))
    }
    #[cold]
    fn ask(number: u32, mut on: u32) -> bool {
        if on == UNREAD {
            on = std::env::var("MUTANT").ok().and_then(|n| n.parse().ok()).unwrap_or(NONE);
            ON.store(on, Relaxed);
        }
        if on == NONE && !SEEN[number as usize].swap(true, Relaxed) { cover(number); }
        on == number
    }
    fn cover(number: u32) {
        if let Some(path) = COVER.get_or_init(|| std::env::var("MUTANT_COVER").ok()) {
            if let Ok(mut file) = std::fs::OpenOptions::new().append(true).create(true).open(path) {
                let _ = writeln!(file, "{number}");
            }
        }
    }
}
'''


def main():
    mutants = json.loads((OUT / "list.json").read_text())
    if not ORIGINAL.exists():
        shutil.copytree(SRC / "core/src", ORIGINAL)
    dropped, constant = {}, set()
    if (OUT / "dropped.json").exists():
        dropped = {int(k): v for k, v in json.loads((OUT / "dropped.json").read_text()).items()}
        constant = set((OUT / "constant").read_text().split())
    while True:
        shutil.rmtree(SRC / "core/src")
        shutil.copytree(ORIGINAL, SRC / "core/src")
        manifest = SRC / "core/Cargo.toml"
        manifest.write_text(manifest.read_text().split("[lints.")[0])
        lib = SRC / "core/src/lib.rs"
        lib.write_text(lib.read_text() + MODULE)
        with (OUT / "list.tsv").open("w") as out:
            for n, m in enumerate(mutants):
                if n not in dropped:
                    at = m["span"]["start"]
                    replacement = m["replacement"].replace("\n", " ")
                    print(n, m["file"], m["genre"], at["line"], at["column"], replacement, sep="\t", file=out)
        (OUT / "constant").write_text("\n".join(sorted(constant)))
        said = subprocess.run([TOOL, SRC, OUT / "list.tsv", OUT / "constant"], check=True, text=True, capture_output=True).stdout
        regions, left = {}, {}
        for line in said.splitlines():
            kind, number, *rest = line.split("\t")
            if kind == "in":
                regions.setdefault(rest[0], []).append((int(rest[1]), int(rest[2]), int(number)))
            else:
                left[int(number)] = rest[0]
        built = subprocess.run(BUILD, cwd=SRC, text=True, capture_output=True)
        errors = [json.loads(l)["message"] for l in built.stdout.splitlines() if '"level":"error"' in l]
        errors = [e for e in errors if e["level"] == "error" and e["spans"]]
        print(f"{len(mutants) - len(dropped) - len(left)} in, {len(left)} left out, {len(dropped)} refused, {len(errors)} errors", flush=True)
        if not errors:
            if built.returncode:
                sys.exit(built.stderr[-3000:])
            break
        before = (len(dropped), len(constant))
        for error in errors:
            if named := re.search(r"cannot call non-const \w+(?: \w+)? `(?:.*::)?(\w+)(?:::<.*>)?`", error["message"]):
                constant.add(named[1])
                continue
            for span in error["spans"]:
                if not span["is_primary"]:
                    continue
                while span.get("expansion"):
                    span = span["expansion"]["span"]
                hits = [(e - b, n) for b, e, n in regions.get(span["file_name"], []) if b <= span["byte_start"] and span["byte_end"] <= e]
                if not hits and (error.get("code") or {}).get("code") == "E0004":
                    ends = [s["byte_start"] for c in error["children"] for s in c["spans"]]
                    hits = [(0, n) for b, e, n in regions.get(span["file_name"], [])
                            if mutants[n]["genre"] == "MatchArm" and span["byte_start"] <= b <= max(ends, default=0)]
                if not hits:
                    print("?", error["rendered"][:700], flush=True)
                    continue
                least = min(hits)[0]
                for size, number in hits:
                    if size == least:
                        dropped[number] = error["message"]
        (OUT / "dropped.json").write_text(json.dumps(dropped))
        (OUT / "constant").write_text("\n".join(sorted(constant)))
        if before == (len(dropped), len(constant)):
            sys.exit("no way on")
    (OUT / "left.json").write_text(json.dumps(left))


main()
