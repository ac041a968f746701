#!/usr/bin/env bash
# Builds the fuzz targets with libFuzzer and runs them. `run.sh --help` says how.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.."
. tests/beside.sh

usage() {
    cat <<'TEXT'
tests/fuzz/run.sh [--seconds N | --runs N] [--seed N] [TARGET...]   fuzz; 60 seconds a target, all targets
tests/fuzz/run.sh --smoke [TARGET...]                               the same inputs every time: part of `make test`
tests/fuzz/run.sh --input FILE TARGET                               one input again, and what it means
tests/fuzz/run.sh --smaller FILE TARGET                             look for a smaller input that fails as FILE does
TEXT
    echo "Targets: ${all[*]}"
}

fail() {
    printf '%s\n' "$@" >&2
    exit 1
}

# As many as take a few seconds.
smoke_runs() {
    case $1 in
    commands) echo 3000 ;;
    console) echo 6000 ;;
    guard) echo 20000 ;;
    journal) echo 4000 ;;
    log) echo 2500 ;;
    *) echo 60000 ;;
    esac
}

all=()
for file in tests/fuzz/targets/*.rs; do
    file=${file##*/}
    all+=("${file%.rs}")
done

mode=fuzz limit=-max_total_time=60 seed= input= targets=()
while (($#)); do
    case $1 in
    --help) usage && exit ;;
    --seconds) limit=-max_total_time=${2:?$1 needs a number} && shift ;;
    --runs) limit=-runs=${2:?$1 needs a number} && shift ;;
    --seed) seed=-seed=${2:?$1 needs a number} && shift ;;
    --smoke) mode=smoke ;;
    --input | --smaller) mode=${1#--} input=${2:?$1 needs a file} && shift ;;
    -*) fail "unknown option $1" "$(usage)" ;;
    *)
        [[ " ${all[*]} " == *" $1 "* ]] || fail "unknown target $1; there are: ${all[*]}"
        targets+=("$1")
        ;;
    esac
    shift
done
((${#targets[@]})) || targets=("${all[@]}")
[[ -z $input || -r $input ]] || fail "$input cannot be read"
[[ -z $input || ${#targets[@]} == 1 ]] || fail "--$mode needs its target" "$(usage)"

built=$(realpath -m "${CARGO_TARGET_DIR:-target}")
work=$built/fuzzing
host=$(rustc -vV | sed -n 's/^host: //p')
bin=$built/$host/fuzz
# What cargo-fuzz passes, but for the sanitizer, which needs a nightly compiler; the core has no `unsafe`. With --target
# the flags stay away from build scripts.
flags=(-Cpasses=sancov-module -Ccodegen-units=1 --cfg=fuzzing)
for option in level=4 inline-8bit-counters pc-table trace-compares; do
    flags+=("-Cllvm-args=-sanitizer-coverage-$option")
done
command -v "${CXX:-c++}" >/dev/null || fail "libFuzzer needs a C++ compiler. Install it by" "  apt-get install g++"
RUSTFLAGS="${flags[*]}" CARGO_TARGET_DIR=$built \
    cargo build --quiet --locked -p strongroom-fuzz --bins --profile fuzz --target "$host"
# With the packages that it is built with in the tests of Rust, so that nothing is built twice.
CARGO_TARGET_DIR=$built cargo build --quiet --locked -p strongroom-host -p strongroom-model -p strongroom-fuzz --example seeds
"$built/debug/examples/seeds" "$work/seeds" ||
    fail "" "no seeds: the scenarios themselves do not run; see make test-rust"

common=(-timeout=20 -rss_limit_mb=1024)

# Runs a target; where an input fails, says what to do.
run() { # target, options of libFuzzer
    local target=$1 log=$work/$1.log
    shift
    mkdir -p "$work/failures/$target"
    if "$bin/$target" "${common[@]}" -artifact_prefix="$work/failures/$target/" "$@" >"$log" 2>&1; then
        awk -v target="$target" '
            /^#[0-9]+/ { for (i = 1; i < NF; i++) if ($i ~ /^(cov|corp):$/) last[$i] = $(i + 1) }
            /^Done / { runs = $2; seconds = $5 }
            END { printf "%s: %d inputs held in %d s, %d places covered\n", target, runs, seconds, last["cov:"] }' "$log"
        return
    fi
    grep -vE '^ +[0-9]+: |^ +at |^[[:space:]]*(#|NEW_FUNC|INFO:|WARNING: Failed to find function)' "$log" | head -n 40 >&2
    local found
    found=$(sed -n 's/.*Test unit written to //p' "$log" | tail -n 1)
    fail "" "$target: an input does not hold${found:+: $found}" \
        "  what it means:   tests/fuzz/run.sh --input ${found:-FILE} $target" \
        "  a smaller one:   tests/fuzz/run.sh --smaller ${found:-FILE} $target" \
        "  what to do:      mend the code, and keep the find as a scenario or a test" \
        "  all of the log:  $log"
}

for target in "${targets[@]}"; do
    seeds=$work/seeds/$target
    case $mode in
    smoke)
        # The same in every run: without what was found before, and without values that were compared, of which
        # some are addresses.
        inputs=$(find "$seeds" -type f | sort | paste -sd,)
        beside run "$target" -seed=1 -use_cmp=0 -runs="$(smoke_runs "$target")" -seed_inputs="$inputs"
        ;;
    fuzz)
        mkdir -p "$work/corpus/$target"
        run "$target" "$limit" ${seed:+"$seed"} "$work/corpus/$target" "$seeds"
        ;;
    input) STRONGROOM_FUZZ_TELLS=1 RUST_BACKTRACE=${RUST_BACKTRACE:-0} "$bin/$target" "${common[@]}" "$input" ;;
    smaller)
        mkdir -p "$work/smaller"
        "$bin/$target" "${common[@]}" -minimize_crash=1 -max_total_time=60 -artifact_prefix="$work/smaller/" "$input" \
            >"$work/$target.log" 2>&1 || true
        found=$(sed -n "s/^CRASH_MIN: '\(.*\)' ([0-9]* bytes) caused a crash.*/\1/p" "$work/$target.log" | tail -n 1)
        [[ -n $found ]] || fail "$input does not fail; the log is $work/$target.log"
        mkdir -p "$work/failures/$target"
        cp -- "$found" "$work/failures/$target/smallest"
        rm -r "$work/smaller"
        echo "$work/failures/$target/smallest: $(stat -c %s "$work/failures/$target/smallest") bytes"
        ;;
    esac
done
beside_end
