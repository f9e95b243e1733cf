// SPDX-License-Identifier: Apache-2.0
// attack: disables_the_checker
// class: forge
// does: Disables the testbench's block that counts.
// must not: pass.
// speed: fast
// may pass: bench/own
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    always @(negedge clk) disable tally;
    always @(negedge clk) disable tb.tally;
endmodule
