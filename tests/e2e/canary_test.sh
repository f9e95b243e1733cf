#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# No key in anything that is written: a server quotes its keys back in each of its answers, and all files, databases,
# recordings, caches, cores and printed lines are searched for them, plain and in base64.
. "$1/tests/e2e/expect.sh"
need_rtlgen
need_tools iverilog base64
server="$build_dir/tests/model_server"
[ -x "$server" ] || skip "model_server isn't built"

open_key=sk-canary-9b1f-of-openai
claude_key=sk-ant-canary-9b1f-of-anthropic
header_key=canary-9b1f-of-a-header
file_key=sk-canary-9b1f-of-a-file
export HOME="$user_home" XDG_CONFIG_HOME="$scratch/config" XDG_CACHE_HOME="$scratch/cache"
mkdir -p "$XDG_CONFIG_HOME/rtlgen"
quote_keys() { # quote_keys KEY...: servers that are started after this quote them in each answer
    cat >"$scratch/answer" <<ANSWER
You are $*.
\`\`\`verilog
// "$*"
module m(input a, output y);
  assign y = a;
endmodule
\`\`\`
ANSWER
    for quoted in "$@"; do
        expect "the server doesn't quote $quoted" grep -q -e "$quoted" "$scratch/answer"
    done
}
cat >"$XDG_CONFIG_HOME/rtlgen/rtlgen.toml" <<CONFIG
[models.openai]
headers = { X-Gateway = "$header_key" }
CONFIG
chmod 600 "$XDG_CONFIG_HOME/rtlgen/rtlgen.toml"

serve() { # serve OPTION...: leaves `port`; the one before goes
    stop_server
    rm -f "$scratch/hold" "$scratch/port"
    mkfifo "$scratch/hold" "$scratch/port"
    "$server" --answer-file "$scratch/answer" "$@" <"$scratch/hold" >"$scratch/port" &
    server_pid=$!
    exec 3>"$scratch/hold"
    read -r port <"$scratch/port" # blocks until the server listens
}
stop_server() {
    [ -n "${server_pid:-}" ] || return 0
    exec 3>&-
    wait "$server_pid"
    server_pid=
}
trap 'stop_server; rm -rf "$scratch"' EXIT

cd "$work" || exit 2
ulimit -c unlimited 2>/dev/null
printf 'A wire from a to y. The module is called m.\n' >spec.md
printf 'module m(input a, output y);\n  assign y = ~a;\nendmodule\n' >m0.v
calls=0
call() { # call ARGUMENT...: what it prints is kept to be searched too
    calls=$((calls + 1))
    run limited "$rtlgen" "$@"
    cat "$scratch/out" "$scratch/err" >"printed$calls"
}
openai() { OPENAI_API_KEY=$open_key call "$@" --model openai/x --api-base "http://127.0.0.1:$port/v1"; }

quote_keys "$open_key" "$header_key"
serve
openai generate spec.md -n 2 -o m1.v --run-dir run1 --record answers.jsonl --response-cache on
expect "a design of a server that quotes keys isn't written" test -s m1.v
openai generate spec.md -n 2 -o m2.v --run-dir run2 --no-stream --response-cache on --json
openai generate spec.md --run-dir run3 --api completions
openai edit m0.v --task 'Take the inversion away.' --run-dir run4
openai generate spec.md --dry-run
call models openai --api-base "http://127.0.0.1:$port/v1"
call doctor
quote_keys "$claude_key"
serve
ANTHROPIC_API_KEY=$claude_key call generate spec.md --model anthropic/claude-opus-5 \
    --api-base "http://127.0.0.1:$port" -o m5.v --run-dir run5 --record claude.jsonl
call generate spec.md --model replay:answers.jsonl -o m6.v --run-dir run6
for run in run1 run4 run5; do
    call runs show "$run"
    call runs answer "$run"
    call runs export "$run"
done
# A key from a file, and errors in place of answers.
printf '%s\n' "$file_key" >"$scratch/key"
chmod 600 "$scratch/key"
sed -i "s,^headers,api_key_file = '$scratch/key'\nheaders," "$XDG_CONFIG_HOME/rtlgen/rtlgen.toml"
quote_keys "$file_key" "$header_key"
serve
call generate spec.md --model openai/x --api-base "http://127.0.0.1:$port/v1" -o m7.v --run-dir run7
serve --fail-every 1 --fail-status 400
openai generate spec.md --run-dir run8
# Killed while it waits for its answer.
mkfifo "$scratch/asked"
exec 4<>"$scratch/asked" # the server's log has a reader before it is opened
serve --delay-ms 600000 --log "$scratch/asked"
OPENAI_API_KEY=$open_key "$rtlgen" generate spec.md --model openai/x --api-base "http://127.0.0.1:$port/v1" \
    --run-dir run9 >printed0 2>&1 &
killed=$!
read -r _ <&4 # blocks until the request is there
kill -SEGV "$killed"
wait "$killed"
stop_server

for key in "$open_key" "$claude_key" "$header_key" "$file_key"; do
    encoded=$(printf %s "$key" | base64)
    for form in "$key" "$(printf %s "$encoded" | cut -c1-24)"; do
        found=$(grep -r -l -a -F -e "$form" "$work" "$scratch/cache" "$user_home" | tr '\n' ' ')
        expect "$form is in $found" test -z "$found"
    done
done
expect "answers were recorded" grep -q 'assign y = a' answers.jsonl
expect "answers were cached" grep -r -q -a 'assign y = a' "$scratch/cache"
expect "only $calls calls were made" test "$calls" -ge 18
expect_not "a core was left" ls core* 
finish
