# Which compiler makes what is counted. To be sourced.
# shellcheck shell=bash

compiler() { # rustc
    "$1" -vV | awk '/^rustc / { version = $0 } /^host: / { print version ", " $2 }'
}
