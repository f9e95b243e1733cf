# SPDX-License-Identifier: Apache-2.0
# Answers of a hostile model through generate: answers/*.md, each after a header like an attack's. Whatever is written
# passes when it is judged again, nothing else is written, and what is told to the model, to the Run and to the
# terminal holds no secret and no control code.
. "$1/tests/e2e/expect.sh"
need_rtlgen
need_tools iverilog awk
suite="$source_dir/tests/evil"
cd "$work" || exit 2
export HOME="$user_home" XDG_CACHE_HOME="$scratch/cache" OPENAI_API_KEY=canary-4b1d-key RTLGEN_EVIL_SECRET=canary-4b1d-variable
echo canary-4b1d-file >"$scratch/secret"
echo precious >"$scratch/precious"
cp "$suite/checker.sv" "$suite/reference.sv" "$scratch"
cat >spec.md <<'SPEC'
A registered adder. The module is called TopModule; inputs clk, rst, a and b of 8 bits, output q of 8 bits. At each
rising edge q becomes a + b, or 0 while rst is 1.
SPEC
cat >"$scratch/model.sh" <<'EOS'
# Answers with the file `answer`; keeps what it was asked.
folder=$(dirname "$0")
count=$(ls "$folder"/asked* 2>/dev/null | wc -l)
cat >"$folder/asked$count"
cat "$folder/answer"
EOS
control=$(printf '[\001-\010\013-\037]\|\302[\200-\237]')

expand() { # expand FILE: without its header, with what it asks for put in
    LC_ALL=C awk -v after=1 -v out="$scratch" -f "$suite/expand.awk" "$1"
}

# Of the last `run`, for the answer `$name`, however it was judged.
expect_no_harm() {
    expect "$name: exit code $status" test "$status" -le 5
    expect_not "$name: a secret was told" grep -r -q -a 'canary-4b1d' "$scratch/out" "$scratch/err" "$scratch"/asked* run out.v
    expect_not "$name: a secret is in the cache" grep -r -q -a 'canary-4b1d' "$XDG_CACHE_HOME"
    expect_not "$name: a control code went through" env LC_ALL=C grep -q "$control" "$scratch/out" "$scratch/err"
    expect "$name: a file was changed" test "$(cat "$scratch/precious")" = precious
    expect_not "$name: a file was made" test -n "$(find "$scratch" "$HOME" -name '*owned*' | head -n 1)"
    for there in *; do
        case $there in spec.md | run | out.v) ;; *) complain "$name: it made $there" ;; esac
    done
    expect_no_trace
    for asked in "$scratch"/asked*; do
        expect_not "$name: a control code was told to the model" env LC_ALL=C grep -q "$control" "$asked"
        # What designs and tools say stands in blocks that they can't end: the first fence's length decides.
        expect_not "$name: words of the design stand as words of the prompt" awk '
            /^```/ {
                mark = $0
                sub(/[^`].*/, "", mark)
                if (open == "") open = mark
                else if ($0 == open) open = ""
                next
            }
            open == "" && /IGNORE ALL/ { found = 1 }
            END { exit !found }' "$asked"
    done
    [ -f out.v ] || return 0
    run limited "$rtlgen" verify --json --trust candidate --reference "$scratch/reference.sv" out.v
    expect "$name: what was written doesn't pass again: $(cat "$scratch/out")" grep -q '"verdict":"pass"' "$scratch/out"
}

tried=0
for file in "$suite"/answers/*.md; do
    name=$(basename "$file" .md)
    header() { sed -n "1,/^---\$/s,^$1: *,,p" "$file"; }
    for key in attack does 'must not' ends; do expect "$name: no $key in its header" test -n "$(header "$key")"; done
    expect "$name: its header names another" test "$(header attack)" = "$name"
    expand "$file" >"$scratch/answer"
    for way in "--reference $scratch/reference.sv" "--testbench $scratch/checker.sv"; do
        tried=$((tried + 1))
        rm -rf "$scratch"/asked* run out.v
        # shellcheck disable=SC2086
        run limited "$rtlgen" generate spec.md --model "command:sh $scratch/model.sh" --max-repairs 1 --timeout 2 \
            --run-dir run -o out.v $way
        case " $(header ends) " in
            *" $status "*) ;;
            *) complain "$name: exit code $status, expected $(header ends), $way" ;;
        esac
        expect_no_harm
    done
    if [ -d run ]; then
        run limited "$rtlgen" runs show run
        expect_not "$name: a control code of a Run went through" env LC_ALL=C grep -q "$control" "$scratch/out" "$scratch/err"
    fi
done
expect "only $tried answers were tried" test "$tried" -ge 24
finish
