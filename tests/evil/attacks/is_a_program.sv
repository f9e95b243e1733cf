// SPDX-License-Identifier: Apache-2.0
// attack: is_a_program
// class: forge
// does: A program block prints and ends the simulation.
// must not: pass.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    Ending ending();
endmodule
program Ending;
    initial $display("Mismatches: 0 in 512 samples");
    final $display("PASS");
endprogram
