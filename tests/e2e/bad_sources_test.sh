# SPDX-License-Identifier: Apache-2.0
# Tops, includes, filelists, options, commands and configuration that are wrong: one line and exit code 2.
. "$1/tests/e2e/expect.sh"
need_rtlgen
need_tools iverilog
cd "$work" || exit 2
export HOME="$user_home"
write_inverter good.v
write_specification spec.md

refuses 2 'there is no module nosuch; there are inverter' "$rtlgen" verify good.v --top nosuch
write_inverter other.v other
cat good.v other.v >two.v
refuses 2 'inverter, other; say which with --top' "$rtlgen" verify two.v
echo '`include "circle.vh"' >circle.vh
{ cat circle.vh && cat good.v; } >circle.v
refuses 2 'include each other in a circle' "$rtlgen" verify circle.v
echo '-f b.f' >a.f
echo '-f a.f' >b.f
refuses 2 'name each other in a circle: a.f -> b.f -> a.f' "$rtlgen" verify -f a.f
{ echo '`include "nowhere.vh"' && cat good.v; } >lacks.v
judges 1 'nowhere.vh' "$rtlgen" verify lacks.v
refuses 2 'good.v: there is no module tb; there are inverter' "$rtlgen" verify good.v --testbench good.v --testbench-top tb

# Two different modules of one name: some tools would take either.
printf 'module inverter(input a, output y);\n    assign y = a;\nendmodule\n' >again.v
judges 1 'FAIL elaboration' "$rtlgen" verify good.v again.v --top inverter
expect_out 'defined otherwise in good.v:1'

# Mistyped words: what was meant, or where to look.
refuses 2 "did you mean 'verify'" "$rtlgen" verfy good.v
refuses 2 "did you mean '--testbench'" "$rtlgen" verify good.v --testbnch good.v
refuses 2 'see rtlgen verify --help' "$rtlgen" verify good.v --frobnicate
# Commands that take no file, and files that are none.
refuses 2 "'good.v' is one argument too many" "$rtlgen" doctor good.v
refuses 2 "there is no command 'good.v'" "$rtlgen" cache good.v
refuses 2 "did you mean '--json'" "$rtlgen" doctor --jsn
refuses 2 'no file is named' "$rtlgen" synth
refuses 2 'nowhere.v: no such file' "$rtlgen" synth nowhere.v
: >empty.v
refuses 2 'empty.v' "$rtlgen" synth empty.v
printf 'module\0binary' >binary.v
refuses 2 'binary.v: is a binary file' "$rtlgen" synth binary.v
refuses 2 'nowhere.lib: no such file' "$rtlgen" synth good.v --liberty nowhere.lib
refuses 2 'good.v' "$rtlgen" synth good.v --liberty good.v

# Values that an option doesn't take: which it does.
refuses 2 "sim: 'nope' is not one of auto, icarus, verilator, both (see rtlgen verify" "$rtlgen" verify good.v --sim nope
refuses 2 "'3' is not one of" "$rtlgen" verify good.v --sim 3
refuses 2 "'mine' is not one of own, candidate" "$rtlgen" verify good.v --trust mine
for command in 'verify good.v' 'generate spec.md --model library'; do
    refuses 2 "keep: 'some' is not one of all, failed, none" "$rtlgen" $command --keep some
done
for value in -1 0 inf nan 1e300 soon; do
    for command in 'verify good.v' 'synth good.v' 'generate spec.md --model library'; do
        refuses 2 "timeout: '$value' is not within 0.001 to 1000000 seconds" "$rtlgen" $command "--timeout=$value"
    done
    refuses 2 "'$value' is not within 0.001 to 1000000 seconds" "$rtlgen" generate spec.md --model library "--answer-timeout=$value"
    refuses 2 "'$value' is not within 0.001 to 1000000 nanoseconds" "$rtlgen" synth good.v "--clock-period=$value"
done
for value in -1 5000 many; do
    refuses 2 "jobs: '$value' is not within 0 to 4096 jobs" "$rtlgen" verify good.v "--jobs=$value"
done
refuses 2 "'1.5' is not within 0 to 1" "$rtlgen" generate spec.md --model library --top-p 1.5
refuses 2 "'-1' is not within 0 to 100" "$rtlgen" generate spec.md --model library --temperature=-1
refuses 2 "'0' is not within 1 to 10000000 tokens" "$rtlgen" generate spec.md --model library --max-tokens 0
refuses 2 'there is no model' "$rtlgen" generate spec.md --model nothing
refuses 2 'see rtlgen runs --help' "$rtlgen" runs frobnicate
refuses 2 'no run is there' "$rtlgen" runs show nowhere
refuses 2 'nowhere: no run is there' "$rtlgen" runs list nowhere
refuses 2 'rtlgen-runs: no run is there' "$rtlgen" runs list
refuses 2 '--top is no module' "$rtlgen" generate spec.md --model library --top 'a;b'
refuses 2 'is no module name' "$rtlgen" verify good.v --top 'a;b'
refuses 2 'goes from 1' "$rtlgen" generate spec.md --model library -n 0

# Configuration: the file and the line.
config() { printf '%b' "$1" >rtlgen.toml; }
config '[generate]\ncandidats = 3\n'
refuses 2 'rtlgen.toml:2: .*did you mean' "$rtlgen" verify good.v
config '[generate\n'
refuses 2 'rtlgen.toml:1: ' "$rtlgen" verify good.v
config '\0377\0376\n'
refuses 2 'rtlgen.toml:1: ' "$rtlgen" generate spec.md --model library
config '[generate]\ncandidates = "three"\n'
refuses 2 'must be an integer' "$rtlgen" generate spec.md --model library
config 'model = "command:sh"\n'
refuses 2 "a project's file can't set" "$rtlgen" generate spec.md
rm rtlgen.toml
finish
