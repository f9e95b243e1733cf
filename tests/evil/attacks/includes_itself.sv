// SPDX-License-Identifier: Apache-2.0
// attack: includes_itself
// class: limits
// does: Includes itself.
// must not: go on without end.
// speed: quick
`include "candidate.sv"
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
endmodule
