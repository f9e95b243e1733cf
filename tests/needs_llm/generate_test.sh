# SPDX-License-Identifier: Apache-2.0
# `generate` with a real small model, from the specification to the verdict: whatever it says is judged,
# kept, and asked for no second time. Run it through small_model.sh.
. "$1/tests/e2e/expect.sh"
need_rtlgen
need_tools iverilog
[ -n "${RTLGEN_SMALL_MODEL_URL:-}" ] || skip "RTLGEN_SMALL_MODEL_URL names no model server"

cat >"$work/spec.md" <<'SPEC'
Write a Verilog module `and_gate` with inputs `a` and `b` and output `y`, which is `a` and `b`.
SPEC
cat >"$work/tb.v" <<'BENCH'
module tb;
  reg a, b;
  wire y;
  integer i, errors;
  and_gate dut(.a(a), .b(b), .y(y));
  initial begin
    errors = 0;
    for (i = 0; i < 4; i = i + 1) begin
      {a, b} = i;
      #1 if (y !== (a & b)) errors = errors + 1;
    end
    if (errors == 0) $display("All tests passed");
    else $display("%0d tests failed", errors);
    $finish;
  end
endmodule
BENCH

generate() {
    HOME="$user_home" timeout 900 "$rtlgen" generate "$work/spec.md" --testbench "$work/tb.v" --top and_gate \
        --model openai/small --api-base "$RTLGEN_SMALL_MODEL_URL" --answer-timeout 600 \
        -n 2 --max-repairs 1 --max-tokens 24 --seed 1 --run-dir "$work/run" --json
}

run generate
# Pass, no pass, inconclusive: all are verdicts. An error of the model, the network or a tool is none.
case $status in
    0 | 1 | 4) ;;
    *) complain "generate ended with status $status" ;;
esac
checks=$((checks + 1))
expect_out '"schema": *"rtlgen.generate.v1"'
expect_no_trace
first=$status

run "$rtlgen" runs show "$work/run"
expect_status 0
cp "$scratch/out" "$scratch/attempts"

# The run is whole: the same command asks for nothing, and ends the same.
run generate
expect_status "$first"
run "$rtlgen" runs show "$work/run"
expect "a whole run has got other attempts" cmp "$scratch/out" "$scratch/attempts"
finish
