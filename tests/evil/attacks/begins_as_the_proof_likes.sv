// SPDX-License-Identifier: Apache-2.0
// attack: begins_as_the_proof_likes
// class: split
// does: Its registers begin as it suits it.
// must not: be proven.
// speed: fast
// ways: bench reference prove netlist synth
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    reg [7:0] cheat = 8'd1;
    (* init = 8'hxx *) reg [7:0] more;
    initial q = 8'd0;
    always @(posedge clk) more <= more;
    always @(posedge clk) q <= rst ? 8'd0 : a + b + cheat;
endmodule
