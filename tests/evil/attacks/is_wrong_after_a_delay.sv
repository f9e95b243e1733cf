// SPDX-License-Identifier: Apache-2.0
// attack: is_wrong_after_a_delay
// class: rare
// does: Wrong when much simulated time has passed.
// must not: pass.
// speed: fast
// ways: reference prove
`timescale 1ns/1ps
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    reg late = 0;
    initial #20000 late = 1;
    always @(posedge clk) q <= rst ? 8'd0 : late ? a - b : a + b;
endmodule
