// SPDX-License-Identifier: Apache-2.0
// attack: floats
// class: forge
// does: Its outputs are never driven.
// must not: pass.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output [7:0] q);
    assign q = 8'bz;
endmodule
