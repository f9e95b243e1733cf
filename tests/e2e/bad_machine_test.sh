# SPDX-License-Identifier: Apache-2.0
# Tools that are missing or crash, disks that are full, homes that can't be written, models that don't answer.
. "$1/tests/e2e/expect.sh"
need_rtlgen
need_tools iverilog
cd "$work" || exit 2
export HOME="$user_home"
write_inverter good.v
write_specification spec.md

# No tool at all; one that dies by a signal. Neither is the design's fault.
mkdir none fake
judges 3 'see rtlgen doctor' env RTLGEN_TOOLSET=none PATH="$work/none" "$rtlgen" verify good.v
cp "$source_dir/tests/fake_tools/crashes.sh" fake/yosys
chmod +x fake/yosys
run limited env RTLGEN_TOOLSET=none PATH="$work/fake" "$rtlgen" verify good.v
expect_status 3
expect_no_trace

# One that hangs when it is asked for its version: given up, named, and the others work on.
rm fake/yosys
printf '#!/bin/sh\nexec sleep 600\n' >fake/yosys
chmod +x fake/yosys
hung="$work/fake:/usr/bin:/bin"
run limited env RTLGEN_TOOLSET=none PATH="$hung" XDG_CACHE_HOME="$work/probed" "$rtlgen" doctor
expect_status 0
expect_out 'problem  .*fake/yosys'
judges 0 '^PASS' env RTLGEN_TOOLSET=none PATH="$hung" XDG_CACHE_HOME="$work/probed" "$rtlgen" verify good.v

# No network, no key: exit code 5 or 2, what was tried, and the old file stays.
echo precious >out.v
refuses 5 'is the server running' "$rtlgen" generate spec.md --model openai/x --api-base http://127.0.0.1:1/v1 -o out.v
refuses 5 'resolve host' "$rtlgen" generate spec.md --model openai/x --api-base http://nowhere.invalid/v1 -o out.v
refuses 2 'no URL' "$rtlgen" generate spec.md --model openai/x --api-base ftp://x -o out.v
refuses 5 'exited with 1' "$rtlgen" generate spec.md --model command:false -o out.v
refuses 5 'answered nothing' "$rtlgen" generate spec.md --model command:true -o out.v
refuses 3 "can't be run" "$rtlgen" generate spec.md --model command:/nowhere -o out.v
expect "a file that stood there is gone" test "$(cat out.v)" = precious

# Output that can't be written, and a reader that stops early.
mkdir folder
refuses 2 '/nowhere/x.v: -o can.t be written there: there is no folder /nowhere' "$rtlgen" generate spec.md --model library -o /nowhere/x.v
refuses 2 'folder: -o can.t be written there: it is a folder' "$rtlgen" generate spec.md --model library -o folder
for option in --junit --sarif; do
    refuses 2 "/nowhere/x: $option can.t be written there" "$rtlgen" verify good.v "$option" /nowhere/x
    refuses 2 "folder: $option can.t be written there" "$rtlgen" verify good.v "$option" folder
done
# The model is not asked for what can't be kept.
cat >ask.sh <<'EOS'
#!/bin/sh
touch "$(dirname "$0")/asked"
EOS
chmod +x ask.sh
refuses 2 'there is no folder nowhere' "$rtlgen" generate spec.md --model "command:$PWD/ask.sh" -o nowhere/out.v
expect_not "the model was asked in vain" test -e asked
mkdir closed && chmod 555 closed && : >closed.v && chmod 444 closed.v
refuses 2 'Permission denied' $ordinary "$rtlgen" generate spec.md --model library -o closed/out.v
refuses 2 'Permission denied' $ordinary "$rtlgen" generate spec.md --model library -o closed.v
run sh -c 'timeout -s KILL 20 "$0" verify good.v >/dev/full' "$rtlgen"
expect_status 3
expect_err "standard output can't be written"
run sh -c '{ timeout -s KILL 20 "$0" --help; echo "code $?" >&2; } | head -n 1' "$rtlgen"
expect_no_trace

# A home that isn't set, isn't there or can't be written.
(unset HOME XDG_CACHE_HOME && exec timeout -s KILL 20 "$rtlgen" verify good.v) >"$scratch/out" 2>"$scratch/err"
status=$?
expect_status 0
run limited env HOME=/nowhere XDG_CACHE_HOME=/proc/nowhere "$rtlgen" verify good.v
expect "a cache that can't be written ends in $status" test "$status" -eq 0 -o "$status" -eq 3
expect_no_trace
run limited env TMPDIR="$work/nothing" "$rtlgen" verify good.v
expect "no folder for temporary files ends in $status" test "$status" -eq 0 -o "$status" -eq 3
expect_no_trace

mkdir -m 555 readonly
judges 0 '^PASS' $ordinary env HOME="$work/readonly" "$rtlgen" verify good.v
refuses 2 'good.v' $ordinary env HOME="$work/readonly" XDG_CACHE_HOME="$work/good.v" "$rtlgen" cache prune
ends_with 0 $ordinary env HOME="$work/readonly" "$rtlgen" cache show

# A full disk under -o, the run's folder, the cache and the temporary files, in a mount namespace of its own.
full_disk() { # full_disk COMMAND...: with ./full a disk of 64 KiB that holds 64 KiB and an old file
    mkdir -p full
    run unshare -m sh -c 'mount -t tmpfs -o size=64k full full && echo precious >full/out.v &&
        head -c 100000 /dev/zero >full/filler 2>/dev/null
        export HOME; timeout -s KILL 20 "$@"; code=$?; cat full/out.v >&2; exit $code' sh "$@"
}
if [ "$(id -u)" -eq 0 ] && unshare -m true 2>/dev/null; then
    full_disk "$rtlgen" generate spec.md --model library -o full/out.v
    expect_status 3
    expect_err '^rtlgen: full/out.v: .*the disk is full'
    expect_err '^precious$'
    full_disk "$rtlgen" generate spec.md --model library --run-dir full/run -o out.v
    expect_status 3
    expect_err '^rtlgen: .*full'
    expect_no_trace
    full_disk env XDG_CACHE_HOME="$work/full" "$rtlgen" verify good.v
    expect "a full disk for the cache ends in $status" test "$status" -eq 0 -o "$status" -eq 3
    expect_no_trace
    full_disk env TMPDIR="$work/full" "$rtlgen" verify good.v
    expect "a full disk for temporary files ends in $status" test "$status" -eq 0 -o "$status" -eq 3
    expect_no_trace
    full_disk "$rtlgen" verify good.v --junit full/report.xml
    expect_status 3
    expect_err 'full/report.xml: .*the disk is full'
fi
finish
