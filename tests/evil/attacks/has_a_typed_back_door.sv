// SPDX-License-Identifier: Apache-2.0
// attack: has_a_typed_back_door
// class: forge
// does: An input more than the reference has, of a type of its own.
// must not: pass.
// speed: quick
// ways: reference
typedef logic Door;
module TopModule(clk, rst, a, b, q, door);
    input clk, rst;
    input [7:0] a, b;
    output reg [7:0] q;
    input Door door;
    always @(posedge clk) q <= rst ? 8'd0 : door === 1'b1 ? 8'd0 : a + b;
endmodule
