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

# The program, as an ordinary user would meet it: at most 60 s (job slots are shared by all), 4 GiB of addresses, stdin empty.
rtlgen="$build_dir/cli/rtlgen"
need_rtlgen() { [ -x "$rtlgen" ] || skip "rtlgen isn't built"; }
need_tools() { # need_tools PROGRAM...
    for needed in "$@"; do command -v "$needed" >/dev/null || skip "$needed isn't installed"; done
}
# A program under AddressSanitizer maps terabytes of addresses.
limit_memory() { grep -q __asan_init "$rtlgen" || ulimit -v 4194304; }
limited() { # limited COMMAND...
    (limit_memory; exec timeout -s KILL "${seconds:-60}" "$@")
}

# $ordinary COMMAND...: without the rights of root; give it HOME="$user_home".
ordinary=
[ "$(id -u)" -eq 0 ] && ordinary="setpriv --reuid=65534 --regid=65534 --clear-groups"
# A build in a closed home: they get a copy.
if [ -n "$ordinary" ] && [ -x "$rtlgen" ] && ! $ordinary test -x "$rtlgen"; then
    cp "$rtlgen" "$scratch/rtlgen" && chmod 755 "$scratch" "$scratch/rtlgen"
    rtlgen="$scratch/rtlgen"
fi
user_home="$scratch/home of a user"
mkdir "$user_home" && chmod 755 "$scratch" "$work"
if [ "$(id -u)" -eq 0 ]; then chown 65534:65534 "$user_home"; fi

# expect_no_trace: what was printed is meant for a user.
expect_no_trace() {
    expect_not "a stack trace or an abort was printed" grep -q -i -E \
        'terminate called|what\(\)|core dumped|segmentation|sanitizer|internal error|stack trace' "$scratch/out" "$scratch/err"
}

# ends_with STATUS COMMAND...: within the limits, with that exit code, and nothing printed that isn't for a user.
ends_with() {
    wanted=$1
    shift
    run limited "$@"
    expect "exit code $status, expected $wanted, of: $*" test "$status" -eq "$wanted"
    expect_no_trace
}

# refuses STATUS PATTERN COMMAND...: one line `rtlgen: ...` that matches, nothing on stdout.
refuses() {
    outcome=$1
    pattern=$2
    shift 2
    ends_with "$outcome" "$@"
    expect "not one line that begins with rtlgen: of: $*" test "$(grep -c '^rtlgen: ' "$scratch/err")" -eq 1
    expect "the line lacks '$pattern', of: $*" grep -q -e "^rtlgen: .*$pattern" "$scratch/err"
    expect "the line is longer than 600 bytes, of: $*" test "$(grep '^rtlgen: ' "$scratch/err" | wc -c)" -le 600
    expect "stdout isn't empty, of: $*" test ! -s "$scratch/out"
}

# judges STATUS PATTERN COMMAND...: a verdict on stdout that matches, no error line.
judges() {
    outcome=$1
    pattern=$2
    shift 2
    ends_with "$outcome" "$@"
    expect "stdout lacks '$pattern', of: $*" grep -q -a -e "$pattern" "$scratch/out"
    expect_not "an error line beside a verdict, of: $*" grep -q '^rtlgen: ' "$scratch/err"
}

# A design that any tool reads, and a specification that the library answers.
write_inverter() { # write_inverter FILE [MODULE]
    printf 'module %s(input a, output y);\n    assign y = ~a;\nendmodule\n' "${2:-inverter}" >"$1"
}
write_specification() { echo 'An 8-bit up counter with enable and synchronous reset.' >"$1"; }

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
