// SPDX-License-Identifier: Apache-2.0
// attack: stretches_time
// class: forge
// does: Stretches time so that its delays are longer than the test.
// must not: pass.
// speed: fast
`timescale 1s / 1s
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    initial #1 $finish;
endmodule
