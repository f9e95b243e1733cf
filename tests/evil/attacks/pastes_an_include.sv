// SPDX-License-Identifier: Apache-2.0
// attack: pastes_an_include
// class: leak
// does: A macro spells a directive that includes a secret.
// must not: tell a secret.
// speed: quick
`define BACK(x) `x
`BACK(include) "@HOME@/.secret"
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
endmodule
