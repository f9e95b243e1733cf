// SPDX-License-Identifier: Apache-2.0
// attack: macro_hides_words
// class: forge
// does: Pastes the name of a system task together.
// must not: pass.
// speed: quick
`define join(x, y) x``y
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    initial $`join(fin, ish);
endmodule
