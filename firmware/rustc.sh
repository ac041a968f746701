#!/usr/bin/env bash
# Between cargo and the compiler, so that an image is the same bytes wherever it is built: `rustc.sh RUSTC ARGUMENTS...`.
# Cargo names a crate that lies outside its workspace by the folder that it lies in, and so its symbols, by which the
# linker sorts. Ours are named by their names. What a message says of a file does not name this machine's folders.
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
arguments=()
name=
for argument; do
    [[ ${previous-} == --crate-name ]] && name=$argument
    if [[ ${previous-} == -C && $argument == metadata=* && $name == strongroom_* ]]; then
        argument=metadata=$name
    fi
    arguments+=("$argument")
    previous=$argument
done
exec "${arguments[@]}" --remap-path-prefix "$root=." --remap-path-prefix "${CARGO_HOME:-$HOME/.cargo}/registry=registry"
