// SPDX-License-Identifier: Apache-2.0
// attack: uses_a_secret_as_library
// class: leak
// does: Names a secret as its library.
// must not: tell a secret.
// speed: fast
`uselib file=@HOME@/.secret libext=.v
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
endmodule
