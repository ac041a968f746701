#!/usr/bin/env bash
# Builds the static library for a Cortex-M3 without an operating system: target/bare-metal/libstrongroom.a.
# With --panics another one, which tests need: target/bare-metal/panics/libstrongroom.a has a function that panics.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
. firmware/thumb.sh

export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-target}/bare-metal
out=$CARGO_TARGET_DIR
flags=()
if [[ ${1-} == --panics ]]; then
    out+=/panics
    flags=(-- --cfg strongroom_panics)
fi

# No other type of crate beside it: only then everything is optimized as a whole.
thumb_cargo rustc --quiet --locked --config firmware/.cargo/config.toml -p strongroom-ffi --lib --crate-type staticlib \
    --profile bare-metal --no-default-features --features bare-metal "${flags[@]}"
mkdir -p "$out"
cp "$CARGO_TARGET_DIR/$target/bare-metal/libstrongroom.a" "$out/libstrongroom.a"
