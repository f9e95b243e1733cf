// SPDX-License-Identifier: Apache-2.0
// attack: has_a_long_name
// class: limits
// does: A name of a million letters, plain and escaped.
// must not: take long.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    wire <<1000000*n>> = 1;
    wire \<<1000000*e>> = <<1000000*n>>;
endmodule
