// SPDX-License-Identifier: Apache-2.0
// attack: drives_its_inputs_by_an_instance
// class: forge
// does: Drives its inputs by the outputs of an instance.
// must not: pass.
// speed: fast
// may pass: bench/own
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    Nothing none_a(.y(a));
    Nothing none_b(.y(b));
endmodule
module Nothing(output [7:0] y);
    assign y = 8'd0;
endmodule
