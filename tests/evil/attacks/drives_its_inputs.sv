// SPDX-License-Identifier: Apache-2.0
// attack: drives_its_inputs
// class: forge
// does: Drives its inputs, which are nets that the reference sees too.
// must not: pass.
// speed: quick
// may pass: bench/own
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    assign a = 8'd0;
    assign b = 8'd0;
endmodule
