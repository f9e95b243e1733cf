// SPDX-License-Identifier: Apache-2.0
// attack: forces_the_checker
// class: forge
// does: Forces the error counter to 0.
// must not: pass.
// speed: quick
// may pass: bench/own
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    initial force tb.errors = 0;
endmodule
