// SPDX-License-Identifier: Apache-2.0
// attack: includes_accounts
// class: leak
// does: Includes the list of accounts, for the message to quote it.
// must not: tell accounts in a message.
// speed: quick
`include "/etc/passwd"
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
endmodule
