# SPDX-License-Identifier: Apache-2.0
# Every attack of tests/evil/attacks through the real tools: what must not happen doesn't.
# run.sh SOURCE BUILD quick|nightly. quick: the fast attacks at S2 on Icarus, as one's own file (no gate,
# the jail alone) and as a candidate. nightly: all attacks, S2 and S1, Icarus and Verilator.
. "$1/tests/e2e/expect.sh"
need_rtlgen
need_tools iverilog timeout pgrep
scope=$3
cd "$work" || exit 2
export HOME="$scratch/home" RTLGEN_EVIL_SECRET=canary-4b1d-variable OPENAI_API_KEY=canary-4b1d-key
outside="$scratch/outside"
marker=4711$$
mkdir "$HOME" "$outside"
chmod 777 "$outside"
echo canary-4b1d-file >"$HOME/.secret"
echo '// profile' >"$HOME/.profile"
echo 'c0 ff ee c0 ff ee c0 ff ee c0 ff ee' >"$HOME/key.hex"
chmod 600 "$HOME/.secret" "$HOME/key.hex"
cp "$source_dir/tests/evil/checker.sv" .
sed 's/a - b;/a + b;/' "$source_dir/tests/evil/attacks/finishes_first.sv" | grep -v initial >honest.sv
run limited "$rtlgen" verify --testbench checker.sv honest.sv
expect_status 0
[ "$failures" -eq 0 ] || finish

# The candidate's verdict at `level` S2 or S1 within `limit` seconds a tool, the rest as for verify.
judge() { # judge TRUST SIMULATOR
    if [ "$level" = S1 ]; then
        run unshare -m sh -c 'mount --bind /dev/null /usr/bin/bwrap && exec timeout -s KILL 150 "$@"' sh \
            "$rtlgen" verify --json --timeout "$limit" --sim "$2" --trust "$1" --testbench checker.sv candidate.sv
    else
        run timeout -s KILL 150 "$rtlgen" verify --json --timeout "$limit" --sim "$2" --trust "$1" --testbench checker.sv candidate.sv
    fi
}

# One attack.
strike() { # strike NAME TRUST SIMULATOR
    began=$(date +%s)
    judge "$2" "$3"
    took=$(($(date +%s) - began))
    what="$1, trust $2, $3, $level"
    expect "$what: exit code $status" test "$status" -le 4
    expect "$what: not judged at level $level" grep -q "\"level\":\"$level\"\|rtlgen.error.v1" "$scratch/out"
    case " $never " in
        *" $2 "*)
            expect "$what: exit code 0" test "$status" -ne 0
            # What no tool could judge is repelled by nobody.
            expect "$what: a tool's error instead of a verdict" test "$status" -ne 3
            expect_not "$what: a forged pass" grep -q '"verdict":"pass"' "$scratch/out"
            ;;
    esac
    expect_not "$what: a secret was told" grep -r -q -a -i -E 'canary-4b1d|c0ffeec0|root:x:0' "$scratch/out" "$scratch/err"
    expect "$what: a file was made outside" test -z "$(ls -A "$outside")"
    expect "$what: a file of the user was changed" test "$(cat "$HOME/.profile")" = '// profile'
    expect "$what: a file was left beside the sources" test "$(ls)" = "$beside"
    expect_not "$what: a terminal code went through" grep -q "$(printf '\033\|\007')" "$scratch/out" "$scratch/err"
    expect "$what: more than a megabyte was printed" test "$(cat "$scratch/out" "$scratch/err" | wc -c)" -le 1000000
    expect_not "$what: a process was left" pgrep -f "sleep $marker"
    [ "$speed" = slow ] || expect "$what: took $took s" test "$took" -le 20
    expect_no_trace
}

levels=S2
simulators=icarus
if [ "$scope" = nightly ]; then
    simulators='icarus verilator'
    if [ "$(id -u)" -eq 0 ] && unshare -m true 2>/dev/null; then levels='S2 S1'; fi
fi
: >candidate.sv
beside=$(ls)

# What is honest passes everywhere, or an attack that is repelled would tell nothing.
limit=60
for level in $levels; do
    for simulator in $simulators; do
        cp honest.sv candidate.sv
        judge own "$simulator"
        expect "honest, $simulator, $level: exit code $status" test "$status" -eq 0
        expect "honest, $simulator, $level: no pass" grep -q '"verdict":"pass"' "$scratch/out"
        expect "honest, $simulator, $level: not judged there" grep -q "\"level\":\"$level\"" "$scratch/out"
    done
done
limit=2
struck=0
for attack in "$source_dir"/tests/evil/attacks/*.sv; do
    name=$(basename "$attack" .sv)
    header=$(sed -n 2p "$attack")
    never=$(printf '%s' "$header" | sed -n 's/.*never-pass \([a-z ]*\);.*/\1/p')
    speed=$(printf '%s' "$header" | sed -n 's/.*speed \([a-z]*\);.*/\1/p')
    expect "$name: no header" test -n "$never" -a -n "$speed"
    [ "$scope" = quick ] && [ "$speed" = slow ] && continue
    struck=$((struck + 1))
    sed -e "s,@OUT@,$outside,g" -e "s,@HOME@,$HOME,g" -e "s,@MARK@,$marker,g" "$attack" >candidate.sv
    for level in $levels; do
        for simulator in $simulators; do
            # An honest job beside each attack comes to no harm.
            timeout -s KILL 150 "$rtlgen" verify --testbench checker.sv honest.sv >"$scratch/honest" 2>&1 &
            strike "$name" own "$simulator"
            wait $!
            expect "$name: the honest job beside it failed: $(cat "$scratch/honest")" grep -q '^PASS' "$scratch/honest"
        done
        strike "$name" candidate icarus
    done
done
expect "only $struck attacks were tried" test "$struck" -ge 30
finish
