// SPDX-License-Identifier: Apache-2.0
// attack: includes_secret
// class: leak
// does: Includes a secret of the user, for the message to quote it.
// must not: tell a secret in a message.
// speed: quick
`include "@HOME@/.secret"
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
endmodule
