#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# generate with anthropic/NAME against the model server: a judged design, what was left out, no key in any file.
. "$1/tests/e2e/expect.sh"
need_rtlgen
need_tools iverilog
server="$build_dir/tests/model_server"
[ -x "$server" ] || skip "model_server isn't built"

mkfifo "$scratch/hold" "$scratch/port"
"$server" --log "$scratch/asked" <"$scratch/hold" >"$scratch/port" &
server_pid=$!
exec 3>"$scratch/hold"
trap 'exec 3>&-; wait "$server_pid"; rm -rf "$scratch"' EXIT
read -r port <"$scratch/port" # blocks until the server listens

cd "$work" || exit 2
printf 'A wire from a to y. The module is called m.\n' >spec.md
export HOME="$user_home" XDG_CONFIG_HOME="$scratch/none" ANTHROPIC_API_KEY=sk-ant-canary-e2e
run limited "$rtlgen" generate spec.md --model anthropic/claude-opus-5 --api-base "http://127.0.0.1:$port" \
    --temperature 0.5 --seed 3 -o m.v --run-dir run
expect_status 0
expect_err 'temperature'
expect_err 'seed'
expect "the design is written" grep -q 'module m' m.v
expect "one message was asked for" test "$(wc -l <"$scratch/asked")" -eq 1
expect "it names the model" grep -q '"model":"claude-opus-5"' "$scratch/asked"
expect_not "a newer model gets no temperature" grep -q temperature "$scratch/asked"
expect_not "the key is in a file of the Run" grep -r -q canary-e2e run m.v
run limited "$rtlgen" models anthropic --api-base "http://127.0.0.1:$port"
expect_status 0
expect_out 'anthropic/scripted'
finish
