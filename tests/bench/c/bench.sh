#!/usr/bin/env bash
# What a decision costs from C, with the static and the shared library as they are installed: a JSON line a row. With
# --smoke so few that a test has the time for it.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../../.."
. tests/c/needs.sh
. tests/counts/callgrind.sh

package=${CARGO_TARGET_DIR:-target}/c
out=$package/bench
flags=(-std=c11 -O2 -Wall -Wextra -Wpedantic -Wconversion -Werror -I c-headers)
case ${1-} in
--smoke) flags+=(-DSTRONGROOM_BENCH_SMOKE) ;;
'') ;;
*) echo "usage: bench.sh [--smoke]" >&2 && exit 2 ;;
esac
[[ -e $package/libs ]] || { echo "There is no library yet: make c-library" >&2 && exit 1; }
mkdir -p "$out"

for library in static shared; do
    if [[ $library == static ]]; then
        read -ra link <<<"$package/libstrongroom.a $(<"$package/libs")"
    else
        link=(-L "$package" -lstrongroom -Wl,-rpath,'$ORIGIN/..')
    fi
    "${CC:-cc}" "${flags[@]}" tests/bench/c/*.c "${link[@]}" -o "$out/$library"
    instructions=()
    if [[ ${1-} != --smoke ]] && need valgrind valgrind "instruction counts of C"; then
        counts=$(counted "$out/$library" count)
        mapfile -t instructions < <(cut -f2 <<<"$counts")
    fi
    "$out/$library" "$library" "${instructions[@]}"
done
