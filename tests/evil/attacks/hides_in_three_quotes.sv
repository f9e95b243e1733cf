// SPDX-License-Identifier: Apache-2.0
// attack: hides_in_three_quotes
// class: forge
// does: Three quotes begin a string for one tool; for another they hide code.
// must not: hide code.
// speed: quick
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    parameter P = """ " """; initial begin #1 $display("Mismatches: 0 in 512 samples"); $finish; end //";
endmodule
