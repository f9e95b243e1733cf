#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# How long `rtlgen --version` takes, against an empty program linked to the same shared libraries.
# Both run in turn, blocks of 50, seven times; the best block of each counts.
#
#   tests/bench/startup.sh BUILD_FOLDER    exit 0 where rtlgen takes at most twice as long
set -u

build=${1:?usage: tests/bench/startup.sh BUILD_FOLDER}
rtlgen=$build/cli/rtlgen
[ -x "$rtlgen" ] || { echo "build rtlgen first" >&2; exit 3; }
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
empty=$work/empty

needed() { readelf -d "$1" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' | grep -v '^ld-' | sort; }
mapfile -t libraries < <(needed "$rtlgen" | sed 's/^/-l:/')
echo 'int main() { return 0; }' >"$work/empty.cpp"
"${CXX:-c++}" -O2 -o "$empty" "$work/empty.cpp" -Wl,--no-as-needed "${libraries[@]}" -Wl,--as-needed || exit 3
[ "$(needed "$rtlgen")" = "$(needed "$empty")" ] || {
    echo "the two programs are linked to different libraries" >&2
    exit 3
}

runs=50
# block PROGRAM: microseconds of wall time for `runs` starts.
block() {
    local begin end i
    begin=${EPOCHREALTIME/[.,]/}
    for ((i = 0; i < runs; i++)); do "$1" --version >/dev/null; done
    end=${EPOCHREALTIME/[.,]/}
    echo $((end - begin))
}
best_rtlgen=
best_empty=
for _ in 1 2 3 4 5 6 7; do
    time_empty=$(block "$empty")
    time_rtlgen=$(block "$rtlgen")
    [ -z "$best_empty" ] || [ "$time_empty" -lt "$best_empty" ] && best_empty=$time_empty
    [ -z "$best_rtlgen" ] || [ "$time_rtlgen" -lt "$best_rtlgen" ] && best_rtlgen=$time_rtlgen
done
awk -v a="$best_rtlgen" -v b="$best_empty" -v n="$runs" 'BEGIN {
    printf "startup: rtlgen --version %.2f ms, empty program %.2f ms, ratio %.2f (2.00 at most)\n", a / n / 1000, b / n / 1000, a / b
    exit a > 2 * b
}'
