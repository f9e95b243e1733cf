# SPDX-License-Identifier: Apache-2.0
# `--keep` on a full disk: one line, and the verdict all the same.
. "$1/tests/e2e/expect.sh"

if ! command -v iverilog >/dev/null 2>&1; then
    echo "[skipped] iverilog is not installed"
    exit 0
fi
if ! unshare -m true 2>/dev/null; then
    echo "[skipped] this user can't mount a small disk of its own"
    exit 0
fi
mkdir "$work/disk"
printf 'module top(output y);\n  assign y = ;\nendmodule\n' >"$work/top.v"

# keep_on SIZE: on a disk of SIZE, which only this command sees.
keep_on() {
    run unshare -m sh -c "mount -t tmpfs -o size=$1 tmpfs '$work/disk' &&
        '$rtlgen' verify --json --work-dir '$work/disk/work' '$work/top.v'"
}

keep_on 16m
expect_status 1
expect_out '"class":"syntax".*"work_dir":"'
expect_err '^kept in '
expect_not "a record is missing without need" grep -q 'not kept' "$scratch/err"

keep_on 12k
expect_status 1
expect_out '"class":"syntax"'
expect_err '^rtlgen: .*the disk is full; free some space and run again'
expect "a full disk is told more than once" test "$(grep -c 'disk is full' "$scratch/err")" -le 2
finish
