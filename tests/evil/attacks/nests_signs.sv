// SPDX-License-Identifier: Apache-2.0
// attack: nests_signs
// class: limits
// does: A hundred thousand signs before an operand.
// must not: break the reader.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    wire [7:0] n = <<100000*~ >>a;
    localparam P = <<100000*- >>1;
    wire [P & 7:0] m;
endmodule
