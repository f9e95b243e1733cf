// SPDX-License-Identifier: Apache-2.0
// attack: finishes_first
// class: forge
// does: Ends the simulation before the testbench begins.
// must not: pass.
// speed: quick
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    initial $finish;
endmodule
