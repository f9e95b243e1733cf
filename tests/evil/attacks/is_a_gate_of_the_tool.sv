// SPDX-License-Identifier: Apache-2.0
// attack: is_a_gate_of_the_tool
// class: split
// does: Hides a latch in a module that is named as one of Yosys's gates.
// must not: pass as a netlist.
// speed: fast
// ways: netlist
// may not pass: netlist/candidate
module \$_BUF_ (input A, output reg Y);
    always @* if (A) Y = A;
endmodule
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    wire held;
    \$_BUF_ one(.A(a[0]), .Y(held));
    always @(posedge clk) q <= rst ? 8'd0 : a + b + held - held;
endmodule
