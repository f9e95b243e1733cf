// SPDX-License-Identifier: Apache-2.0
// attack: pastes_behind_a_directive
// class: escape
// does: Pastes a system task together by a macro whose argument is named as a harmless directive.
// must not: run a program.
// speed: quick
`define give(endcelldefine) $``endcelldefine
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    initial `give(system)("echo owned > @OUT@/paste");
endmodule
