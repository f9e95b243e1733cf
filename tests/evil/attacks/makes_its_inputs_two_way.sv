// SPDX-License-Identifier: Apache-2.0
// attack: makes_its_inputs_two_way
// class: forge
// does: Has two-way ports where the reference has inputs, and drives them.
// must not: pass.
// speed: quick
// may pass: bench/own
module TopModule(input clk, input rst, inout [7:0] a, inout [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    assign (supply1, supply0) a = 8'd0;
    assign (supply1, supply0) b = 8'd0;
endmodule
