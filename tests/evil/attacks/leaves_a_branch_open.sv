// SPDX-License-Identifier: Apache-2.0
// attack: leaves_a_branch_open
// class: forge
// does: An `else` without an end takes the files that follow away.
// must not: pass.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
endmodule
`ifndef NEVER_DEFINED
wire x;
`else
