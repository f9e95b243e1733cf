# SPDX-License-Identifier: Apache-2.0
# One SIGINT or SIGTERM ends a program that waits for its input: soon, by its own exit code, and nothing is left.
. "$1/tests/e2e/expect.sh"
need_rtlgen
need_tools iverilog
cd "$work" || exit 2
export HOME="$user_home"
write_inverter good.v
write_specification spec.md
mkfifo pipe
exec 3<>pipe # a writer that never writes, for the readers to come

# interrupted SIGNAL STATUS ARGUMENT...: the program reads from ./pipe, by name or as standard input.
interrupted() {
    signal=$1
    wanted=$2
    shift 2
    : >"$scratch/out"
    # A job in the background of a script ignores SIGINT, which exec would inherit.
    env --default-signal=INT timeout --foreground -s KILL 30 "$rtlgen" "$@" <pipe >"$scratch/out" 2>"$scratch/err" 3>&- &
    waiter=$!
    # The program is up once its signals have their thread.
    program=
    tries=0
    while [ $tries -lt 400 ]; do
        tries=$((tries + 1))
        [ -n "$program" ] || program=$(ps -o pid= --ppid "$waiter" | head -n 1 | tr -d ' ')
        if [ -n "$program" ] && [ "$(find "/proc/$program/task" -mindepth 1 -maxdepth 1 2>/dev/null | wc -l)" -ge 2 ]; then break; fi
        sleep 0.02
    done
    begin=$(date +%s%N)
    kill "-$signal" "$program"
    wait "$waiter"
    status=$?
    taken=$((($(date +%s%N) - begin) / 1000000))
    expect "exit code $status, expected $wanted, of: $signal $*" test "$status" -eq "$wanted"
    expect "it took $taken ms to end, of: $signal $*" test "$taken" -le 2000
    expect "not one line that says interrupted, of: $signal $*" test "$(grep -c '^rtlgen: .*interrupted' "$scratch/err")" -eq 1
    expect "stdout isn't empty, of: $signal $*" test ! -s "$scratch/out"
    expect_not "the program goes on, of: $signal $*" test -e "/proc/$program"
}

if env --default-signal=INT true 2>/dev/null && command -v ps >/dev/null; then
    for signal in TERM INT; do
        code=143
        [ $signal = INT ] && code=130
        interrupted $signal $code verify pipe
        interrupted $signal $code verify -
        interrupted $signal $code generate - --model library -o out.v
        interrupted $signal $code generate pipe --model library -o out.v
        interrupted $signal $code synth -
    done
    interrupted TERM 143 verify good.v --testbench pipe
    interrupted TERM 143 verify good.v --waiver pipe
    interrupted TERM 143 verify good.v --baseline pipe
    interrupted TERM 143 generate spec.md --model library --interface pipe
    interrupted TERM 143 generate spec.md --model library --reference -
    interrupted TERM 143 generate spec.md --model replay:pipe
    interrupted TERM 143 synth good.v --liberty pipe
    expect_not "a file was written" test -e out.v
    expect_not "a run was left" test -e rtlgen-runs
fi
exec 3>&-
finish
