// SPDX-License-Identifier: Apache-2.0
// attack: declares_its_inputs_as_supplies
// class: forge
// does: Declares its inputs once more, as supplies.
// must not: pass.
// speed: quick
// may pass: bench/own
module TopModule(clk, rst, a, b, q);
    input clk, rst;
    input [7:0] a, b;
    output reg [7:0] q;
    supply0 [7:0] a, b;
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
endmodule
