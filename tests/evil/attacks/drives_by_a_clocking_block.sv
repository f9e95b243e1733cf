// SPDX-License-Identifier: Apache-2.0
// attack: drives_by_a_clocking_block
// class: forge
// does: Drives an input through a clocking block.
// must not: pass.
// speed: fast
// may pass: bench/own
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    clocking now @(posedge clk);
        output a;
    endclocking
    initial now.a <= 0;
endmodule
