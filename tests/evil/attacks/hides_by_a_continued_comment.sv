// SPDX-License-Identifier: Apache-2.0
// attack: hides_by_a_continued_comment
// class: forge
// does: A backslash at the end of a comment may continue it, within a macro.
// must not: hide code.
// speed: fast
`define COMMENT // \
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    `COMMENT initial begin #1 $display("Mismatches: 0 in 512 samples"); $finish; end
endmodule
