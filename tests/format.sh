#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Whether clang-format 19 would change a source. Says [skipped] where it isn't installed.
#
#   tests/format.sh ROOT          exit 0 nothing differs, 1 something does (named)
#   tests/format.sh ROOT --fix    rewrites instead
set -u

cd "${1:?usage: tests/format.sh ROOT [--fix]}" || exit 2
format=$(command -v clang-format-19) || {
    echo "[skipped] clang-format-19 isn't installed"
    exit 0
}
list() {
    find core prompts verify synth datasets cli tests -type f \( -name '*.h' -o -name '*.cpp' -o -name '*.cc' \) \
        ! -path 'tests/golden/*' ! -path 'tests/fixtures/*' ! -path 'tests/evil/*' -print0 2>/dev/null
}
if [ "${2:-}" = --fix ]; then
    list | xargs -0 "$format" -i --
    exit
fi
differing=$(list | xargs -0 -P 2 -n 16 "$format" --dry-run --Werror -- 2>&1 | grep 'error:' | cut -d : -f 1 | sort -u)
[ -n "$differing" ] || exit 0
printf '%s\n' "$differing"
echo "differ from what clang-format 19 makes of them: tests/format.sh . --fix changes them"
exit 1
