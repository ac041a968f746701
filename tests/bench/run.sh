#!/usr/bin/env bash
# Runs every bench that is here, one after the other: a line of JSON for each row goes to target/bench, and the report to the
# terminal. With --smoke everything does very little, and its times say nothing.
#
#   run.sh PYTHON [--smoke]
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.."

python=${1:?usage: run.sh PYTHON [--smoke]}
smoke=("${@:2}")
out=${CARGO_TARGET_DIR:-target}/bench
mkdir -p "$out"
rm -f "$out"/*.jsonl

# What is written is there as a whole or not at all.
rows() { # name, command...
    printf 'bench: %s\n' "$1" >&2
    "${@:2}" >"$out/$1.part"
    mv "$out/$1.part" "$out/$1.jsonl"
}

echo 'bench: building what others wrote, which takes minutes the first time' >&2
CARGO_TARGET_DIR=$out "${CARGO:-cargo}" build --quiet --release --locked --manifest-path tests/bench/Cargo.toml
rows 1-rust "$out/release/strongroom-bench" "${smoke[@]}"
[[ ! -x tests/bench/c/bench.sh ]] || rows 2-c tests/bench/c/bench.sh "${smoke[@]}"
[[ ! -d tests/bench/python ]] || rows 3-python "$python" tests/bench/python "${smoke[@]}"
"$python" tests/bench/report.py "$out"/*.jsonl
