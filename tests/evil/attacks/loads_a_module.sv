// SPDX-License-Identifier: Apache-2.0
// attack: loads_a_module
// class: escape
// does: Calls for a module of foreign code.
// must not: load foreign code.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    initial $load_me_from_vpi("@OUT@/evil.vpi");
endmodule
