#!/usr/bin/env bash
# The C tests once more, linked with the library as it is installed (target/c): compiled with the sanitizers for addresses and
# undefined behaviour, and beside that under valgrind. Whatever either finds ends the program that it finds it in, and so fails its test.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.."

. tests/c/needs.sh
. tests/beside.sh
cc=${CC:-cc}
export STRONGROOM_C_LIBRARY=${CARGO_TARGET_DIR:-target}/c

c_tests() { # under what
    "${CARGO:-cargo}" test --quiet --locked -p strongroom-ffi --test c --test consoled --test pam
    echo "the C programs are clean $1"
}

"${CARGO:-cargo}" test --quiet --locked --no-run -p strongroom-ffi --test c --test consoled --test pam
sanitizers=(-fsanitize=address,undefined -fno-sanitize-recover=all)
if "$cc" "${sanitizers[@]}" -x c -o /dev/null - <<<'int main(void) { return 0; }' 2>/dev/null ||
    leave_out "C under sanitizers" "the sanitizers of $cc" "gcc (for clang: libclang-rt-dev)"; then
    ASAN_OPTIONS=detect_leaks=1:detect_stack_use_after_return=1:strict_string_checks=1 UBSAN_OPTIONS=print_stacktrace=1 \
        STRONGROOM_C_FLAGS="-O1 -fno-omit-frame-pointer ${sanitizers[*]}" beside c_tests "under the address and undefined-behaviour sanitizers"
fi

if need valgrind valgrind "C under valgrind"; then
    STRONGROOM_C_RUNNER="valgrind --quiet --error-exitcode=99 --leak-check=full --track-origins=yes" beside c_tests "under valgrind"
fi
beside_end
