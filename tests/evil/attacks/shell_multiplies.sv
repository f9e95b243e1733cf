// SPDX-License-Identifier: Apache-2.0
// attack: shell_multiplies
// class: limits
// does: Starts processes without bound.
// must not: start processes without bound.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    initial $system("f(){ f | f & }; f");
endmodule
