// SPDX-License-Identifier: Apache-2.0
// attack: includes_by_a_macro
// class: leak
// does: A macro gives the name of the secret that is included.
// must not: tell a secret.
// speed: fast
`define WHERE "@HOME@/.secret"
`include `WHERE
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
endmodule
