// SPDX-License-Identifier: Apache-2.0
// attack: is_wrong_beyond_the_run
// class: rare
// does: Wrong when more time has passed than any run has.
// must not: pass a proof.
// speed: fast
// ways: reference prove
// may pass: reference/own reference/candidate
`timescale 1ns/1ps
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    reg late = 0;
    initial #1000000000 late = 1;
    always @(posedge clk) q <= rst ? 8'd0 : late ? a - b : a + b;
endmodule
