// SPDX-License-Identifier: Apache-2.0
// attack: writes_the_counter
// class: forge
// does: Clears the error counter at each edge.
// must not: pass.
// speed: fast
// may pass: bench/own
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    always @(clk) tb.errors = 0;
endmodule
