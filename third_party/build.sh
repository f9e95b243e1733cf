#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Installs what is missing, configures and builds: the set-up that ./rtlgen and tests/run share.
#
#   third_party/build.sh TARGET...
#
# The build folder is build/, or $RTLGEN_BUILD_DIR. Everything that the tools say goes to
# build.log there; stderr gets a line a step, and the end of the log where something fails.
# Exit: 0 built, 3 not.
set -u

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P) || exit 3
build=${RTLGEN_BUILD_DIR:-$root/build}
log=$build/build.log

say() { printf 'rtlgen: %s\n' "$*" >&2; }

# give_up MESSAGE: the end of the log without the compiler's command lines, and what to do.
give_up() {
    grep -v -E '^\[[0-9]+/[0-9]+\] | -o [^ ]+ -c |^: && ' "$log" | tail -n 15 | cut -c 1-240 >&2
    say "$1"
    exit 3
}

mkdir -p "$build" 2>/dev/null || {
    say "can't write the build folder $build; set RTLGEN_BUILD_DIR to one that you may write"
    exit 3
}
exec 9>>"$build/.lock" || { say "can't write in $build; set RTLGEN_BUILD_DIR to a folder that you may write"; exit 3; }
if ! flock -n 9; then
    say "another build is under way in $build; waiting"
    flock 9
fi

# The stamp's time is that of the start: a file saved while the compiler runs is newer.
: >"$build/.stamp.new"
: >"$log"

sh "$root/third_party/install.sh" 9>&- 2>"$build/install.log"
status=$?
cat "$build/install.log" >>"$log"
if [ "$status" -ne 0 ]; then
    tail -n 8 "$build/install.log" >&2
    say "something that the build needs is missing; all messages: $build/install.log"
    exit 3
fi
# What it could not install costs features, not the build; it is said once and stays in the log.
grep -E '^(install\.sh: (going on|the pinned)|toolset: |  sudo )' "$build/install.log" >&2

# A folder that was copied or moved with its build folder is configured afresh.
if [ -f "$build/CMakeCache.txt" ] &&
    ! grep -q -x -F "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$build/CMakeCache.txt"; then
    rm -rf "$build/CMakeCache.txt" "$build/CMakeFiles"
fi
if [ ! -f "$build/CMakeCache.txt" ]; then
    say "configuring (log: $log)"
    launcher=
    command -v ccache >/dev/null 2>&1 && launcher=-DCMAKE_CXX_COMPILER_LAUNCHER=ccache
    if command -v ninja >/dev/null 2>&1; then
        (cd "$root" && cmake --preset release -B "$build" ${launcher:+"$launcher"}) >>"$log" 2>&1 9>&-
    else
        cmake -S "$root" -B "$build" -G "Unix Makefiles" -DCMAKE_BUILD_TYPE=Release \
            ${launcher:+"$launcher"} >>"$log" 2>&1 9>&-
    fi || {
        rm -f "$build/CMakeCache.txt"
        give_up "CMake could not configure; all messages: $log"
    }
fi

jobs=$(nproc 2>/dev/null || echo 2)
say "building $* with $jobs jobs (log: $log)"
cmake --build "$build" -j "$jobs" --target "$@" >>"$log" 2>&1 9>&- ||
    give_up "the build failed; all messages: $log"
mv -f "$build/.stamp.new" "$build/.stamp"
