// SPDX-License-Identifier: Apache-2.0
// attack: never_leaves_time_zero
// class: limits
// does: Blocks without a delay, at time 0.
// must not: run beyond its limit.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    always begin end
endmodule
