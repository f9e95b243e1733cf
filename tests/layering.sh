#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A folder includes only folders to its left: core < prompts < verify < synth < datasets < cli, and in core
# base < config < process < domain < tools < rtl < llm < store. Includes of the project are relative to
# its root and in quotes; those of libraries are in angle brackets. cli/workflow knows no CLI11.
#
#   tests/layering.sh ROOT    prints FILE:LINE: message for each violation; exit 0 none, 1 some, 2 no sources
#   tests/layering.sh --self-test    plants one violation of each kind and sees whether it is found
set -u

check() (
    cd "$1" || exit 2
    files=$(find core prompts verify synth datasets cli tests -type f \
        \( -name '*.h' -o -name '*.cpp' -o -name '*.cc' -o -name '*.c' \) \
        ! -path 'tests/golden/*' ! -path 'tests/fixtures/*' ! -path 'tests/evil/*' 2>/dev/null | LC_ALL=C sort)
    [ -n "$files" ] || { echo "layering: no sources in $1" >&2; exit 2; }
    # The paths of sources hold no spaces: house.sh checks the names.
    awk '
        BEGIN {
            count = split("core/base core/config core/process core/domain core/tools core/rtl core/llm " \
                "core/store prompts verify synth datasets cli/workflow cli", order, " ")
            for (i = 1; i <= count; i++) rank[order[i]] = i
        }
        # The layer of a path: two levels in core and for cli/workflow, else one; "" for what is none.
        function layer(path, parts, n, two) {
            n = split(path, parts, "/")
            two = parts[1] "/" parts[2]
            if (n > 2 && two in rank) return two
            return n > 1 && parts[1] in rank ? parts[1] : ""
        }
        function bad(message) { printf "%s:%d: %s\n", FILENAME, FNR, message; failed = 1 }
        /^[ \t]*#[ \t]*include[ \t]*["<]/ {
            name = $0
            sub(/^[ \t]*#[ \t]*include[ \t]*/, "", name)
            quoted = substr(name, 1, 1) == "\""
            name = substr(name, 2)
            sub(/[">].*/, "", name)
            from = layer(FILENAME)
            to = layer(name)
            if (!quoted) {
                if (to != "") bad("<" name "> is of this project: write it in quotes")
                if (from == "cli/workflow" && name ~ /^CLI\//) bad("cli/workflow knows no CLI11")
                next
            }
            if (to == "" && name !~ /^tests\//) {
                bad("\"" name "\" is not relative to the root, or belongs in angle brackets")
            } else if (from != "" && to == "") {
                bad("\"" name "\": only tests include tests")
            } else if (from != "" && rank[to] > rank[from]) {
                bad(from " may not include " to " (\"" name "\")")
            }
        }
        END { exit failed }' $files
)

self_test() {
    work=$(mktemp -d) || exit 2
    trap 'rm -rf "$work"' EXIT
    failures=0
    # expect STATUS FILE LINE: a tree with one good file and FILE of one LINE.
    expect() {
        rm -rf "$work/tree"
        mkdir -p "$work/tree/core/base" "$work/tree/$(dirname "$2")"
        printf '#include "core/base/good.h"\n#include <vector>\n' >"$work/tree/core/base/good.cpp"
        printf '%s\n' "$3" >"$work/tree/$2"
        output=$(check "$work/tree")
        status=$?
        if [ "$status" -ne "$1" ] || { [ "$1" -eq 1 ] && [ "${output%%:*}" != "$2" ]; }; then
            echo "self-test: $2 with '$3' gave $status, expected $1: $output"
            failures=$((failures + 1))
        fi
    }
    expect 0 verify/a.cpp '#include "core/store/b.h"'
    expect 0 core/rtl/a.cpp '#include "core/tools/yosys/b.h"'
    expect 0 cli/a.cpp '#include "cli/workflow/b.h"'
    expect 0 cli/a.cpp '#include <CLI/CLI.hpp>'
    expect 0 tests/unit/verify/a_test.cpp '#include "tests/catch.h"'
    expect 1 core/base/a.cpp '#include "core/config/b.h"'
    expect 1 core/config/a.cpp '#include "core/process/b.h"'
    expect 1 core/process/a.cpp '#include "core/domain/b.h"'
    expect 1 core/domain/a.cpp '#include "core/tools/b.h"'
    expect 1 core/tools/icarus/a.cpp '#include "core/rtl/b.h"'
    expect 1 core/rtl/a.cpp '#include "core/llm/b.h"'
    expect 1 core/llm/a.cpp '#include "core/store/b.h"'
    expect 1 core/store/a.cpp '#include "prompts/b.h"'
    expect 1 prompts/a.cpp '#include "verify/b.h"'
    expect 1 verify/a.h '  #  include "synth/b.h"'
    expect 1 synth/a.cpp '#include "datasets/b.h"'
    expect 1 datasets/a.cpp '#include "cli/b.h"'
    expect 1 cli/workflow/a.cpp '#include "cli/b.h"'
    expect 1 cli/workflow/a.cpp '#include <CLI/CLI.hpp>'
    expect 1 verify/a.cpp '#include "judge.h"'
    expect 1 verify/a.cpp '#include "../core/base/b.h"'
    expect 1 verify/a.cpp '#include <core/base/b.h>'
    expect 1 verify/a.cpp '#include "tests/catch.h"'
    rm -rf "$work/tree"
    mkdir "$work/tree"
    check "$work/tree" 2>/dev/null && { echo "self-test: a tree without sources passed"; failures=$((failures + 1)); }
    [ "$failures" -eq 0 ] && echo "self-test: every planted violation was found"
    return "$failures"
}

case ${1:-} in
    --self-test) self_test ;;
    '' | -*) echo "usage: tests/layering.sh ROOT | --self-test" >&2; exit 2 ;;
    *) check "$1" ;;
esac
