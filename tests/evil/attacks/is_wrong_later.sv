// SPDX-License-Identifier: Apache-2.0
// attack: is_wrong_later
// class: rare
// does: Wrong after 2^40 clocks.
// must not: pass a proof.
// speed: fast
// ways: bench reference unproven prove
// may pass: bench/own bench/candidate reference/own reference/candidate unproven/candidate
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    reg [39:0] age;
    always @(posedge clk) begin
        age <= rst ? 40'd0 : age + 1'b1;
        q <= rst ? 8'd0 : a + b + (&age);
    end
endmodule
