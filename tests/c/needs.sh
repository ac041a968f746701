# Tools that a machine may lack. To be sourced: `need valgrind valgrind "memory checks" || exit 0` says loudly what is left
# out and which Debian package brings it; with STRONGROOM_REQUIRE_ALL=1 it ends the script as a failure instead.
# shellcheck shell=bash

need() { # command, package, what is left out without it
    command -v "$1" >/dev/null && return
    if [[ ${STRONGROOM_REQUIRE_ALL:-0} == 1 ]]; then
        printf 'no %s for %s: apt-get install %s\n' "$1" "$3" "$2" >&2
        exit 1
    fi
    printf '\n*** LEFT OUT: %s, for want of %s: apt-get install %s ***\n\n' "$3" "$1" "$2" >&2
    return 1
}
