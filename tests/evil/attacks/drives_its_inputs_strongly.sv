// SPDX-License-Identifier: Apache-2.0
// attack: drives_its_inputs_strongly
// class: forge
// does: Drives its inputs with the strength of a supply.
// must not: pass.
// speed: fast
// may pass: bench/own
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    assign (supply1, supply0) a = 8'd0;
    assign (supply1, supply0) b = 8'd0;
endmodule
