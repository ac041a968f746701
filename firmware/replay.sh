#!/usr/bin/env bash
# Builds the replay image, which is for tests and must never be shipped, and says where it is.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")"
. ./thumb.sh
export CARGO_TARGET_DIR=target
DEFMT_LOG=${DEFMT_LOG:-info} thumb_cargo build --quiet --locked --release --bin replay --features replay
printf '%s\n' "$PWD/target/$target/release/replay"
