// SPDX-License-Identifier: Apache-2.0
// attack: catches_unknowns
// class: rare
// does: Right wherever it is known, and known where it is not.
// must not: pass.
// speed: quick
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst === 1'b1 ? 8'd0 : (^(a + b)) === 1'bx ? 8'd7 : a - b;
endmodule
