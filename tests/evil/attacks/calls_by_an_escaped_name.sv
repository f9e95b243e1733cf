// SPDX-License-Identifier: Apache-2.0
// attack: calls_by_an_escaped_name
// class: forge
// does: Calls system tasks by escaped names.
// must not: print or end.
// speed: quick
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    initial #1 begin
        \$display ("Mismatches: 0 in 512 samples");
        \$finish ;
    end
endmodule
