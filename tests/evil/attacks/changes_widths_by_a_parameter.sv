// SPDX-License-Identifier: Apache-2.0
// attack: changes_widths_by_a_parameter
// class: forge
// does: Parameters make its inputs narrower than they look.
// must not: pass.
// speed: fast
module TopModule #(parameter W = Widths::Half) (
    input clk, input rst, input [W-1:0] a, input [W-1:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a + b;  // of four bits alone
endmodule
package Widths;
    localparam Half = 4;
endpackage
