// SPDX-License-Identifier: Apache-2.0
// attack: is_unknown
// class: forge
// does: Its outputs are never known.
// must not: pass.
// speed: quick
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= 8'bx;
    initial q = 8'bx;
endmodule
