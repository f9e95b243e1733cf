// SPDX-License-Identifier: Apache-2.0
// attack: acts_at_once
// class: rare
// does: Right, one clock too early: without a register.
// must not: pass.
// speed: fast
// ways: reference prove
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @* q = rst ? 8'd0 : a + b;
endmodule
