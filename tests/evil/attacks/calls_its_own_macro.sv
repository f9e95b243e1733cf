// SPDX-License-Identifier: Apache-2.0
// attack: calls_its_own_macro
// class: limits
// does: A macro that calls itself.
// must not: go on without end.
// speed: quick
`define me `me + `me
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    wire [7:0] n = `me;
endmodule
