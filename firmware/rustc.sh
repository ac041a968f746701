#!/usr/bin/env bash
# Between cargo and the compiler, so that an image is the same bytes wherever it is built: `rustc.sh RUSTC ARGUMENTS...`.
# Cargo names a crate that is not from a registry by the folder that it lies in, and so its symbols, by which the linker
# sorts. Ours are named by their names. And no file is named by the folders of this machine.
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
arguments=()
name=
for argument; do
    [[ ${previous-} == --crate-name ]] && name=$argument
    if [[ ${previous-} == -C && $argument == metadata=* && $name =~ ^(strongroom_.*|board|faults|probe|replay)$ ]]; then
        argument=metadata=$name
    fi
    arguments+=("$argument")
    previous=$argument
done
exec "${arguments[@]}" --remap-path-prefix "$root=." --remap-path-prefix "${CARGO_HOME:-$HOME/.cargo}/registry=registry"
