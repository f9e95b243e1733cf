// SPDX-License-Identifier: Apache-2.0
// The testbench of a gate whose output is the conjunction of its inputs.
#pragma once

namespace rtlgen::test {

inline constexpr const char* kGateTestbench = R"(module tb;
  reg a = 0, b = 0; wire y; integer i, bad = 0;
  gate dut(.a(a), .b(b), .y(y));
  initial begin
    for (i = 0; i < 8; i = i + 1) begin
      {a, b} = i[1:0]; #1;
      if (y !== (a & b)) begin bad = bad + 1; $display("MISMATCH y at %0t", $time); end
    end
    if (bad == 0) $display("PASS: 8 checks"); else $display("FAIL: %0d of 8", bad);
    $finish;
  end
endmodule
)";

}  // namespace rtlgen::test
