#!/usr/bin/env bash
# Counts instructions and compares them with what tests/counts/table.txt keeps. With --accept it writes the table anew.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.."
. tests/c/needs.sh
. tests/counts/callgrind.sh
need valgrind valgrind "the comparison of instruction counts" || exit 0

target=${CARGO_TARGET_DIR:-target}
"${CARGO:-cargo}" build --quiet --locked --release -p strongroom-counts
mkdir -p "$target/c/bench"
read -ra libs <"$target/c/libs"
"${CC:-cc}" -std=c11 -O2 -I c-headers tests/bench/c/*.c "$target/c/libstrongroom.a" "${libs[@]}" -o "$target/c/bench/static"

rows=$(
    counted "$target/release/strongroom-counts" &&
        # Inside the function, so that nobody's C compiler is counted.
        counted_inside strongroom_jit_evaluate 10000 "JIT decision from C, static library" "$target/c/bench/static" count
)
. tests/counts/compiler.sh
by=$(compiler "${RUSTC:-rustc}")
# The C library's copying and the signatures' arithmetic are others on a processor without it.
[[ $by != *x86_64* ]] || grep -qsw avx2 /proc/cpuinfo || by+=", without AVX2"
"${PYTHON:-python3}" tests/counts/compare.py instructions "$by" "$@" <<<"$rows"
