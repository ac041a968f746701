#!/usr/bin/env bash
# Builds the programs of snapshots/, and says in which folder they are.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")"
. ./thumb.sh
export CARGO_TARGET_DIR=target
DEFMT_LOG=info thumb_cargo build --quiet --locked --release --examples --features board
printf '%s\n' "$PWD/target/$target/release/examples"
