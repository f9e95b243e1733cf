// SPDX-License-Identifier: Apache-2.0
// attack: lets_the_proof_choose
// class: split
// does: Leaves its value to whoever proves something.
// must not: be proven.
// speed: quick
// ways: bench reference prove netlist synth
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    (* anyconst *) reg [7:0] any;
    (* anyseq *) reg [7:0] each;
    (* gclk *) reg global_clock;
    always @(posedge clk) q <= rst ? 8'd0 : any ^ each;
endmodule
