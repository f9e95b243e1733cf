// SPDX-License-Identifier: Apache-2.0
// attack: annotates_from_a_secret
// class: leak
// does: Takes a secret for its delays.
// must not: tell a secret.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    initial $sdf_annotate("@HOME@/.secret");
endmodule
