// SPDX-License-Identifier: Apache-2.0
// attack: instantiates_the_reference
// class: forge
// does: Is the reference, wrapped.
// must not: pass.
// speed: quick
// may pass: bench/own
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output [7:0] q);
    RefModule mine(.clk(clk), .rst(rst), .a(a), .b(b), .q(q));
endmodule
