// SPDX-License-Identifier: Apache-2.0
// attack: is_written_in_other_bytes
// class: limits
// does: Control bytes, bytes that are no UTF-8, a byte order mark in the middle.
// must not: break a tool or the terminal.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    wire <<chr 1>><<chr 8>><<chr 27>>[31m \red<<chr 27>>[2J ;
    <<chr 255>><<chr 254>> wire <<chr 239>><<chr 187>><<chr 191>>mark;
    wire \<<chr 27>>]0;title<<chr 7>> = 1;
    wire \c<<chr 194>><<chr 155>>31m = 1, <<chr 194>><<chr 155>>2J;
endmodule
