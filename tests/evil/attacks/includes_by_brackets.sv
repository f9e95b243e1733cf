// SPDX-License-Identifier: Apache-2.0
// attack: includes_by_brackets
// class: leak
// does: Includes a secret by the form in angle brackets.
// must not: tell a secret.
// speed: fast
`include <@HOME@/.secret>
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
endmodule
