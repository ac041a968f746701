#!/usr/bin/env bash
# Links a firmware in C with the library for bare metal, runs it under QEMU and says what it takes. A second image, with
# a library that panics on purpose, shows that a panic ends in the firmware's strongroom_panic.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../../.."

# What the core alone is held to (firmware/size.sh).
ram_budget=$((8 * 1024))
stack_budget=$((4 * 1024))

. tests/c/needs.sh
need arm-none-eabi-gcc gcc-arm-none-eabi "the firmware in C" || exit 0
need qemu-system-arm qemu-system-arm "the firmware in C" || exit 0

ffi/bare-metal.sh
ffi/bare-metal.sh --panics
libraries=${CARGO_TARGET_DIR:-target}/bare-metal
out=$libraries/firmware
mkdir -p "$out"

link() { # image, library, flags
    arm-none-eabi-gcc -mcpu=cortex-m3 -mthumb -std=c11 -Os -ffreestanding -ffunction-sections -fdata-sections \
        -Wall -Wextra -Wpedantic -Wconversion -Werror -Ic-headers "${@:3}" -nostdlib \
        -Wl,--gc-sections,--fatal-warnings,-z,noexecstack -T tests/c/firmware/lm3s6965evb.ld \
        tests/c/firmware/board.c tests/c/firmware/main.c "$2" -o "$1"
}

# What the board says comes on standard error.
board() { # image
    timeout 60 firmware/qemu.sh "$1" -monitor none -serial none 2>&1 </dev/null
}

fail() {
    printf '%s\n' "$@" >&2
    exit 1
}

measure() { awk -v name="$1" '$1 == name { print $2 }' <<<"$report"; }

link "$out/firmware.elf" "$libraries/libstrongroom.a"
report=$(board "$out/firmware.elf") || fail "The firmware failed under QEMU:" "$report"

link "$out/panics.elf" "$libraries/panics/libstrongroom.a" -DPANICS
status=0
said=$(board "$out/panics.elf") || status=$?
[[ $status == 3 && $said == *$'\nstrongroom_panic' ]] ||
    fail "A panic did not end in strongroom_panic, but with $status:" "$said"

# Everything that the library has, but for what signs and verifies: curve25519-dalek has bounds checks of its own.
readarray -t functions < <(arm-none-eabi-nm "$libraries/libstrongroom.a" 2>/dev/null |
    awk '$2 == "T" && $3 ~ /^strongroom_/ && $3 !~ /ed25519|checkpoint_verify/ { print "-Wl,-u," $3 }')
link "$out/everything.elf" "$libraries/libstrongroom.a" "${functions[@]}"

# The head after the same steps, as Rust, Python and C on hosts have it.
root=$(measure lifecycle)
grep -q "\"lifecycle\",\"size\":4,\"root\":\"$root\"" tests/scenarios/lease.expected.jsonl ||
    fail "The board's log ends with $root, which is not in tests/scenarios/lease.expected.jsonl."

over=0
row() { # what, measured, budget
    printf '%-28s %8s %8s\n' "$@"
    [[ $3 == - || $2 -le $3 ]] || over=1
}
flash() { arm-none-eabi-size "$1" | awk 'END { print $1 + $2 }'; }
ram() { arm-none-eabi-size "$1" | awk 'END { print $2 + $3 }'; }
panics() { arm-none-eabi-nm "$1" | grep -c ' strongroom_panic$' || true; }
printf '%-28s %8s %8s\n' "a firmware in C" bytes budget
row "flash" "$(flash "$out/firmware.elf")" -
row "static RAM" "$(ram "$out/firmware.elf")" "$ram_budget"
row "  of it the engine" "$(measure engine)" -
row "stack beside it" "$(measure stack)" "$stack_budget"
row "panics within reach" "$(panics "$out/firmware.elf")" 0
printf '%-28s %8s %8s\n' "with ${#functions[@]} functions" bytes budget
row "flash" "$(flash "$out/everything.elf")" -
row "panics within reach" "$(panics "$out/everything.elf")" 0
((over)) || echo "the board's log ends as every face's does: $root"
exit "$over"
