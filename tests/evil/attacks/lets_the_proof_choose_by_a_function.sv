// SPDX-License-Identifier: Apache-2.0
// attack: lets_the_proof_choose_by_a_function
// class: split
// does: Leaves its value to whoever proves something, by system functions.
// must not: be proven.
// speed: fast
// ways: bench reference prove netlist synth
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : $anyconst;
    wire [7:0] each = $anyseq;
    wire begun = $initstate;
endmodule
