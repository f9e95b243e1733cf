// SPDX-License-Identifier: Apache-2.0
// attack: acts_on_the_other_edge
// class: rare
// does: Right, half a clock too late.
// must not: pass.
// speed: quick
// ways: reference prove
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(negedge clk) q <= rst ? 8'd0 : a + b;
endmodule
