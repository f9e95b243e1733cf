// SPDX-License-Identifier: Apache-2.0
// attack: includes_environment
// class: leak
// does: Includes its own environment, for the message to quote it.
// must not: tell a variable of the environment.
// speed: fast
`include "/proc/self/environ"
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
endmodule
