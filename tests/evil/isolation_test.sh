# SPDX-License-Identifier: Apache-2.0
# What isolates jobs is taken away: bubblewrap, bubblewrap for a program that only looks like it, Landlock too.
. "$1/tests/e2e/expect.sh"
need_rtlgen
need_tools iverilog bwrap
[ "$(id -u)" -eq 0 ] && unshare -m true 2>/dev/null || skip "this user can't hide bubblewrap from itself"
cd "$work" || exit 2
export HOME="$user_home"
cp "$source_dir"/tests/evil/*.sv .

# hidden PROGRAM COMMAND...: with PROGRAM in the place of bubblewrap, and a new cache.
hidden() {
    program=$1
    shift
    rm -rf "$scratch/cache"
    XDG_CACHE_HOME="$scratch/cache" run timeout -s KILL 60 unshare -m sh -c \
        'mount --bind "$0" /usr/bin/bwrap && exec "$@"' "$program" "$@"
}
hidden /dev/null "$rtlgen" verify --json --testbench checker.sv honest.sv
expect_status 0
expect_out '"level":"S1"'
hidden /dev/null "$rtlgen" verify --json --trust candidate --reference reference.sv honest.sv
expect_status 0
expect_out '"verdict":"pass"'
expect_out '"level":"S1"'
hidden /dev/null "$rtlgen" doctor
expect_out 'install bubblewrap'

# In a container its number is as small as those within the jail: it is not taken for one of them.
XDG_CACHE_HOME="$scratch/low" run timeout -s KILL 60 unshare -m --fork --pid --mount-proc --kill-child sh -c \
    '"$@"; exit $?' sh "$rtlgen" verify --json --testbench checker.sv honest.sv
expect_status 0
expect_out '"level":"S2"'

cat >"$scratch/pretends" <<'EOS'
#!/bin/sh
# Runs what it is given, without any jail.
while [ $# -gt 0 ] && [ "$1" != -- ]; do shift; done
shift
exec "$@"
EOS
chmod 755 "$scratch/pretends"
hidden "$scratch/pretends" "$rtlgen" verify --json --testbench checker.sv honest.sv
expect "a program that makes no jail is taken for bubblewrap: exit code $status" test "$status" -eq 0 -o "$status" -eq 3
expect_not "a program that makes no jail is taken for bubblewrap" grep -q '"level":"S2"' "$scratch/out"

# A system call filter under which landlock_create_ruleset (444 on every machine) is not there:
# load the number; if it is 444, ENOSYS; else allow.
printf '\040\0\0\0\0\0\0\0\025\0\0\001\274\001\0\0\006\0\0\0\046\0\005\0\006\0\0\0\0\0\377\177' >"$scratch/filter"
cat >"$scratch/bare.sh" <<'EOS'
# bare.sh FILTER COMMAND...
exec 9<"$1"
shift
exec bwrap --dev-bind / / --dev-bind /dev/null /usr/bin/bwrap --seccomp 9 "$@"
EOS
bare() { # bare COMMAND...: without bubblewrap and without Landlock
    rm -rf "$scratch/cache"
    XDG_CACHE_HOME="$scratch/cache" run timeout -s KILL 60 sh "$scratch/bare.sh" "$scratch/filter" "$@"
}
bare true
[ "$status" -eq 0 ] || skip "no system call filter can be set here"
for command in 'verify --testbench checker.sv' 'verify --trust candidate --reference reference.sv' \
    'verify --require synth' synth; do
    # shellcheck disable=SC2086
    bare "$rtlgen" $command honest.sv
    expect_status 3
    expect "not one line: $(cat "$scratch/err")" test "$(wc -l <"$scratch/err")" -eq 1
    expect_err '^rtlgen: .*install bubblewrap'
    expect "a verdict all the same" test ! -s "$scratch/out"
done
bare "$rtlgen" verify --json --unsafe-no-sandbox --testbench checker.sv honest.sv
expect_status 0
expect_out '"level":"S0"'
finish
