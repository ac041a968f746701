# Runs commands beside one another, as many as this machine has cores. To be sourced.
# shellcheck shell=bash

beside_cores=$(nproc)
beside_running=()
beside_told=()
beside_failed=0

# Begins a command, which may be a function. What it says on its standard output is shown as a whole, in the order of the calls.
# After one has failed no more begin.
beside() { # command...
    ((${#beside_running[@]} < beside_cores)) || beside_wait
    ((beside_failed == 0)) || return 0
    local told
    told=$(mktemp)
    # In a process group of its own, that it can be ended with all that it began.
    set -m
    "$@" >"$told" </dev/null &
    set +m
    beside_running+=("$!")
    beside_told+=("$told")
}

beside_wait() {
    wait "${beside_running[0]}" || beside_failed=1
    cat "${beside_told[0]}"
    rm "${beside_told[0]}"
    beside_running=("${beside_running[@]:1}")
    beside_told=("${beside_told[@]:1}")
}

# Waits for all of them; fails where one has.
beside_end() {
    while ((${#beside_running[@]})); do
        beside_wait
    done
    return "$beside_failed"
}

beside_broken_off() {
    local group
    for group in "${beside_running[@]}"; do
        kill -- "-$group" 2>/dev/null || true
    done
    rm -f "${beside_told[@]}"
}
trap beside_broken_off EXIT
