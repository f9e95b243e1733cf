// SPDX-License-Identifier: Apache-2.0
// attack: waves_outside
// class: escape
// does: Dumps waves into a folder of the user.
// must not: make a file outside.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    initial begin
        $dumpfile("@OUT@/waves.vcd");
        $dumpvars;
    end
endmodule
