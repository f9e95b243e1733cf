// SPDX-License-Identifier: Apache-2.0
// attack: macro_changes_the_checker
// class: forge
// does: Redefines the words that the testbench prints with.
// must not: pass.
// speed: fast
// may pass: bench/own
`define display monitoroff
`define finish
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
endmodule
