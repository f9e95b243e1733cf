// SPDX-License-Identifier: Apache-2.0
// attack: finishes_in_an_assertion
// class: forge
// does: Ends the simulation by an assertion that fails.
// must not: pass.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    always @(posedge clk) assert (0) else $finish;
endmodule
