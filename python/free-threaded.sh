#!/usr/bin/env bash
# Builds the wheel for a free-threaded CPython.
#   python/free-threaded.sh BIN OUT [OPTION…]    the folder of maturin; where the wheel goes; options for maturin
# FREE_THREADED names the interpreter. Where the machine has none of that name, the version in its name says what has to be
# known of it, and the wheel is built all the same.
set -euo pipefail
bin=$(realpath -s -- "$1")
out=$(realpath -s -- "$2")
shift 2
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."

interpreter=${FREE_THREADED:-python3.14t}
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$PWD/target}/package
if ! command -v "$interpreter" >/dev/null; then
    version=${interpreter##*python}
    export PYO3_CONFIG_FILE=$CARGO_TARGET_DIR/$version.config
    mkdir -p -- "$CARGO_TARGET_DIR"
    new=$(printf '%s\n' implementation=CPython "version=${version%t}" "target_abi=CPython-free_threaded-${version%t}" \
        shared=false pointer_width=64 build_flags=Py_GIL_DISABLED suppress_build_script_link_lines=false)
    # Written when it changes only: what it says is built anew with its time.
    [[ -e $PYO3_CONFIG_FILE && $(<"$PYO3_CONFIG_FILE") == "$new" ]] || printf '%s\n' "$new" >"$PYO3_CONFIG_FILE"
    echo "no $interpreter here: the wheel is built for it, and cannot be run" >&2
fi
"$bin/maturin" build --quiet --locked -m python/Cargo.toml -i "$interpreter" --out "$out" "$@" >&2
