# How deep the stack of the board's image gets. To be sourced.
# shellcheck shell=bash

# The start-up code paints the RAM above the static data. The image lives through a day on QEMU, and what it has left of the
# paint is read from outside.
painted() { # image, budget
    local symbols end start report
    symbols=$("$nm" "$1")
    end=$(awk '$3 == "_stack_end" { print $1 }' <<<"$symbols")
    start=$(awk '$3 == "_stack_start" { print $1 }' <<<"$symbols")
    report=$(timeout 300 cargo run --quiet --manifest-path ../Cargo.toml --target-dir "$host_target" \
        -p strongroom-board --example stack -- "$1" "$end" "$start" 2>&1) || missing "The board's day failed:" "$report"
    row "stack, painted" "$(measure stack)" "$2"
}
