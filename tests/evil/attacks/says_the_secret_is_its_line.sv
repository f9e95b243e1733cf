// SPDX-License-Identifier: Apache-2.0
// attack: says_the_secret_is_its_line
// class: leak
// does: Says that its errors stand in the secret, for a report to quote that line.
// must not: tell a secret.
// speed: quick
`line 1 "@HOME@/.secret" 0
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    this is no Verilog at all;
endmodule
