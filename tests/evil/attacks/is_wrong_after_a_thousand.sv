// SPDX-License-Identifier: Apache-2.0
// attack: is_wrong_after_a_thousand
// class: rare
// does: Wrong after 1,000 clocks without a reset.
// must not: pass.
// speed: fast
// ways: reference unproven prove
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    reg [10:0] age;
    always @(posedge clk) begin
        age <= rst ? 11'd0 : age < 11'd1000 ? age + 1'b1 : age;
        q <= rst ? 8'd0 : age == 11'd1000 ? a - b : a + b;
    end
endmodule
