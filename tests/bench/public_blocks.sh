#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# How many files of well-known public blocks each tool reads, with the pinned toolset and without it,
# what `rtlgen verify` and `rtlgen synth` make of ibex_core under one filelist, and picorv32 on both simulators.
#
#   tests/bench/public_blocks.sh BUILD_FOLDER FOLDER
#
# Each block is fetched into FOLDER at the commit below; one that FOLDER has already is taken as it is.
# Exit 0 where every count and exit code is as expected, 1 where one is not, 3 where a block can't be had.
set -u

usage="usage: tests/bench/public_blocks.sh BUILD_FOLDER FOLDER"
here=$(dirname "$(realpath "$0")")
rtlgen=$(realpath "${1:?$usage}")/cli/rtlgen
folder=${2:?$usage}
[ -x "$rtlgen" ] || { echo "build rtlgen first" >&2; exit 3; }
command -v python3 >/dev/null || { echo "python3 is needed to read the verdicts" >&2; exit 3; }
mkdir -p "$folder" && cd "$folder" || exit 3
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
failures=0

complain() {
    echo "FAILED: $1" >&2
    failures=$((failures + 1))
}

# block NAME OWNER/REPOSITORY COMMIT
block() {
    local at=unknown
    if [ ! -d "$1" ]; then
        git init -q "$1" && git -C "$1" fetch -q --depth 1 "https://github.com/$2" "$3" &&
            git -C "$1" checkout -q FETCH_HEAD || { rm -rf "$1"; echo "no $2 $3" >&2; exit 3; }
    fi
    [ -d "$1/.git" ] && at=$(git -C "$1" rev-parse HEAD)
    [ "$at" = "$3" ] || echo "note: $1 is at commit $at, not $3: counts may differ" >&2
}
block common_cells pulp-platform/common_cells 62a689b4789694d14c37c740203f5f518308e3b5
block tech_cells_generic pulp-platform/tech_cells_generic 3a3de73632a06826b1bd9c65a0a2e92b32016845
block verilog-axi alexforencich/verilog-axi 516bd5dadc3365b7f9e225d2af8fe0b8d804fe53
block picorv32 YosysHQ/picorv32 87c89acc18994c8cf9a2311e871818e87d304568
block ibex lowRISC/ibex 8b8ee086aef72e0833b7f0493d9d33f1e4d3c8e2

# The filelists. Those of Ibex name its core's files alone: everything else is found in its folders.
{
    echo +incdir+common_cells/include
    ls common_cells/src/*.sv
    for name in tc_clk tc_sram tc_sram_impl tc_sync; do echo "tech_cells_generic/src/rtl/$name.sv"; done
    echo tech_cells_generic/src/deprecated/pulp_clk_cells.sv
} >"$work/common_cells.f"
ls verilog-axi/rtl/*.v >"$work/verilog-axi.f"
# picosoc.v sets macros for picorv32.v.
ls picorv32/picosoc/{picosoc,simpleuart,spimemio}.v >"$work/picorv32.f"
ls picorv32/*.v >>"$work/picorv32.f"
ip=ibex/vendor/lowrisc_ip/ip
{
    for name in ibex/rtl $ip/prim/rtl ibex/vendor/lowrisc_ip/dv/sv/dv_utils; do echo "+incdir+$name"; done
    for name in ibex/rtl $ip/prim/rtl $ip/prim_generic/rtl; do echo "-y $name"; done
    for name in util mubi secded cipher; do echo "$ip/prim/rtl/prim_${name}_pkg.sv"; done
    echo $ip/prim_generic/rtl/prim_ram_1p_pkg.sv
    for name in pkg cheriot_pkg core; do echo "ibex/rtl/ibex_$name.sv"; done
} >"$work/ibex_core.f"
{
    grep -v -e "^-y ibex/rtl" -e '^ibex/' "$work/ibex_core.f"
    ls $ip/prim/rtl/prim_*_pkg.sv $ip/prim_generic/rtl/prim_*_pkg.sv
    echo +define+RVFI
    ls ibex/rtl/*.sv
} >"$work/ibex.f"

# timed COMMAND...: leaves `status`, `wall` and `cpu` (seconds), and what it printed in $work/out.json.
timed() {
    TIMEFORMAT='%R %U %S'
    { time "$@" >"$work/out.json" 2>"$work/err" </dev/null; } 2>"$work/time"
    status=$?
    read -r wall user system <"$work/time"
    cpu=$(awk -v u="$user" -v s="$system" 'BEGIN { printf "%.1f", u + s }')
}

# each_file NAME EXIT_CODE TOGETHER: a row of the table.
each_file() {
    timed "$rtlgen" verify --each-file --json -f "$work/$1.f"
    [ "$status" -eq "$2" ] || complain "$1: exit code $status, expected $2: $(head -c 300 "$work/err")"
    python3 - "$work/out.json" "$1" "$toolset" "$wall" "$cpu" "$status" "$3" <<'EOF' || complain "$1: the count of files"
import json, sys
name, toolset, wall, cpu, status, least = sys.argv[2:]
rows = json.load(open(sys.argv[1])).get("reading", [])
def count(tool):
    known = [row["reads"][tool] for row in rows if tool in row["reads"]]
    return str(sum(known)) if known else "-"
together = sum(any(row["reads"].values()) for row in rows)
cells = [name, toolset, len(rows)] + [count(t) for t in ("icarus", "verilator", "yosys-slang", "yosys-verilog")]
print("| " + " | ".join(map(str, cells + [together, status, wall, cpu])) + " |")
sys.exit(together < int(least))
EOF
}

# ibex_core under one filelist. The first verdict is the second's baseline; Ibex's own waivers are read.
ibex_core() {
    local list=(-f "$work/ibex_core.f" --top ibex_core)
    timed "$rtlgen" verify --json "${list[@]}"
    [ "$status" -eq 0 ] || complain "verify ibex_core: exit code $status"
    cp "$work/out.json" "$work/baseline.json"
    whole_row "ibex_core: verify"
    timed "$rtlgen" verify --json --waiver ibex/lint/verilator_waiver.vlt "${list[@]}"
    [ "$status" -eq 0 ] || complain "verify --waiver ibex_core: exit code $status: $(head -c 300 "$work/err")"
    whole_row "ibex_core: verify --waiver"
    timed "$rtlgen" verify --json --require lint --baseline "$work/baseline.json" "${list[@]}"
    [ "$status" -eq 0 ] || complain "verify --baseline ibex_core: exit code $status"
    whole_row "ibex_core: verify --require lint --baseline"
    timed "$rtlgen" synth --json "${list[@]}"
    [ "$status" -eq "$1" ] || complain "synth ibex_core: exit code $status, expected $1"
    whole_row "ibex_core: synth"
}

whole_row() {
    python3 - "$work/out.json" "$1" "$toolset" "$wall" "$cpu" "$status" <<'EOF'
import json, sys
name, toolset, wall, cpu, status = sys.argv[2:]
result = json.load(open(sys.argv[1]))
if result.get("ppa"):
    ppa = result["ppa"]
    what = f'{ppa["cells"]["total"]} cells, {ppa["registers"]["bits"]} registers, {ppa["latches"]["bits"]} latches, depth {ppa["logic_depth"]["value"]}'
elif "verdict" in result:
    lint = [check["detail"] for check in result["checks"] if check["name"] == "lint"]
    what = result["verdict"] + "".join(f', {d["findings"]} findings, {d["waived"]} waived, {d["in_baseline"]} in the baseline' for d in lint)
else:
    what = result.get("outcome", result.get("message", "nothing"))
print("| " + " | ".join([name, toolset, what, status, wall, cpu]) + " |")
EOF
}

# picorv32 runs a program of ours on both simulators; with a subtraction for its addition it fails.
picorv32_program() {
    local design
    sed 's/instr_sub ? reg_op1 - reg_op2 : reg_op1 + reg_op2/reg_op1 - reg_op2/' picorv32/picorv32.v >"$work/broken.v"
    cmp -s picorv32/picorv32.v "$work/broken.v" && complain "the fault could not be put into picorv32"
    for design in picorv32/picorv32.v "$work/broken.v"; do
        echo "$design" >"$work/design.f"
        timed "$rtlgen" verify --json -f "$work/design.f" --top picorv32 --sim both \
            --testbench "$here/public_blocks/picorv32_tb.v"
        case $design in
            picorv32/*) [ "$status" -eq 0 ] || complain "picorv32: exit code $status, expected 0"; whole_row "picorv32: verify --testbench" ;;
            *) [ "$status" -eq 1 ] || complain "broken picorv32: exit code $status, expected 1"; whole_row "picorv32 with a fault" ;;
        esac
    done
}

# on_toolsets COMMAND...: with the pinned toolset where it is there, and without it.
on_toolsets() {
    toolset=pinned
    if "$rtlgen" doctor 2>/dev/null | grep -q read_slang; then "$@"; else echo "note: the pinned toolset isn't here" >&2; fi
    toolset=none
    RTLGEN_TOOLSET=none "$@"
}

each_block() {
    each_file common_cells 0 87
    each_file verilog-axi 0 55
    each_file picorv32 0 7
    # One instantiates a module of another repository.
    if [ "$toolset" = pinned ]; then each_file ibex 1 48; else each_file ibex 1 46; fi
}
each_whole() {
    if [ "$toolset" = pinned ]; then ibex_core 0; else ibex_core 4; fi
    picorv32_program
}

echo "| block | toolset | files | icarus | verilator | yosys-slang | yosys-verilog | together | exit | wall s | CPU s |"
echo "|---|---|---|---|---|---|---|---|---|---|---|"
on_toolsets each_block
echo
echo "| one design | toolset | result | exit | wall s | CPU s |"
echo "|---|---|---|---|---|---|"
on_toolsets each_whole
[ "$failures" -eq 0 ]
