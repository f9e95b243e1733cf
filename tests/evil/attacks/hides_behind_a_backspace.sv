// SPDX-License-Identifier: Apache-2.0
// attack: hides_behind_a_backspace
// class: forge
// does: A backspace ends an escaped name for one tool; the rest of the name is code for it.
// must not: hide code.
// speed: quick
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    wire \x<<chr 8>>;always@(clk)tb.errors=0;wire\y ;
    wire \z<<chr 8>>;final$display("Mismatches:\0400\040in\040512\040samples");wire\w ;
endmodule
