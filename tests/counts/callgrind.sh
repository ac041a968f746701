# Instructions counted by callgrind. To be sourced.
# shellcheck shell=bash

# Callgrind shows a program a processor without SHA extensions: what is counted of SHA-256 is the path in software.
callgrind() { # folder for what is counted, function in which is counted, more options and the program...
    local folder=$1 function=$2
    shift 2
    if ! valgrind --tool=callgrind --callgrind-out-file="$folder/out" --collect-atstart=no --toggle-collect="$function" \
        "$@" 2>"$folder/told"; then
        cat "$folder/told" >&2
        return 1
    fi
}

# Prints a row, if anything was counted for it.
per_operation() { # file, name, operations
    local instructions
    instructions=$(awk '$1 == "totals:" { print $2 }' "$1" 2>/dev/null) || instructions=
    if ! [[ $instructions =~ ^[1-9][0-9]*$ ]]; then
        printf '%s: callgrind counted nothing\n' "$2" >&2
        return 1
    fi
    awk -v name="$2" -v all="$instructions" -v of="$3" 'BEGIN { printf "%s\t%.1f\tinstructions\n", name, all / of }'
}

# Runs a program which, for each of its rows, calls its function `strongroom_counted` once and prints the row's name, a tab and
# the number of operations in it. Prints for each row its name and the instructions of one operation.
counted() { # program, arguments...
    local folder row=0 name operations done=0
    folder=$(mktemp -d) || return
    callgrind "$folder" strongroom_counted --dump-after=strongroom_counted "$@" >"$folder/rows" || done=1
    while IFS=$'\t' read -r name operations && ((done == 0)); do
        row=$((row + 1))
        per_operation "$folder/out.$row" "$name" "$operations" || done=1
    done <"$folder/rows"
    rm -r "$folder"
    return "$done"
}

# Prints the same of one function alone, whoever calls it, however often a program does.
counted_inside() { # function, calls, name, program, arguments...
    local folder done=0
    folder=$(mktemp -d) || return
    callgrind "$folder" "$1" "${@:4}" >/dev/null && per_operation "$folder/out" "$3" "$2" || done=1
    rm -r "$folder"
    return "$done"
}
