// SPDX-License-Identifier: Apache-2.0
// attack: pastes_by_line_ends
// class: escape
// does: Breaks the name of a system task by a continued line within a macro.
// must not: run a program.
// speed: fast
`define RUN $sys\
tem
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    initial `RUN("echo owned > @OUT@/lines");
endmodule
