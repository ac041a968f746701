# Tools that a machine may lack. To be sourced: `need valgrind valgrind "memory checks" || exit 0` says loudly what is left
# out and which Debian package brings it; with STRONGROOM_REQUIRE_ALL=1 it ends the script as a failure instead.
# shellcheck shell=bash

need() { # command, package, what is left out without it
    command -v "$1" >/dev/null || leave_out "$3" "$1" "$2"
}

leave_out() { # what, for want of what, package
    if [[ ${STRONGROOM_REQUIRE_ALL:-0} == 1 ]]; then
        printf 'no %s for %s: apt-get install %s\n' "$2" "$1" "$3" >&2
        exit 1
    fi
    printf '\n*** LEFT OUT: %s, for want of %s: apt-get install %s ***\n\n' "$1" "$2" "$3" >&2
    return 1
}
