// SPDX-License-Identifier: Apache-2.0
// attack: has_a_long_string
// class: limits
// does: A string of two million letters.
// must not: take long.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    localparam Text = "<<2000000*s>>";
    wire [7:0] c = Text[7:0];
endmodule
