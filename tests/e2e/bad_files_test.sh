# SPDX-License-Identifier: Apache-2.0
# Files that are missing, empty, huge, no text, no file or not ours to read: one line each, exit code 2.
. "$1/tests/e2e/expect.sh"
need_rtlgen
need_tools iverilog
cd "$work" || exit 2
write_inverter good.v
write_specification spec.md

mkdir folder
: >empty.v
printf ' \n\t\n' >blank.v
head -c 100000 /dev/urandom >random.v
printf 'module m(input a, output y);\0assign y = a;\nendmodule\n' >nul.v
printf '\377\376m\0o\0d\0u\0l\0e\0' >utf16.v
yes 'module a; endmodule' | head -c 104857600 >huge.v

# Every place that takes a file says the same of it. huge.v is also the time and memory of 100 MB.
for place in 'verify' 'verify --testbench' 'verify --reference' 'verify --waiver' 'verify --baseline' 'verify -f' \
    'generate --model library' 'generate spec.md --model library --interface' \
    'generate spec.md --model library --testbench' 'generate spec.md --model library --reference'; do
    # shellcheck disable=SC2086
    set -- $place
    tail=''
    case $place in verify\ --*) tail=good.v ;; esac
    refuses 2 'missing.v: no such file' "$rtlgen" "$@" missing.v $tail
    refuses 2 'folder: is a folder' "$rtlgen" "$@" folder $tail
    refuses 2 'huge.v: is larger than' "$rtlgen" "$@" huge.v $tail
    refuses 2 'nul.v: is a binary file' "$rtlgen" "$@" nul.v $tail
done
for place in 'verify' 'generate --model library' 'verify good.v --testbench'; do
    # shellcheck disable=SC2086
    refuses 2 'is empty' "$rtlgen" $place empty.v
    # shellcheck disable=SC2086
    refuses 2 'is empty' "$rtlgen" $place blank.v
done
refuses 2 'binary file' "$rtlgen" verify random.v
refuses 2 'binary file' "$rtlgen" verify utf16.v
refuses 2 'nobody.v: no such file (named in list.f:1)' sh -c 'echo nobody.v >list.f; exec "$0" verify -f list.f' "$rtlgen"
refuses 2 'no such file' "$rtlgen" verify "$(printf 'new\nline\033[31m.v')"
expect_not "a terminal escape went through" grep -q "$(printf '\033')" "$scratch/err"
refuses 2 'nnnn...nnn.*: ' "$rtlgen" verify "$(head -c 5000 /dev/zero | tr '\0' 'n').v"

# Devices and pipes end, one way or the other.
refuses 2 '/dev/zero: is larger than' "$rtlgen" verify /dev/zero
refuses 2 '/dev/null: is empty' "$rtlgen" verify /dev/null
mkfifo lonely
refuses 2 'lonely: is a pipe, and nothing writes to it' "$rtlgen" verify lonely
(cat good.v >lonely) &
judges 0 '^PASS' "$rtlgen" verify lonely
wait $!
run sh -c 'limited() { timeout -s KILL 20 "$@"; }; limited "$0" verify - <good.v' "$rtlgen"
expect_status 0
expect_out '^PASS'
refuses 2 'is empty' "$rtlgen" verify -
run sh -c 'timeout -s KILL 20 "$0" verify - <nul.v' "$rtlgen"
expect_status 2
expect_err 'rtlgen: standard input: is a binary file'
run sh -c 'timeout -s KILL 20 "$0" verify - <&-' "$rtlgen"
expect_status 2
expect_err '^rtlgen: standard input: '

# No right to read: the file, and the folder around it.
write_inverter locked.v
chmod 000 locked.v
mkdir closed && write_inverter closed/design.v && chmod 700 closed
HOME="$user_home" refuses 2 "locked.v: can't be read: Permission denied" $ordinary "$rtlgen" verify locked.v
if [ -n "$ordinary" ]; then
    HOME="$user_home" refuses 2 "closed/design.v: can't be read: Permission denied" $ordinary "$rtlgen" verify closed/design.v
fi

# What is odd and still Verilog is judged: Latin-1, line ends, a byte order mark, no newline at the end.
printf 'module latin(input a, output y); // caf\351\nassign y = ~a;\nendmodule\n' >latin.v
printf '\357\273\277module marked(input a, output y);\r\nassign y = ~a;\r\nendmodule\r\n' >marked.v
printf 'module old(input a, output y);\rassign y = ~a;\rendmodule' >cut.v
judges 0 '^PASS' "$rtlgen" verify latin.v
judges 0 '^PASS' "$rtlgen" verify marked.v
expect_not "a byte order mark is a fault" grep -q 'refuses' "$scratch/out"
RTLGEN_TOOLSET=none judges 0 '^PASS' "$rtlgen" verify marked.v
run limited "$rtlgen" verify cut.v
expect "carriage returns alone end in $status" test "$status" -le 1
expect_no_trace
# A line of a megabyte.
(
    printf 'module long(input a, output y); assign y = ~a; // '
    head -c 1000000 /dev/zero | tr '\0' 'x'
    printf '\nendmodule\n'
) >long.v
judges 0 '^PASS' "$rtlgen" verify long.v
expect "a message repeats a long line" test "$(wc -L <"$scratch/out")" -le 1000
finish
