#!/usr/bin/env bash
# Builds the probe image with a scenario in it, runs it under QEMU, holds it and the image of the serial monitor board
# against the budgets and against what tests/counts/table.txt keeps, and checks that the probe ends with the digests that every
# other face ends with. With --accept it writes the table anew.
set -euo pipefail

ram_budget=$((8 * 1024))

cd -- "$(dirname -- "${BASH_SOURCE[0]}")"
. ./thumb.sh
. ./gates/panics.sh
. ./gates/same.sh
. ./gates/stack.sh
. ../tests/counts/compiler.sh
scenario=../tests/scenarios/lease.jsonl
expected=../tests/scenarios/lease.expected.jsonl
export STRONGROOM_STORY=target/story.wire
mkdir -p target
cargo run --quiet --manifest-path ../Cargo.toml -p strongroom-host --example replay -- --wire "$scenario" >"$STRONGROOM_STORY"
host_target=${CARGO_TARGET_DIR:-$(cd .. && pwd)/target}
export CARGO_TARGET_DIR=target
image=target/$target/release/probe
over=0

build() {
    thumb_cargo build --quiet --locked --release --bin probe --features "$features"
}

# The tool of GNU binutils, else LLVM's, which takes the same options.
tool() {
    command -v "arm-none-eabi-$1" || command -v "llvm-$1" ||
        missing "No arm-none-eabi-$1. Install it by" "  apt-get install binutils-arm-none-eabi"
}

heading() { # image
    printf '%-28s %8s %8s\n' "$1" bytes budget
    measured=$1
}

sizes=
row() { # what, measured, budget
    printf '%-28s %8s %8s\n' "$@"
    [[ $3 == - || $2 -le $3 ]] || over=1
    # Panics within reach, and what must be none at all, have gates of their own.
    [[ $1 == panics* || $3 == 0 ]] || sizes+="$measured: ${1#  }"$'\t'$2$'\t'bytes$'\n'
}

size=$(tool size)
nm=$(tool nm)
objdump=$(tool objdump)
command -v qemu-system-arm >/dev/null || missing "No QEMU. Install it by" "  apt-get install qemu-system-arm"
begin_elsewhere

# features, name, budget of flash, of stack, of panics (- where they are listed and looked at)
measure_image() {
    features=$1
    build
    read -r text data bss _ < <("$size" "$image" | tail -n 1)
    report=$(timeout 60 ./qemu.sh "$image" -monitor none -serial none 2>&1 </dev/null) ||
        missing "The probe failed under QEMU:" "$report"
    symbols=$("$nm" --demangle "$image")
    grep -q ' main$' <<<"$symbols" || missing "No symbols in $image: panics cannot be judged."
    panics=$(grep -c ' strongroom_panicked$' <<<"$symbols" || true)

    heading "$2"
    row "flash without its story" $((text + data - $(measure story))) "$3"
    row "static RAM" $((data + bss - $(measure medium))) "$ram_budget"
    row "  of it the core's state" "$(measure state)" -
    row "stack beside it" "$(measure stack)" "$4"
    row "panics within reach" "$panics" "$5"
    [[ $panics == 0 || $5 == - ]] || printf '  symbols:\n%s\n  calls:\n%s\n' "$(panic_symbols)" "$(panic_callers "$image")"
    for name in digest tenant lifecycle; do
        grep -q "\"$(measure "$name")\"" <(tail -n 3 "$expected") ||
            { printf '%s: the board ends with %s, which is not in %s\n' "$name" "$(measure "$name")" "$expected"; over=1; }
    done
    [[ $(measure broken) == 0 ]] || { printf '%s frames were broken\n' "$(measure broken)"; over=1; }
}
measure() { awk -v name="$1" '$1 == name { value = $2 } END { print value }' <<<"$report"; }

measure_image "" "the policy, $target" $((64 * 1024)) $((4 * 1024)) 0
measure_image journal "with journal and checkpoints" $((84 * 1024)) $((4 * 1024)) 0
measure_image signing "with Ed25519 signing" $((95 * 1024)) $((12 * 1024)) -

board=$(./board.sh)
read -r text data bss _ < <("$size" "$board" | tail -n 1)
heading "the board's image"
row "flash" $((text + data)) $((112 * 1024))
row "static RAM" $((data + bss)) -
painted "$board" $((12 * 1024))
looked_at "$board"
same_bytes "$board"

# Instructions of a Cortex-M0, which this board's processor has too.
target=thumbv6m-none-eabi
image=target/$target/release/probe
measure_image journal "kept, $target" - $((4 * 1024)) 0

printf '\nbeside the sizes that are kept\n'
python3 ../tests/counts/compare.py sizes "$(compiler "$(thumb_rustc)")" "$@" <<<"${sizes%$'\n'}" || over=1
((over)) || printf 'the board ends as every face does: %s\n' "$(measure digest)"
exit "$over"
