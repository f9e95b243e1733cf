// SPDX-License-Identifier: Apache-2.0
// attack: configures_the_tool
// class: escape
// does: Configures Verilator from within, and makes everything public.
// must not: let a design set a tool.
// speed: fast
`verilator_config
public_flat -module "tb"
lint_off
`verilog
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
endmodule
