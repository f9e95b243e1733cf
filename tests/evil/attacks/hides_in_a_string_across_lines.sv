// SPDX-License-Identifier: Apache-2.0
// attack: hides_in_a_string_across_lines
// class: forge
// does: A string that goes on over the end of its line.
// must not: hide code.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    localparam Text = "a\
"; initial begin #1 $display("Mismatches: 0 in 512 samples"); $finish; end localparam More = "\
";
endmodule
