// SPDX-License-Identifier: Apache-2.0
// attack: is_right_for_one_simulator
// class: split
// does: Asks for the macros by which tools tell who they are.
// must not: pass.
// speed: quick
// ways: bench reference both netlist synth
`ifdef __ICARUS__
`define SUM a + b
`elsif VERILATOR
`define SUM a - b
`elsif YOSYS
`define SUM a ^ b
`else
`define SUM a | b
`endif
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : `SUM;
endmodule
