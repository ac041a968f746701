#!/usr/bin/env bash
# Prints the native module's stub, made from what pyo3 knows of every function, class and document in it.
#   python/stubs.sh BIN    the folder of maturin, python and ruff
set -euo pipefail
bin=$(realpath -s -- "$1")
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."

# Apart from the other builds, which know another interpreter or none: they would build pyo3 anew after every change between them.
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$PWD/target}/package
made=$(mktemp -d)
trap 'rm -rf -- "$made"' EXIT
"$bin/maturin" generate-stubs --quiet --locked -m python/Cargo.toml --features stubs -i "$bin/python" --out "$made" >&2
stub=$made/strongroom/_native.pyi
sed -i '1i # Made by `make python-stubs`; do not edit.' "$stub"
"$bin/ruff" check --quiet --no-cache --config python/pyproject.toml --select I,RUF022,D200,D212 --fix --unsafe-fixes "$stub" >&2
"$bin/ruff" format --quiet --no-cache --config python/pyproject.toml "$stub" >&2
cat -- "$stub"
