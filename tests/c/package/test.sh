#!/usr/bin/env bash
# Installs the C package into folders of its own and uses it as a stranger would: by pkg-config, shared and static, and by CMake.
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
cd -- "$here/../../.."

. tests/c/needs.sh
need readelf binutils "the installed C package" || exit 0

flags=(-std=c11 -Wall -Wextra -Wpedantic -Wconversion -Werror)
version=$(sed -n 's/^#define STRONGROOM_VERSION "\(.*\)"$/\1/p' c-headers/strongroom.h)
abi=$(sed -n 's/^#define STRONGROOM_ABI_VERSION \([0-9]*\).*/\1/p' c-headers/strongroom.h)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

fail() {
    printf '%s\n' "$@" >&2
    exit 1
}

same() { # what, expected, found
    [[ $2 == "$3" ]] || fail "$1: expected" "$2" "found" "$3"
}

needed() { # program
    readelf -d "$1" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p'
}

runs() { # program
    same "$1 says" "$version" "$("$1")"
}

exports_only_what_the_header_declares() { # library folder
    local exported
    exported=$(readelf -W --dyn-syms "$1/libstrongroom.so" | awk '$5 ~ /GLOBAL|WEAK/ && $7 != "UND" { print $8 }' | sort)
    same "exported functions that are not strongroom_*" "" "$(grep -v '^strongroom_' <<<"$exported" || true)"
    [[ -n $exported ]] || fail "nothing is exported"
}

has_its_soname() { # library folder
    same "SONAME" "libstrongroom.so.$abi" "$(readelf -d "$1/libstrongroom.so" | sed -n 's/.*(SONAME).*\[\(.*\)\]/\1/p')"
    for link in libstrongroom.so "libstrongroom.so.$abi"; do
        same "$link" "$(realpath "$1/libstrongroom.so.$abi.$version")" "$(realpath "$1/$link")"
    done
}

works_by_pkg_config() { # library folder
    export PKG_CONFIG_PATH=$1/pkgconfig
    same "pkg-config --modversion" "$version" "$(pkg-config --modversion strongroom)"
    local -a use
    # As a shell reads it: spaces come escaped.
    eval "use=($(pkg-config --cflags --libs strongroom))"
    "${CC:-cc}" "${flags[@]}" "$here/main.c" "${use[@]}" -o "$scratch/shared"
    grep -qx "libstrongroom.so.$abi" <(needed "$scratch/shared") || fail "the program does not ask for libstrongroom.so.$abi"
    local resolved
    resolved=$(LD_LIBRARY_PATH=$1 ldd "$scratch/shared")
    grep -qF "libstrongroom.so.$abi => $1/libstrongroom.so.$abi" <<<"$resolved" || fail "ldd resolves it elsewhere:" "$resolved"
    LD_LIBRARY_PATH=$1 runs "$scratch/shared"

    eval "use=($(pkg-config --static --cflags --libs strongroom))"
    "${CC:-cc}" -static "${flags[@]}" "$here/main.c" "${use[@]}" -o "$scratch/static"
    same "libraries that a static program needs" "" "$(needed "$scratch/static")"
    runs "$scratch/static"
}

works_by_cmake() { # library folder
    local built=$scratch/cmake wanted
    for wanted in "" "${version%.*}" "$version"; do
        rm -rf "$built"
        cmake -S "$here" -B "$built" -Dstrongroom_DIR="$1/cmake/strongroom" -DWANTED="$wanted" -DCMAKE_BUILD_TYPE=Release >"$scratch/said" ||
            fail "find_package(strongroom $wanted)" "$(<"$scratch/said")"
    done
    cmake --build "$built" >"$scratch/said" || fail "$(<"$scratch/said")"
    runs "$built/shared"
    runs "$built/static"
    grep -q strongroom <(needed "$built/shared") || fail "strongroom::strongroom is not the shared library"
    same "of the static target" "" "$(needed "$built/static" | grep strongroom || true)"
    for wanted in 99.0 "${version%.*}.99" 0.0.9; do
        ! cmake -S "$here" -B "$built.not" -Dstrongroom_DIR="$1/cmake/strongroom" -DWANTED="$wanted" >/dev/null 2>&1 ||
            fail "CMake took $version for $wanted"
    done
}

pkg_config=1 cmake=1
need pkg-config pkg-config "the C package by pkg-config" || pkg_config=0
need cmake cmake "the C package by CMake" || cmake=0

try() { # name, DESTDIR, PREFIX, LIBDIR
    local libraries=$2${4:-$3/lib}
    "${MAKE:-make}" --silent install DESTDIR="$2" PREFIX="$3" ${4:+LIBDIR="$4"}
    exports_only_what_the_header_declares "$libraries"
    has_its_soname "$libraries"
    ((!pkg_config)) || works_by_pkg_config "$libraries"
    ((!cmake)) || works_by_cmake "$libraries"
    "${MAKE:-make}" --silent uninstall DESTDIR="$2" PREFIX="$3" ${4:+LIBDIR="$4"}
    same "what uninstall leaves" "" "$(find "$2$3" "$libraries" -not -type d)"
    echo "the C package works: $1"
}

try "below a DESTDIR" "$scratch/root" /usr/local ""
try "with a LIBDIR of several folders" "$scratch/multiarch" /usr "/usr/lib/$(uname -m)-linux-gnu"
try "with a space in the paths" "$scratch/a root" "/opt/a prefix" ""
try "with folders that have no prefix in common" "" "$scratch/an include" "$scratch/a lib"
