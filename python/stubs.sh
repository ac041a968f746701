#!/usr/bin/env bash
# Prints the native module's stub, made from what pyo3 knows of every function, class and document in it.
#   python/stubs.sh BIN    the folder of maturin, python and ruff
set -euo pipefail
bin=$(realpath -- "$1")
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."

made=$(mktemp -d)
trap 'rm -rf -- "$made"' EXIT
"$bin/maturin" generate-stubs --quiet --locked -m python/Cargo.toml --features stubs -i "$bin/python" --out "$made" >&2
stub=$made/strongroom/_native.pyi
sed -i '1i # Made by `make python-stubs`; do not edit.' "$stub"
"$bin/ruff" check --quiet --config python/pyproject.toml --select I,RUF022,D200,D212 --fix --unsafe-fixes "$stub" >&2
"$bin/ruff" format --quiet --config python/pyproject.toml "$stub" >&2
cat -- "$stub"
