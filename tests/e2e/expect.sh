# SPDX-License-Identifier: Apache-2.0
# Sourced by the scripts of tests/e2e: `work` is an empty folder (with a space in its name) that goes
# away at the end, and expect_* say what differed. `finish` ends a script; exit 1 where anything failed.
set -u
source_dir=$1
build_dir=$2
scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT
work="$scratch/a folder"
mkdir "$work" || exit 2
failures=0
checks=0

# complain MESSAGE: counts a failure and goes on.
complain() {
    failures=$((failures + 1))
    printf 'FAILED: %s\n' "$1"
    [ -f "$scratch/out" ] && sed 's/^/    stdout: /' "$scratch/out" | tail -n 20
    [ -f "$scratch/err" ] && sed 's/^/    stderr: /' "$scratch/err" | tail -n 20
}

# run COMMAND...: leaves `status`, and what it printed in the files that expect_out and expect_err read.
run() {
    "$@" >"$scratch/out" 2>"$scratch/err" </dev/null
    status=$?
}

# expect MESSAGE COMMAND...: COMMAND succeeds.
expect() {
    checks=$((checks + 1))
    expectation=$1
    shift
    "$@" >/dev/null 2>&1 || complain "$expectation"
}

expect_not() {
    checks=$((checks + 1))
    expectation=$1
    shift
    if "$@" >/dev/null 2>&1; then complain "$expectation"; fi
}

# Of the last `run`.
expect_status() { expect "exit code $status, expected $1" test "$status" -eq "$1"; }
expect_out() { expect "stdout lacks '$1'" grep -q -e "$1" "$scratch/out"; }
expect_err() { expect "stderr lacks '$1'" grep -q -e "$1" "$scratch/err"; }
expect_no_err() { expect "stderr isn't empty" test ! -s "$scratch/err"; }

skip() {
    echo "[skipped] $1"
    exit 0
}

finish() {
    [ "$checks" -gt 0 ] || { echo "FAILED: nothing was checked"; exit 1; }
    [ "$failures" -eq 0 ] && exit 0
    echo "$failures of $checks checks failed"
    exit 1
}
