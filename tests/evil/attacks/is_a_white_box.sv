// SPDX-License-Identifier: Apache-2.0
// attack: is_a_white_box
// class: split
// does: Says that it is a library cell.
// must not: pass as a netlist.
// speed: fast
// ways: agree netlist synth
// may not pass: netlist/candidate
(* whitebox, lib_whitebox, abc9_box, keep_hierarchy *)
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    reg [7:0] held;
    always @* if (a[0]) held = b;
    always @(posedge clk) q <= rst ? 8'd0 : a + b + held - held;
endmodule
