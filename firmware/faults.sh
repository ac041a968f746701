#!/usr/bin/env bash
# Builds the image whose decisions are attacked (tests/faults), and says where it is: `faults.sh [unhardened]`. Without the gate's
# hardening it is another one, in another folder.
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
DEFMT_LOG=off thumb_cargo build --quiet --locked --release --bin faults --features "$features"
printf '%s\n' "$PWD/$CARGO_TARGET_DIR/$target/release/faults"
