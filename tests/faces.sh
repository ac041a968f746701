#!/usr/bin/env bash
# Every scenario through Rust, C and Python: the same replies, records, digests and roots, to the byte,
# and as they are checked in. Then a script that knows nothing of the core recomputes the roots.
# Needs the Python package on PATH (`make test-faces` sees to it).
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
. tests/beside.sh
built=${CARGO_TARGET_DIR:-target}
out=$built/faces
mkdir -p "$out"

ffi/install.sh build
"${CC:-cc}" -std=c11 -O2 -Wall -Wextra -Werror -Ic-headers tests/c/examples/replay.c "$built/c/libstrongroom.a" \
    -lpthread -ldl -lm -o "$out/replay"

same() { # face, expected, found
    cmp --quiet "$2" "$3" && return
    echo "$1 differs from $2 in line $(cmp "$2" "$3" | awk '{ print $NF }'):" >&2
    diff "$2" "$3" | head -n 6 >&2
    echo "if the change is meant: make expected" >&2
    exit 1
}

compare() { # scenario
    local scenario=$1 name=${1#tests/scenarios/}
    name=${name%.jsonl}
    local file=$out/${name//\//-} expected=${scenario%.jsonl}.expected.jsonl
    "$built/debug/examples/replay" "$scenario" >"$file.rust" 2>/dev/null
    same Rust "$expected" "$file.rust"
    strongroom replay --json --wire "$file.wire" "$scenario" >"$file.python"
    same Python "$expected" "$file.python"
    "$out/replay" "$file.wire" >"$file.c"
    same C "$expected" "$file.c"
    python3 tests/verify_log.py "$expected" >"$file.verified"
    echo "$name: Rust = C = Python, $(grep -c '"line"' "$expected") replies, $(grep -c '"record"' "$expected") records"
    sed 's/^/  /' "$file.verified"
    sed -n 's/.*"engine":"\([^"]*\)","state":"\([^"]*\)","digest":"\([^"]*\)".*/  \1 ends in \2, state digest \3/p' "$expected"
}

cargo build --quiet --locked -p strongroom-host --example replay
for scenario in $(find tests/scenarios -name '*.jsonl' -not -name '*.expected.jsonl' | sort); do
    beside compare "$scenario"
done
beside_end
python tests/readme.py "$built/c/libstrongroom.a"
