# SPDX-License-Identifier: Apache-2.0
# Names of files, folders, tops, defines and parameters that mean something to shells, scripts, filelists and options:
# judged, or refused in one line; nothing of them is ever run, and nothing is made but what was asked for.
. "$1/tests/e2e/expect.sh"
need_rtlgen
need_tools iverilog
cd "$work" || exit 2
export HOME="$user_home"
cp "$source_dir/tests/evil/checker.sv" "$source_dir/tests/evil/reference.sv" "$source_dir/tests/evil/honest.sv" "$scratch"

control=$(printf '[\001-\010\013-\037]\|\302[\200-\237]')

# expect_unrun WHAT: nobody ran `touch owned` anywhere.
expect_unrun() {
    expect_not "$1: something of a name was run" test -n "$(find "$scratch" "$HOME" -name owned -o -name owned.sv -o -name 'owned;' | head -n 1)"
    expect_not "$1: a control code went through" env LC_ALL=C grep -q "$control" "$scratch/out" "$scratch/err"
    expect "$1: exit code $status" test "$status" -eq 0 -o "$status" -eq 2
    expect_no_trace
}

# judged WHAT FILE: an honest design under that name; what is kept runs by hand and does no more.
judged() {
    run limited "$rtlgen" synth "$2"
    expect_unrun "$1, synth"
    if [ "$names" -le 2 ]; then
        run limited "$rtlgen" verify --trust candidate --reference "$scratch/reference.sv" "$2"
        expect_unrun "$1, a candidate"
        run limited "$rtlgen" verify --each-file "$2"
        expect_unrun "$1, alone"
    fi
    rm -rf "$scratch/kept"
    run limited "$rtlgen" verify --work-dir "$scratch/kept" --testbench "$scratch/checker.sv" "$2"
    expect_unrun "$1"
    for script in "$scratch"/kept/jobs/*/job.sh; do
        [ -f "$script" ] && (cd "$scratch/kept" && timeout -s KILL 20 sh "$script" >"$scratch/out" 2>"$scratch/err" </dev/null)
    done
    status=0
    expect_unrun "$1, by hand"
}

names=0
while IFS= read -r name; do
    case $name in '' | '# '*) continue ;; esac
    names=$((names + 1))
    name=$(printf '%b.' "$name")
    name=${name%.}
    cp "$scratch/honest.sv" "./$name" 2>/dev/null || complain "can't make a file $name"
    judged "a file called $name" "./$name"
    rm -f "./$name"
    folder=${name%.sv}
    [ "$names" -le 4 ] || continue
    mkdir "./$folder" && cp "$scratch/honest.sv" "./$folder/honest.sv"
    judged "in a folder called $folder" "./$folder/honest.sv"
    rm -rf "./$folder"
done <<'NAMES'
$(touch owned).sv
`touch owned`.sv
; touch owned ;.sv
a'; touch owned; '.sv
"; touch owned; ".sv
!touch owned.sv
new\nline; touch owned\n!touch owned.sv
| touch owned.sv
&& touch owned.sv
*.sv
-f.sv
+incdir+x.sv
--help.sv
@x.sv
~root.sv
%s%n.sv
{a,b}.sv
\033[2Jcleared.sv
\001\002\177.sv
\303\274ber.sv
\377\376.sv
a\\b.sv
a b  c.sv
.sv
//comment.sv
<script>owned<script>.sv
NAMES
expect "only $names names were tried" test "$names" -ge 25

# Values of options go to tools as one word, or nowhere.
cp "$scratch/honest.sv" h.sv
printf 'module TopModule #(parameter W = 8)(input [W-1:0] a, output [W-1:0] q);\n    assign q = ~a;\nendmodule\n' >p.sv
while IFS= read -r value; do
    value=$(printf '%b.' "$value")
    value=${value%.}
    for option in "--top=$value" "-D$value" "-DX=$value" "-GW=$value" "-G$value=1" "+define+X=$value" "-I$value" "+incdir+$value" "-y$value" "+libext+$value"; do
        run limited "$rtlgen" verify --require synth p.sv "$option"
        expect "$option: exit code $status" test "$status" -le 4 -a "$status" -ne 3
        status=0
        expect_unrun "$option"
    done
    run limited "$rtlgen" verify --testbench "$scratch/checker.sv" --testbench-top "$value" h.sv
    expect "testbench top $value: exit code $status" test "$status" -le 4
    status=0
    expect_unrun "testbench top $value"
done <<'VALUES'
TopModule; !touch owned
8\n!touch owned
$(touch owned)
`touch owned`
8" -D"x
8'; touch owned; '
-exec touch owned
8\033[31m
VALUES

# A filelist is words, no script; a design that looks like one is a design.
printf 'h.sv\n-DX=$(touch owned)\n!touch owned\n`touch owned`\n' >list.f
run limited "$rtlgen" verify -f list.f
expect "a filelist: exit code $status" test "$status" -le 4
status=0
expect_unrun "a filelist"
printf -- '-f /etc/passwd\n+incdir+/etc\n-y /etc\n' >options.sv
run limited "$rtlgen" verify --trust candidate options.sv
expect_not "options within a design were followed" grep -q 'root:x:0' "$scratch/out" "$scratch/err"
expect "options within a design: exit code $status" test "$status" -eq 1 -o "$status" -eq 2
printf -- '-f list2.f\n' >list1.f
printf -- '-f list1.f\n' >list2.f
run limited "$rtlgen" verify -f list1.f
expect "filelists in a circle: exit code $status" test "$status" -eq 2
finish
