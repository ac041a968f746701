"""Runs each mutant that is in the build against the tests that reach it, quickest first."""

import json, os, re, subprocess, sys, time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

SRC, OUT = Path(sys.argv[1]), Path(sys.argv[2])
WHAT = sys.argv[3]  # cover | run
ENV = {**os.environ, "RUSTC_BOOTSTRAP": "1", "PROPTEST_MAX_SHRINK_ITERS": "0", "PROPTEST_FAILURE_PERSISTENCE": "off"}
QUIET = Path("/tmp/wt/QUIET")


def binaries():
    return json.loads((OUT / "binaries.json").read_text())


def test(binary, names, env, limit):
    """passed, failed or timeout"""
    path, folder = binary
    try:
        done = subprocess.run(["prlimit", f"--cpu={limit}", "--as=4000000000", path, "--exact", *names, "-Z", "unstable-options", "--fail-fast", "--test-threads", "1", "-q"],
                              cwd=folder, env={**ENV, **env}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=20 * limit)
    except subprocess.TimeoutExpired:
        return "timeout"
    if done.returncode in (-24, -9):
        return "timeout"
    return "failed" if done.returncode else "passed"


def cover():
    tests = json.loads((OUT / "tests.json").read_text()) if (OUT / "tests.json").exists() else []
    have = {(t["binary"], t["name"]) for t in tests}
    for number, (path, folder) in enumerate(binaries()):
        listed = subprocess.run([path, "--list", "--format", "terse"], cwd=folder, text=True, capture_output=True).stdout
        for name in re.findall(r"^(.*): test$", listed, re.M):
            if (path, name) in have:
                continue
            file = OUT / "cover.tmp"
            file.unlink(missing_ok=True)
            begin = time.monotonic()
            said = test((path, folder), [name], {"MUTANT_COVER": str(file)}, 100)
            seconds = time.monotonic() - begin
            reached = sorted(map(int, file.read_text().split())) if file.exists() else []
            if said != "passed":
                print("baseline", said, path, name, flush=True)
                continue
            tests.append({"binary": path, "folder": folder, "name": name, "seconds": seconds, "reached": reached})
        (OUT / "tests.json").write_text(json.dumps(tests))
        print(path.rsplit("/", 1)[-1], len(tests), flush=True)


def judge(number, tests):
    env = {"MUTANT": str(number)}
    quick = [t for t in tests if t["seconds"] < 0.15]
    for path in dict.fromkeys(t["binary"] for t in quick):
        group = [t for t in quick if t["binary"] == path]
        for at in range(0, len(group), 150):
            part = group[at:at + 150]
            said = test((path, part[0]["folder"]), [t["name"] for t in part], env, 15)
            if said != "passed":
                return said
    for t in tests:
        if t["seconds"] >= 0.15:
            said = test((t["binary"], t["folder"]), [t["name"]], env, 20 + int(3 * t["seconds"]))
            if said != "passed":
                return said
    return "missed" if tests else "unreached"


def run(pattern):
    mutants = json.loads((OUT / "list.json").read_text())
    dropped = {int(k) for k in json.loads((OUT / "dropped.json").read_text())}
    left = {int(k) for k in json.loads((OUT / "left.json").read_text())}
    tests = sorted(json.loads((OUT / "tests.json").read_text()), key=lambda t: t["seconds"])
    reached = {}
    for t in tests:
        for number in t["reached"]:
            reached.setdefault(number, []).append(t)
    results = OUT / "results.jsonl"
    done = {json.loads(l)["n"] for l in results.read_text().splitlines()} if results.exists() else set()
    todo = [n for n, m in enumerate(mutants) if n not in dropped | left | done and re.search(pattern, m["file"])]

    def one(number):
        while QUIET.exists():
            time.sleep(5)
        said = judge(number, reached.get(number, []))
        with results.open("a") as out:
            print(json.dumps({"n": number, "said": said, "name": mutants[number]["name"]}), file=out)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(one, todo))


cover() if WHAT == "cover" else run(sys.argv[4])
