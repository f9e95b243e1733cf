#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Rules about files: what stands at the top, names, licence lines, length, and nothing in them that
# is true on one machine only.
#
#   tests/house.sh ROOT         prints FILE: message for each violation; exit 0 none, 1 some, 2 no files
#   tests/house.sh --self-test  plants one violation of each kind and sees whether it is found
set -u

top_level=" CMakeLists.txt CMakePresets.json LICENSE README.md cli core datasets docs prompts rtlgen synth tests third_party verify "
max_lines=400

# The files that git tracks; without git all but the build folders.
list_files() {
    git ls-files 2>/dev/null | grep . ||
        find . -type f ! -path './.git/*' ! -path './build/*' ! -path './.cache/*' ! -path './rtlgen-runs/*' | sed 's|^\./||'
}

# is_code FILE: what people write and read line by line, as opposed to recorded and foreign data.
is_code() {
    case $1 in
        tests/golden/* | tests/fixtures/*) return 1 ;;
        *.h | *.cpp | *.cc | *.c | *.sh | *.cmake | CMakeLists.txt | */CMakeLists.txt | rtlgen | tests/run | .ci/run) return 0 ;;
    esac
    return 1
}

bad() { printf '%s: %s\n' "$1" "$2"; }

# machine_words: grep's pattern, put together so that this file doesn't hold what it forbids.
machine_words() {
    printf '%s' '(^|[^A-Za-z0-9_.])/w''ork/(main|shared|b)'
    for host in pypi'\.'org pythonhosted'\.'org deb'\.'debian registry'\.'npmjs crates'\.'io proxy'\.'golang snapshot'\.'debian; do
        printf '|%s' "$host"
    done
}

check_files() {
    list_files | cut -d / -f 1 | sort -u | while IFS= read -r entry; do
        case $top_level in *" $entry "*) continue ;; esac
        case $entry in .*) continue ;; esac
        bad "$entry" "doesn't belong at the top level"
    done
    list_files | while IFS= read -r file; do
        [ -f "$file" ] || continue # deleted and not yet committed
        case $file in
            *[!A-Za-z0-9_./+-]*) case $file in tests/fixtures/*) ;; *) bad "$file" "names are letters, digits and _ . + -" ;; esac ;;
        esac
        is_code "$file" || continue
        head -n 2 "$file" | grep -q 'SPDX-License-Identifier: Apache-2.0' ||
            bad "$file" "no SPDX line at its head"
        case $file in
            tests/unit/*_test.cpp) ! grep -q '^TEST_CASE("-' "$file" || bad "$file" "a test's name that begins with - is an option to Catch2" ;;
        esac
        lines=$(wc -l <"$file")
        [ "$lines" -le "$max_lines" ] || bad "$file" "$lines lines; split it ($max_lines at most)"
    done
    list_files | tr '\n' '\0' | xargs -0 grep -I -n -E "$(machine_words)" 2>/dev/null |
        grep -v -E '^tests/(debian13|house)\.sh:' |
        while IFS= read -r line; do
            bad "$(printf '%s' "$line" | cut -d : -f 1,2)" "a path or host of one machine: $(printf '%s' "$line" | cut -d : -f 3- | cut -c 1-80)"
        done
}

check() (
    cd "$1" || exit 2
    list_files | grep -q . || { echo "house: no files in $1" >&2; exit 2; }
    found=$(check_files)
    [ -z "$found" ] && exit 0
    printf '%s\n' "$found"
    exit 1
)

self_test() {
    work=$(mktemp -d) || exit 2
    trap 'rm -rf "$work"' EXIT
    tree=$work/tree
    failures=0
    # expect STATUS FILE TEXT: a tree with one good file and FILE that holds TEXT.
    expect() {
        rm -rf "$tree"
        mkdir -p "$tree/core" "$tree/$(dirname "$2")"
        printf '// SPDX-License-Identifier: Apache-2.0\nint x;\n' >"$tree/core/good.cpp"
        printf '%s\n' "$3" >"$tree/$2"
        output=$(GIT_DIR=/dev/null check "$tree")
        status=$?
        if [ "$status" -ne "$1" ]; then
            echo "self-test: $2 gave $status, expected $1: $output"
            failures=$((failures + 1))
        fi
    }
    licence='// SPDX-License-Identifier: Apache-2.0'
    expect 0 core/a.cpp "$licence"
    expect 0 .dotfile "anything"
    expect 0 tests/golden/a.log "$(seq 1000)"
    expect 1 notes.txt "anything"
    expect 1 scripts/a.txt "anything"
    expect 1 core/a.cpp "int x;"
    expect 1 core/a.h "#pragma once"
    expect 1 "core/a b.txt" "anything"
    expect 1 core/a.cpp "$licence
$(seq 400)"
    expect 0 tests/unit/a_test.cpp "$licence
TEST_CASE(\"with -o\") {}"
    expect 1 tests/unit/a_test.cpp "$licence
TEST_CASE(\"-o\") {}"
    expect 1 docs/a.md "see /wo""rk/main/docs"
    expect 1 docs/a.md "from https://py""pi.org/simple"
    expect 1 docs/a.md "from http://deb"".debian.org/debian"
    [ "$failures" -eq 0 ] && echo "self-test: every planted violation was found"
    return "$failures"
}

case ${1:-} in
    --self-test) self_test ;;
    '' | -*) echo "usage: tests/house.sh ROOT | --self-test" >&2; exit 2 ;;
    *) check "$1" ;;
esac
