# The same bytes, wherever the image is built. To be sourced: `begin_elsewhere` before other work, `same_bytes` after it.
# shellcheck shell=bash

elsewhere=

# Builds a copy of the sources in another folder, beside whatever else is done. It shares nothing with this one.
begin_elsewhere() {
    elsewhere=$(mktemp -d)
    trap 'kill "$elsewhere_builds" 2>/dev/null || true; rm -rf "$elsewhere"' EXIT
    mkdir -p "$elsewhere/another/name"
    tar -C .. -c --exclude=./.git --exclude=./.venv --exclude=./target --exclude=./firmware/target . | tar -C "$elsewhere/another/name" -x
    "$elsewhere/another/name/firmware/board.sh" >"$elsewhere/built" 2>"$elsewhere/why" &
    elsewhere_builds=$!
}

# Compares the whole files, symbols included, and looks for names of this machine's folders.
same_bytes() { # image
    wait "$elsewhere_builds" || missing "The board's image cannot be built in $elsewhere:" "$(cat "$elsewhere/why")"
    local other named
    other=$(cat "$elsewhere/built")
    differing=$(cmp -l "$1" "$other" 2>&1 | wc -l) || true
    row "bytes unlike built elsewhere" "$differing" 0
    named=$(strings -a "$1" | grep -cF -e "$(cd .. && pwd)" -e "${CARGO_HOME:-$HOME/.cargo}" || true)
    row "names of folders in it" "$named" 0
}
