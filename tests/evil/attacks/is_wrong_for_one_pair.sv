// SPDX-License-Identifier: Apache-2.0
// attack: is_wrong_for_one_pair
// class: rare
// does: Wrong for one pair of values of its inputs.
// must not: pass a proof.
// speed: fast
// ways: bench reference unproven prove
// may pass: bench/own bench/candidate reference/own reference/candidate unproven/candidate
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    wire odd = a == 8'h9D && b == 8'h36;
    always @(posedge clk) q <= rst || odd ? 8'd0 : a + b;
endmodule
