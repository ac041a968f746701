#!/usr/bin/env bash
# Builds the image whose decisions are attacked (tests/faults), and says where it is: `faults.sh [unhardened]`. Without the gate's
# hardening it is another one, in another folder; and there the board's own image must not compile.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")"
. ./thumb.sh
features=${1:-faults}
export STRONGROOM_STORY=$PWD/target/faults.wire
mkdir -p target
"${CARGO:-cargo}" run --quiet --locked --manifest-path ../Cargo.toml -p strongroom-host --example replay -- \
    --wire ../tests/scenarios/console/outside-the-window.jsonl >"$STRONGROOM_STORY"
export CARGO_TARGET_DIR=target
[[ $features == faults ]] || CARGO_TARGET_DIR=target/$features

# Apart from what a machine lacks, for which tests are left out.
broken() {
    printf '%s\n' "$@" >&2
    exit 3
}

build() { # image
    DEFMT_LOG=off thumb_cargo build --quiet --locked --release --bin "$1" --features "$features"
}

build faults
if [[ $features == unhardened ]]; then
    # What it is to say stands in src/bin/board.rs.
    if why=$(build board 2>&1); then
        broken "The board's image compiles without the gate's hardening: src/bin/board.rs has to assert opening::HARDENED."
    fi
    [[ $why == *'a board that guards something has the gate whole'* ]] ||
        broken "The board's image does not compile without the gate's hardening, but for another reason:" "$why"
fi
printf '%s\n' "$PWD/$CARGO_TARGET_DIR/$target/release/faults"
