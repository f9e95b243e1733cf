// SPDX-License-Identifier: Apache-2.0
// attack: is_wrong_beyond_the_run
// class: rare
// does: Wrong when more time has passed than any run has.
// must not: break a tool: as hardware it is right, and no run is that long.
// speed: fast
// ways: reference unproven prove
// may pass: reference/own reference/candidate unproven/candidate prove/candidate
`timescale 1ns/1ps
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    reg late = 0;
    initial #1000000000 late = 1;
    always @(posedge clk) q <= rst ? 8'd0 : late ? a - b : a + b;
endmodule
