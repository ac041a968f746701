#!/usr/bin/env bash
# Builds the static library for a Cortex-M3 without an operating system: target/bare-metal/libstrongroom.a.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
. firmware/thumb.sh

export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-target}/bare-metal
# With no other type of crate beside it, because only then everything is optimized as a whole (lto).
thumb_cargo rustc --quiet --locked --config firmware/.cargo/config.toml -p strongroom-ffi --lib --crate-type staticlib \
    --profile bare-metal --no-default-features --features bare-metal
cp "$CARGO_TARGET_DIR/$target/bare-metal/libstrongroom.a" "$CARGO_TARGET_DIR/libstrongroom.a"
