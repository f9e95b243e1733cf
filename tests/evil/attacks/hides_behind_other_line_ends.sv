// SPDX-License-Identifier: Apache-2.0
// attack: hides_behind_other_line_ends
// class: forge
// does: Form feeds, vertical tabs and Unicode line ends may end a comment.
// must not: hide code.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    // a <<chr 12>> initial begin #1 $display("Mismatches: 0 in 512 samples"); $finish; end
    // b <<chr 11>> initial begin #1 $display("Mismatches: 0 in 512 samples"); $finish; end
    // c <<chr 226>><<chr 128>><<chr 168>> initial begin #1 $display("Mismatches: 0 in 512 samples"); $finish; end
    // d <<chr 194>><<chr 133>> initial begin #1 $display("Mismatches: 0 in 512 samples"); $finish; end
endmodule
