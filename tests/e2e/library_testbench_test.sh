# SPDX-License-Identifier: Apache-2.0
# The testbench that earned a design of the library its PASS is kept beside it, and judges the same again.
. "$1/tests/e2e/expect.sh"
need_rtlgen
need_tools iverilog
cd "$work" || exit 2
export HOME="$user_home"
cp "$source_dir/datasets/library/counter/spec.md" spec.md
judges 0 '^PASS' "$rtlgen" generate spec.md --model library --run-dir run -o counter.v
attempt=run/attempts/s01.t0
expect "no testbench is kept" test -s "$attempt/testbench.sv"
judges 0 '^PASS' "$rtlgen" verify --testbench "$attempt/testbench.sv" "$attempt/candidate.sv"
sed "s/count_value + 1'b1/count_value - 1'b1/" "$attempt/candidate.sv" >broken.sv
judges 1 '^FAIL' "$rtlgen" verify --testbench "$attempt/testbench.sv" broken.sv
finish
