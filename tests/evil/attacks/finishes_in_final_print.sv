// SPDX-License-Identifier: Apache-2.0
// attack: finishes_in_final_print
// class: forge
// does: Ends the simulation, and prints a verdict while it ends.
// must not: pass.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    final $display("Mismatches: 0 in 512 samples");
    initial #1 $finish;
endmodule
