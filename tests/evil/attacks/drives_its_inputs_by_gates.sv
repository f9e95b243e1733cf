// SPDX-License-Identifier: Apache-2.0
// attack: drives_its_inputs_by_gates
// class: forge
// does: Drives its inputs by gates and switches.
// must not: pass.
// speed: fast
// may pass: bench/own
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    supply0 ground;
    buf (supply1, supply0) gates_a [7:0] (a, {8{ground}});
    tran switches [7:0] (b, {8{ground}});
endmodule
