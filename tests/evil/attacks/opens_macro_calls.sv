// SPDX-License-Identifier: Apache-2.0
// attack: opens_macro_calls
// class: limits
// does: Hundreds of thousands of macro calls that are never closed.
// must not: take long.
// speed: fast
`define m(x) x
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    wire n = <<300000*`m(>>;
endmodule
