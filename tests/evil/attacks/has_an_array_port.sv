// SPDX-License-Identifier: Apache-2.0
// attack: has_an_array_port
// class: forge
// does: An output that is an array of bits.
// must not: pass.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg q [7:0]);
    integer i;
    always @(posedge clk) for (i = 0; i < 8; i = i + 1) q[i] <= a[i] & ~b[i];
endmodule
