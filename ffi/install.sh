#!/usr/bin/env bash
# Builds, installs and removes the C package: the header, both libraries, and what pkg-config and CMake read.
#
#   install.sh build       into target/c; the only step that needs Rust
#   install.sh install     to $DESTDIR$PREFIX
#   install.sh uninstall   takes away what `install` brought
#
# PREFIX is /usr/local, LIBDIR $PREFIX/lib and INCLUDEDIR $PREFIX/include where the environment does not say otherwise.
# DESTDIR is where a packager collects the files; it stands in none of them. Not with cargo-c: what Debian has of it is older
# than this edition of Rust, and compiling it takes longer than compiling everything else here.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."

fail() {
    printf '%s\n' "$@" >&2
    exit 1
}

defined() { # name of a constant in the header
    awk -v name="STRONGROOM_$1" '$1 == "#define" && $2 == name { gsub(/"/, "", $3); print $3 }' c-headers/strongroom.h
}

built=${CARGO_TARGET_DIR:-target}/c
version=$(defined VERSION)
soname=libstrongroom.so.$(defined ABI_VERSION)
shared=$soname.$version
prefix=${PREFIX:-/usr/local}
libdir=${LIBDIR:-$prefix/lib}
includedir=${INCLUDEDIR:-$prefix/include}
for folder in "$prefix" "$libdir" "$includedir"; do
    [[ $folder == /* ]] || fail "PREFIX, LIBDIR and INCLUDEDIR have to begin with a slash, not as $folder"
done
header=${DESTDIR-}$includedir/strongroom.h
libraries=${DESTDIR-}$libdir
pc=$libraries/pkgconfig/strongroom.pc
cmake=$libraries/cmake/strongroom

build() {
    # No rlib beside these two: only then everything is optimized as a whole. Hence a folder of their own.
    "${CARGO:-cargo}" rustc --quiet --locked --release -p strongroom-ffi --lib --crate-type staticlib,cdylib --target-dir "$built"
    cp "$built/release/libstrongroom.a" "$built/libstrongroom.a"
    cp "$built/release/libstrongroom.so" "$built/libstrongroom.so" || fail "This script is for systems with ELF libraries."
    "${STRIP:-strip}" --strip-debug "$built/libstrongroom.a"
    "${STRIP:-strip}" --strip-unneeded "$built/libstrongroom.so"
    ln -sf libstrongroom.so "$built/$soname" # programs that are linked with it here find it here
    # The standard library's needs, less those that every C compiler brings itself.
    : | "${RUSTC:-rustc}" --crate-type staticlib --print native-static-libs -o "$built/nothing.a" - 2>&1 |
        sed -n 's/^note: native-static-libs: //p' | tr ' ' '\n' | grep -vxE -e '-l(gcc_s|c)' | xargs >"$built/libs"
    rm "$built/nothing.a"
}

# A folder as the installed files name it: from $1 on where it is below PREFIX, so that the tree can be moved.
below() { # the way to the prefix, folder
    if [[ $2 == "$prefix"/* && $libdir == "$prefix"/* ]]; then
        printf '%s' "$1/${2#"$prefix"/}"
    else
        printf '%s' "$2"
    fi
}

fill() { # template, name and value...
    local text
    text=$(<"ffi/package/$1")
    shift
    while (($#)); do
        text=${text//"@$1@"/"$2"}
        shift 2
    done
    printf '%s\n' "$text"
}

install_all() {
    [[ -e $built/libs ]] || fail "There is nothing to install yet: make c-library"
    local libs class compatible up
    libs=$(<"$built/libs")
    class=$(od -An -tu1 -j4 -N1 "$built/libstrongroom.so") # of ELF: 1 with pointers of 4 bytes, 2 with 8
    compatible=${version%%.*}
    [[ $compatible != 0 ]] || compatible=${version%.*}
    up=$(sed 's|[^/]\{1,\}|..|g' <<<"${libdir#"$prefix"/}") # from LIBDIR to PREFIX

    install -d "${header%/*}" "$libraries/pkgconfig" "$cmake"
    install -m 644 c-headers/strongroom.h "$header"
    install -m 644 "$built/libstrongroom.a" "$libraries/libstrongroom.a"
    install -m 755 "$built/libstrongroom.so" "$libraries/$shared"
    ln -sf "$shared" "$libraries/$soname"
    ln -sf "$soname" "$libraries/libstrongroom.so"
    # pkg-config takes a space for the end of a path.
    fill strongroom.pc.in PREFIX "$(below "\${pcfiledir}/../$up" "$prefix/" | sed 's|/$||; s| |\\ |g')" \
        LIBDIR "$(below "\${prefix}" "$libdir" | sed 's| |\\ |g')" \
        INCLUDEDIR "$(below "\${prefix}" "$includedir" | sed 's| |\\ |g')" VERSION "$version" LIBS "$libs" >"$pc"
    fill strongroom-config.cmake.in INCLUDEDIR "$(below "\${_strongroom_libdir}/$up" "$includedir")" \
        SHARED "$shared" SONAME "$soname" LIBS "$(sed 's/-l//g; s/ /;/g' <<<"$libs")" >"$cmake/strongroom-config.cmake"
    fill strongroom-config-version.cmake.in VERSION "$version" COMPATIBLE "$compatible" POINTER $((4 * class)) \
        >"$cmake/strongroom-config-version.cmake"
    chmod 644 "$pc" "$cmake"/*.cmake
}

uninstall() {
    rm -f "$header" "$libraries/libstrongroom.a" "$libraries/$shared" "$libraries/$soname" "$libraries/libstrongroom.so" "$pc" \
        "$cmake/strongroom-config.cmake" "$cmake/strongroom-config-version.cmake"
    [[ ! -d $cmake ]] || rmdir "$cmake"
}

case ${1-} in
build) build ;;
install) install_all ;;
uninstall) uninstall ;;
*) fail "usage: install.sh build | install | uninstall" ;;
esac
