# SPDX-License-Identifier: Apache-2.0
# `verify --batch` as a trainer calls it: through pipes, with bad lines, deadlines, slow readers and signals.
. "$1/tests/e2e/expect.sh"
need_rtlgen
need_tools iverilog yosys python3
cd "$work" || exit 2
export HOME="$user_home"
seconds=120

cat >ref.sv <<'V'
module good(input clk, input rst, input [7:0] a, output reg [7:0] q);
  always @(posedge clk) if (rst) q <= 0; else q <= q + a;
endmodule
V
cat >make.py <<'P'
import json, sys
HEAD = "module top(input clk, input rst, input [7:0] a, output reg [7:0] q);\n"
BODY = {
    "good": "always @(posedge clk) if (rst) q <= 0; else q <= q + a + 0*%d;\n",
    "bad": "always @(posedge clk) if (rst) q <= 0; else q <= q + a + 1 + 0*%d;\n",
    "endless": "integer i; initial for (i = %d; i >= 0; i = i) i = i;\n",
}
for number, kind in enumerate(sys.argv[1:]):
    if kind in BODY:
        print(json.dumps({"id": number, "candidate": HEAD + BODY[kind] % number + "endmodule\n", "top": "top"}))
    else:
        print(kind)
P
cat >told.py <<'P'
import json, sys
for line in sys.stdin:
    assert line.endswith("\n"), "a line without its end: " + line
    answer = json.loads(line)
    print(answer["id"], answer.get("verdict", answer.get("code")), answer.get("class", "-"))
P
# lines KIND...: a line each.
lines() { python3 make.py "$@"; }
# batch ARGUMENT...: of standard input, with the reference; what it answers, in short, in ./told.
batch() {
    limited "$rtlgen" verify --reference ref.sv "$@" >answers 2>"$scratch/err"
    status=$?
    python3 told.py <answers >told 2>&1
    cp told "$scratch/out"
}
expect_told() { expect "the answers differ from: $1" test "$(cat told)" = "$1"; }

# Verdicts in the order of the lines, from a pipe and from a file; the exit code is of all of them.
lines good bad good >input
batch --batch <input
expect_status 1
expect_told "0 pass none
1 fail mismatch
2 pass none"
expect_err '3 lines: 2 pass, 1 fail, 0 unknown'
batch --batch - <input
expect_status 1
batch --batch input </dev/null
expect_status 1
expect "three answers" test "$(wc -l <told)" -eq 3
batch --batch <<I
$(lines good)
I
expect_status 0
batch --batch </dev/null
expect_status 0
expect "no answer to nothing" test ! -s answers

# A bad line has one error, and the batch goes on.
{
    lines good 'no json' '[1]' '{"id": 3' '' '{"id": 4}' '{"id": 5, "candidate": "", "colour": 1}' \
        '{"id": 0, "candidate": ""}' '{"id": 7, "candidate": "", "problem": "gone"}'
    printf '{"id": 8, "candidate": "\000"}\n{"id": 9, "candidate": "\377"}\n'
    python3 -c 'print("{\"id\": 10, \"candidate\": \"" + " " * 70000000 + "\"}")'
    lines '{"id": 11, "candidate": {"paths": ["gone.v"]}}'
    printf '%s' "$(lines bad | sed 's/"id": 0/"id": 12/')"
} >input
batch --batch input
expect_status 2
expect_told "0 pass none
None invalid_argument -
None invalid_argument -
None invalid_argument -
4 invalid_argument -
5 invalid_argument -
0 invalid_argument -
7 invalid_argument -
None invalid_argument -
None invalid_argument -
None invalid_argument -
11 not_found -
12 fail mismatch"
expect_no_trace

# Garbage that could be a design is a verdict.
lines '{"id": 0, "candidate": "garbage", "top": "top"}' '{"id": 1, "candidate": "", "top": "top"}' \
    '{"id": 2, "candidate": "module top; initial $system(\"id\"); endmodule", "top": "top"}' >input
batch --batch input
expect_status 1
expect "all three fail" test "$(grep -c ' fail ' told)" -eq 3

# A line past its deadline is unknown, and the batch goes on.
{
    lines endless | sed 's/"id": 0/"id": 0, "deadline": 1.5/'
    lines good | sed 's/"id": 0/"id": 1/'
} >input
batch --batch input
expect_status 4
expect_told "0 unknown timeout
1 pass none"
# One that takes too long within it fails.
lines endless >input
batch --batch input --timeout 10
expect_status 1
expect_told "0 fail timeout"

# A Problem is given once, by a line or a file.
cat >problems <<'P'
{"id": "adds", "reference": {"paths": ["ref.sv"]}, "top": "top"}
P
{
    printf '{"problem": {"id": "own", "reference": {"paths": ["ref.sv"], "top": "good"}, "top": "top"}}\n'
    lines good bad | sed -e 's/"top": "top"/"problem": "own"/'
    lines good bad | sed -e 's/"top": "top"/"problem": "adds"/' -e 's/"id": /"id": 1/'
} >input
limited "$rtlgen" verify --batch input --problems problems >answers 2>"$scratch/err"
status=$?
expect_status 1
python3 told.py <answers >told
expect_told "0 pass none
1 fail mismatch
10 pass none
11 fail mismatch"

# A reader that has stopped reading stops the reading of the input.
mkfifo in out
kinds=$(yes good | head -n 400)
# shellcheck disable=SC2086
lines $kinds >input
(limit_memory; exec timeout -s KILL 400 "$rtlgen" verify --prove off --reference ref.sv --batch - <in >out 2>"$scratch/err") &
judge=$!
python3 -c '
import sys, time
count = 0
with open("in", "w", buffering=1) as pipe, open("input") as lines, open("sent", "w", buffering=1) as sent:
    for line in lines:
        pipe.write(line + " " * 4000 + "\n")
        pipe.flush()
        count += 1
        sent.seek(0)
        sent.write(str(count) + "\n")
' &
feeder=$!
exec 4<out
before=-1
tries=0
while [ $tries -lt 60 ]; do # until nothing moves any more
    tries=$((tries + 1))
    sleep 1
    now=$(cat sent 2>/dev/null || echo 0)
    [ "$now" = "$before" ] && [ "${now:-0}" -gt 0 ] && [ $tries -gt 5 ] && break
    before=$now
done
expect "all 400 lines were read while nobody reads the answers" test "${now:-0}" -lt 300
cat <&4 >answers &
reader=$!
exec 4<&-
wait "$feeder" "$judge" "$reader"
expect "400 answers" test "$(wc -l <answers)" -eq 400
python3 told.py <answers >told || complain "the answers aren't whole lines"
expect "in the order of the input" sh -c 'cut -d " " -f 1 told | sort -n -c'

# A signal ends it with whole lines only, soon, and no process is left.
for signal in INT TERM; do
    code=143
    [ $signal = INT ] && code=130
    env --default-signal=INT timeout --foreground -s KILL 60 "$rtlgen" verify --reference ref.sv --batch input >answers 2>"$scratch/err" &
    waiter=$!
    tries=0
    while [ $tries -lt 600 ] && [ "$(wc -l <answers)" -lt 3 ]; do
        tries=$((tries + 1))
        sleep 0.05
    done
    program=$(ps -o pid= --ppid "$waiter" | head -n 1 | tr -d ' ')
    begin=$(date +%s%N)
    kill "-$signal" "$program"
    wait "$waiter"
    status=$?
    taken=$((($(date +%s%N) - begin) / 1000000))
    expect_status $code
    expect "it took $taken ms to end by $signal" test "$taken" -le 3000
    python3 told.py <answers >told 2>&1 || complain "$signal leaves a line that isn't whole"
    expect "some answers came before $signal" test "$(wc -l <told)" -ge 3
    expect "not all of them" test "$(wc -l <told)" -lt 400
    expect "in the order of the input" sh -c 'cut -d " " -f 1 told | sort -n -c'
    expect_err 'interrupted'
    expect_not "the program goes on" test -e "/proc/$program"
done

# A reader that goes away ends it.
limited "$rtlgen" verify --reference ref.sv --batch input 2>"$scratch/err" | head -n 2 >told
expect "two answers" test "$(wc -l <told)" -eq 2
expect_err "can't be written"
finish
