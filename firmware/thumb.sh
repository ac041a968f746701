# Cargo for a Cortex-M. To be sourced: `thumb_cargo build ...` runs cargo with whichever Rust this machine has for $target.
# shellcheck shell=bash

# A Cortex-M3, where nobody says another one.
target=${STRONGROOM_TARGET:-thumbv7m-none-eabi}

missing() {
    printf '%s\n' "$@" >&2
    exit 1
}

has_rustup_target() {
    rustup target list --installed 2>/dev/null | grep -qx "$target"
}

# The compiler that `thumb_cargo` takes.
thumb_rustc() {
    has_rustup_target && echo rustc || echo /usr/bin/rustc
}

thumb_cargo() {
    local RUSTC_WRAPPER=${BASH_SOURCE[0]%/*}/rustc.sh linker=CARGO_TARGET_${target^^}_LINKER
    RUSTC_WRAPPER=$(realpath -- "$RUSTC_WRAPPER")
    export RUSTC_WRAPPER
    if has_rustup_target; then
        cargo "$1" --target "$target" "${@:2}"
    elif [[ -x /usr/bin/cargo && -x /usr/bin/rustc ]] && command -v ld.lld >/dev/null &&
        [[ -d $(/usr/bin/rustc --print sysroot)/lib/rustlib/src/rust/library ]]; then
        # Debian has no core for this target, but its sources: they match /usr/bin/rustc only.
        env RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 "${linker//-/_}=ld.lld" \
            /usr/bin/cargo "$1" --target "$target" -Zbuild-std=core "${@:2}"
    else
        missing "No Rust for $target. Install it by one of" \
            "  rustup target add $target" \
            "  apt-get install rustc-web cargo-web rust-web-src lld"
    fi
}
