// SPDX-License-Identifier: Apache-2.0
// attack: has_timing_checks
// class: rare
// does: A specify block with path delays, timing checks and a notifier.
// must not: break a tool.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    reg notifier;
    specify
        specparam late = 1000000;
        (clk => q) = late;
        (posedge clk => (q +: a)) = (late, late);
        $setup(a, posedge clk, 100, notifier);
        $width(posedge clk, 5, 0, notifier);
        $hold(posedge clk, b, 100, notifier);
    endspecify
    always @(notifier) $finish;
endmodule
