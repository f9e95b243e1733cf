// SPDX-License-Identifier: Apache-2.0
// attack: redefines_before_the_checker
// class: forge
// does: Takes all macros away, defines words of the language and of the testbench.
// must not: pass.
// speed: fast
// may pass: bench/own
`undefineall
`define always initial
`define RefModule TopModule
`define errors samples
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
endmodule
