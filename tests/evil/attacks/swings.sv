// SPDX-License-Identifier: Apache-2.0
// attack: swings
// class: limits
// does: Two blocks that wake each other without end.
// must not: run beyond its limit.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    reg u = 0, v = 0;
    always @(u) v = ~u;
    always @(v) u = v;
    initial #3 u = 1;
endmodule
