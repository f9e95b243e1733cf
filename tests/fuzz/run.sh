#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# run.sh SECONDS [SUBJECT...]: builds the libFuzzer targets with the preset fuzz and runs each one
# (or the named ones, such as lexer) for so long from the project's own seeds. Needs clang 19.
set -eu
seconds=${1:?usage: run.sh SECONDS [SUBJECT...]}
shift
root=$(cd "$(dirname "$0")/../.." && pwd)
build=${RTLGEN_FUZZ_BUILD:-$root/build/fuzz}
cmake -S "$root" --preset fuzz -B "$build" >/dev/null
if [ $# -eq 0 ]; then
    for source in "$root"/tests/fuzz/*_fuzz.cpp; do
        set -- "$@" "$(basename "$source" _fuzz.cpp)"
    done
fi
targets=
for subject in "$@"; do targets="$targets ${subject}_fuzz"; done
# shellcheck disable=SC2086 # one word a target
cmake --build "$build" --target $targets
failed=
for subject in "$@"; do
    corpus=$build/tests/fuzz/corpus/$subject
    mkdir -p "$corpus"
    echo "== $subject"
    if ! "$build/tests/fuzz/${subject}_fuzz" -max_total_time="$seconds" -close_fd_mask=1 -print_final_stats=1 \
        -artifact_prefix="$build/tests/fuzz/$subject-" "$corpus" \
        "$root/tests/fuzz/seeds" "$root/tests/golden" "$root/tests/fixtures/answers" \
        "$root/datasets/library"; then
        failed="$failed $subject"
    fi
done
[ -z "$failed" ] || { echo "failed:$failed" >&2; exit 1; }
