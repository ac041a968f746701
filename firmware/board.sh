#!/usr/bin/env bash
# Builds the image of the serial monitor board, and says where it is.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")"
. ./thumb.sh
export CARGO_TARGET_DIR=target
DEFMT_LOG=${DEFMT_LOG:-info} thumb_cargo build --quiet --locked --release --bin board --features board
printf '%s\n' "$PWD/target/$target/release/board"
