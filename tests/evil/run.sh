# SPDX-License-Identifier: Apache-2.0
# Every attack of attacks/ in the ways of ways.txt, through the real tools: what must not happen doesn't.
# run.sh SOURCE BUILD quick|nightly [ATTACK...]. quick: at S2. nightly: all, at S2 and at S1. ATTACK: those alone.
#
# An attack is one file with a header: attack (its name), class (escape, leak, forge, split, rare, limits), does, must
# not, speed (quick, fast, slow), and maybe ways, may pass, may not pass. In its text @OUT@, @HOME@, @CACHE@ and @MARK@
# are put in, <<N*TEXT>> is TEXT N times, and <<chr N>> a byte.
. "$1/tests/e2e/expect.sh"
need_rtlgen
need_tools iverilog timeout pgrep awk
scope=$3
shift 3
only=" $* "
suite="$source_dir/tests/evil"
cd "$work" || exit 2

# What nobody may see, and where nothing may be made.
export HOME="$scratch/home" XDG_CACHE_HOME="$scratch/cache" RTLGEN_EVIL_SECRET=canary-4b1d-variable
export OPENAI_API_KEY=canary-4b1d-key ANTHROPIC_API_KEY=canary-4b1d-other-key
outside="$scratch/outside"
kept="$scratch/kept"
marker=4711$$
cached="$XDG_CACHE_HOME/open"
mkdir -p "$HOME/.config/rtlgen" "$outside" "$cached"
chmod 777 "$outside" "$cached"
echo canary-4b1d-file >"$HOME/.secret"
echo canary-4b1d-planted >"$cached/planted"
echo '// profile' >"$HOME/.profile"
echo 'c0 ff ee c0 ff ee c0 ff ee c0 ff ee' >"$HOME/key.hex"
printf '[models.openai]\nheaders = { X-Key = "canary-4b1d-header" }\n' >"$HOME/.config/rtlgen/rtlgen.toml"
chmod 600 "$HOME/.secret" "$HOME/key.hex" "$HOME/.config/rtlgen/rtlgen.toml"
secrets='canary-4b1d|Y2FuYXJ5LTRiMW|c0ffeec0|root:x:0'
# Control codes, those of Unicode as well (U+0080 to U+009F).
control=$(printf '[\001-\010\013-\037]\|\302[\200-\237]')
cp "$suite"/*.sv .

# Alone in a PID namespace, where that may be made: who is still there when the program has ended, is left over.
cat >"$scratch/alone.sh" <<'EOS'
[ "$1" = S2 ] || mount --bind /dev/null /usr/bin/bwrap || exit 97
left=$2
shift 2
"$@"
code=$?
for folder in /proc/[0-9]*; do
    [ "${folder#/proc/}" -eq $$ ] && continue
    state=$(sed -n 's/^State:\t\(.\).*/\1/p' "$folder/status" 2>/dev/null)
    case $state in '' | Z) continue ;; esac
    tr '\0' ' ' <"$folder/cmdline" >>"$left" 2>/dev/null
done
exit $code
EOS
alone=
if [ "$(id -u)" -eq 0 ] && unshare -m --fork --pid --mount-proc --kill-child true 2>/dev/null; then
    alone='unshare -m --fork --pid --mount-proc --kill-child sh'
fi
patience=240 # seconds that the slowest may take with all its tools

# judge COMMAND...: rtlgen on candidate.sv at `level`.
judge() {
    rm -rf "$kept" "$scratch/left"
    if [ -n "$alone" ]; then
        run timeout -s KILL "$patience" $alone "$scratch/alone.sh" "$level" "$scratch/left" "$rtlgen" "$@"
    else
        run timeout -s KILL "$patience" "$rtlgen" "$@"
    fi
}

# An honest job runs beside the attacks, one after the other.
honest_jobs=0
begin_honest() {
    [ -z "${honest:-}" ] || ! kill -0 "$honest" 2>/dev/null || return 0
    end_honest
    "$rtlgen" verify --timeout 60 --testbench checker.sv honest.sv >"$scratch/honest" 2>&1 &
    honest=$!
}
end_honest() {
    [ -n "${honest:-}" ] || return 0
    wait "$honest"
    honest_jobs=$((honest_jobs + 1))
    expect "an honest job beside $what failed: $(cat "$scratch/honest")" grep -q '^PASS' "$scratch/honest"
    honest=
}

passed() { grep -q -E '"verdict":"pass"|"outcome":"synthesized"' "$scratch/out"; }

# Of the last `judge`, whatever was judged.
expect_no_harm() {
    expect "$what: exit code $status" test "$status" -le 4
    expect_not "$what: a secret was told" grep -r -q -a -i -E "$secrets" "$scratch/out" "$scratch/err"
    [ ! -d "$kept" ] ||
        expect_not "$what: a secret is in a kept job" grep -r -q -a -i -E "$secrets" "$kept"
    expect "$what: a file was made outside: $(ls -A "$outside")" test -z "$(ls -A "$outside")"
    expect "$what: a file of the user was changed" test "$(cat "$HOME/.profile")" = '// profile'
    expect "$what: the cache was changed" test "$(cat "$cached/planted")" = canary-4b1d-planted -a ! -e "$cached/poison"
    expect "$what: a file was left beside the sources" test "$(ls)" = "$beside"
    expect_not "$what: a control code went through" env LC_ALL=C grep -q "$control" "$scratch/out" "$scratch/err"
    expect "$what: more than two megabytes were printed" test "$(cat "$scratch/out" "$scratch/err" | wc -c)" -le 2000000
    expect_not "$what: a process was left: $(cat "$scratch/left" 2>/dev/null)" test -s "$scratch/left"
    expect_not "$what: a process was left" pgrep -f "sleep $marker"
    [ "$speed" = slow ] || expect "$what: took $took s" test "$took" -le 100
    expect_no_trace
    # A simulation has 2 s, all else 30 s.
    late=$(cat "$kept"/jobs/*/result.txt 2>/dev/null | awk '/: wall_limit / {
        for (i = 1; i < NF; ++i) if ($i == "wall_us") wall = $(i + 1) / 1000000
        if (wall > 31 || (wall > 3 && wall < 29.5)) print
    }')
    expect "$what: a limit came late: $late" test -z "$late"
}

# strike WAY TRUST PASS COMMAND...: one attack in one way.
strike() {
    way=$1 trust=$2 free=$3
    shift 3
    what="$name: $way, trust $trust, $level, $*"
    begin=$(date +%s)
    case $1 in
        verify) judge "$@" --json --timeout 2 --trust "$trust" --work-dir "$kept" candidate.sv ;;
        *) judge "$@" --json --timeout 10 candidate.sv ;;
    esac
    took=$(($(date +%s) - begin))
    expect_no_harm
    expect "$what: not judged at level $level" grep -q "\"level\":\"$level\"\|rtlgen.error.v1\|rtlgen.synth.v1" "$scratch/out"
    case " $may_pass " in *" $way/$trust "*) free=free ;; esac
    case " $may_not_pass " in *" $way/$trust "*) free=forged ;; esac
    [ "$free" = forged ] || return 0
    # What no tool could judge is repelled by nobody.
    expect "$what: a tool's error instead of a verdict" test "$status" -ne 3
    if grep -q "^$name  *$way/$trust:" "$suite/known_open.txt"; then
        passed && opened="$opened $name:$way/$trust"
        return 0
    fi
    expect "$what: exit code 0" test "$status" -ne 0
    expect_not "$what: a forged pass" passed
}

header() { sed -n "1,/^[^/]/s,^// $1: *,,p" "$attack"; }

# Puts in what an attack asks for.
expand() {
    LC_ALL=C awk -v out="$outside" -v home="$HOME" -v cache="$cached" -v mark="$marker" \
        -f "$suite/expand.awk" "$attack" >candidate.sv
    # awk ends every line; some attacks have none at their end.
    case $name in ends_*) [ "$(tail -c 1 "$attack" | wc -l)" -eq 1 ] || truncate -s -1 candidate.sv ;; esac
}

: >candidate.sv
beside=$(ls)
opened=
levels=S2
if [ "$scope" = nightly ] && [ -n "$alone" ]; then levels='S2 S1'; fi

# is_tried WHEN SPEED CLASS
is_tried() {
    case $scope/$1/$2/$3 in
        nightly/* | quick/quick/quick/* | quick/sample/quick/escape | quick/sample/quick/leak | quick/sample/quick/limits) return 0 ;;
        *) return 1 ;;
    esac
}

# What is honest passes in each way, or an attack that is repelled would tell nothing.
name=honest speed=slow
for level in $levels; do
    while read -r way when trust free command; do
        case $way in '' | '#') continue ;; esac
        is_tried "$when" quick limits || continue
        cp honest.sv candidate.sv
        what="honest: $way, trust $trust, $level"
        trusting="--trust $trust"
        case $command in synth) trusting= ;; esac
        judge $command --json --timeout 60 $trusting candidate.sv
        expect "$what: exit code $status" test "$status" -eq 0
        expect "$what: no pass" passed
        expect "$what: not judged there" grep -q "\"level\":\"$level\"\|rtlgen.synth.v1" "$scratch/out"
    done <"$suite/ways.txt"
done

struck=0
for attack in "$suite"/attacks/*.sv; do
    name=$(basename "$attack" .sv)
    case $only in '  ' | *" $name "*) ;; *) continue ;; esac
    class=$(header class) speed=$(header speed) ways=$(header ways) may_pass=$(header 'may pass') may_not_pass=$(header 'may not pass')
    for key in attack class does 'must not' speed; do
        expect "$name: no $key in its header" test -n "$(header "$key")"
    done
    expect "$name: its header names another" test "$(header attack)" = "$name"
    [ "$scope" = quick ] && [ "$speed" != quick ] && continue
    struck=$((struck + 1))
    expand
    while read -r way when trust free command; do
        case $way in '' | '#'*) continue ;; esac
        case " ${ways:-bench reference netlist synth} " in *" $way "*) ;; *) continue ;; esac
        is_tried "$when" "$speed" "$class" || continue
        for level in $levels; do
            # Slow ones take every tool to its limits: once is enough.
            case $speed/$level/$when/$way in slow/S1/* | slow/*/nightly/[!s]*) continue ;; esac
            if [ "$scope" = nightly ] || [ $((struck % 8)) -eq 0 ]; then begin_honest; fi
            strike "$way" "$trust" "$free" $command
        done
    done <"$suite/ways.txt"
done
end_honest
name=all what='all attacks' speed=slow

# What is known to be open, and isn't any more, is struck off.
if [ "$only" = '  ' ]; then
    while read -r attack place why; do
        case $attack in '' | '#'*) continue ;; esac
        expect "$attack has no file" test -f "$suite/attacks/$attack.sv"
        [ "$scope" = nightly ] || continue
        case "$opened " in *" $attack:${place%:} "*) ;; *) echo "$attack $place is no longer open: strike it off known_open.txt" ;; esac
    done <"$suite/known_open.txt"
    least=50
    [ "$scope" = quick ] || least=200
    expect "only $struck attacks were tried" test "$struck" -ge "$least"
    expect "only $honest_jobs honest jobs ran beside them" test "$honest_jobs" -ge 5
fi
# Nothing of all that has stayed in a cache, and the cache still tells good from wrong.
rm "$cached/planted"
expect_not "a secret is in the cache" grep -r -q -a -i -E "$secrets" "$XDG_CACHE_HOME"
finish
