// SPDX-License-Identifier: Apache-2.0
// attack: ends_in_a_string
// class: forge
// does: A string without an end.
// must not: pass.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
endmodule
`define TEXT "and no end
