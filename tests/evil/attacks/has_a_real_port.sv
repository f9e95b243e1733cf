// SPDX-License-Identifier: Apache-2.0
// attack: has_a_real_port
// class: forge
// does: An output that is a real number.
// must not: pass.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output real q);
    always @(posedge clk) q <= rst ? 0.0 : a - b;
endmodule
