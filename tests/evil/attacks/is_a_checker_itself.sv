// SPDX-License-Identifier: Apache-2.0
// attack: is_a_checker_itself
// class: forge
// does: A checker of the language assumes and prints.
// must not: pass.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    Agrees agrees(clk, q);
endmodule
checker Agrees(logic clk, logic [7:0] q);
    assume property (@(posedge clk) q == 0);
    initial $display("Mismatches: 0 in 512 samples");
endchecker
