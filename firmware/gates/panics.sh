# The panics that are left in an image, each with its caller, against those that were looked at. To be sourced.
# shellcheck shell=bash

# Indexing of the library's own is named by who indexes.
panics_awk='function panics(name) { return name ~ /^core::.*(panic|_fail(ed)?(::|$))|strongroom_panicked|__rustc::|defmt_default_panic|^<core::ops::range::.* as core::slice::index::SliceIndex</ }'

# The symbols of panics, and every function that calls one.
panic_symbols() {
    cut -d ' ' -f 3- <<<"$symbols" | awk "$panics_awk"' panics($0) { print "    " $0 }'
}
panic_callers() { # image
    "$objdump" --disassemble --demangle "$1" | awk "$panics_awk"'
        function symbol(line) { sub(/^[^<]*</, "", line); sub(/>[^>]*$/, "", line); return line }
        /^[0-9a-f]+ <.*>:$/ { caller = symbol($0); next }
        /\tb[a-z.]*[ \t].*<.*>/ {
            callee = symbol($0)
            sub(/\+0x[0-9a-f]+$/, "", callee)
            if (panics(callee) && !panics(caller)) print "    " caller " -> " callee
        }' | sort | uniq -c | sed 's/^ *\([0-9]*\)  */\1 /'
}

# A site that `panics.txt` does not name fails the gate; so does one that it names and that is gone, that the list stays short.
looked_at() { # image
    local found known
    found=$(panic_callers "$1")
    known=$(grep -v '^\(#\|$\)' panics.txt)
    row "panics within reach" "$(awk '{ sum += $1 } END { print sum + 0 }' <<<"$found")" \
        "$(awk '{ sum += $1 } END { print sum + 0 }' <<<"$known")"
    diff <(sort <<<"$known") <(sort <<<"$found") >"$CARGO_TARGET_DIR/panics.diff" && return
    over=1
    sed -n 's/^> /  new, to be looked at and written to firmware\/panics.txt: /p; s/^< /  gone, to be struck out there: /p' \
        "$CARGO_TARGET_DIR/panics.diff"
}
