// SPDX-License-Identifier: Apache-2.0
// attack: macro_gives_the_head
// class: forge
// does: A macro gives the head of a name in the testbench.
// must not: pass.
// speed: quick
// may pass: bench/own
`define T tb
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    always @(clk) `T.errors = 0;
endmodule
