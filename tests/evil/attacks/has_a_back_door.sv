// SPDX-License-Identifier: Apache-2.0
// attack: has_a_back_door
// class: forge
// does: An input more than the reference has, behind which it is wrong.
// must not: pass.
// speed: fast
// ways: reference
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q,
                 input door);
    always @(posedge clk) q <= rst ? 8'd0 : door === 1'b1 ? 8'd0 : a + b;
endmodule
