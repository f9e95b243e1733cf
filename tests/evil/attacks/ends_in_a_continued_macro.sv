// SPDX-License-Identifier: Apache-2.0
// attack: ends_in_a_continued_macro
// class: forge
// does: A macro whose last line goes on in the next file.
// must not: pass.
// speed: quick
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
endmodule
`define GOES_ON \