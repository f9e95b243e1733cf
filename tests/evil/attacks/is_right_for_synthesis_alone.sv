// SPDX-License-Identifier: Apache-2.0
// attack: is_right_for_synthesis_alone
// class: split
// does: Right for the tool that defines SYNTHESIS, wrong for simulators.
// must not: pass.
// speed: fast
`ifdef SYNTHESIS
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a + b;
endmodule
`else
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
endmodule
`endif
