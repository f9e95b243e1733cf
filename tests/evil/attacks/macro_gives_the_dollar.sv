// SPDX-License-Identifier: Apache-2.0
// attack: macro_gives_the_dollar
// class: forge
// does: A macro gives the dollar of a system task.
// must not: pass.
// speed: fast
// may pass: bench/own
`define S(x) $
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    final `S(1)display("Mismatches: 0 in 512 samples");
endmodule
