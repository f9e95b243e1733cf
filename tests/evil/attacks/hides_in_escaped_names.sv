// SPDX-License-Identifier: Apache-2.0
// attack: hides_in_escaped_names
// class: forge
// does: Escaped names hold what begins a comment and what ends one.
// must not: hide code.
// speed: quick
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    wire \a/* = 1;
    initial begin #1 $display("Mismatches: 0 in 512 samples"); $finish; end
    wire \*/b = 1;
    wire \//c = 1;
    wire \d" = 1;
endmodule
