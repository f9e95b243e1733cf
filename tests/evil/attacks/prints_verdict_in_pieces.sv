// SPDX-License-Identifier: Apache-2.0
// attack: prints_verdict_in_pieces
// class: forge
// does: Prints the testbench's verdict line in pieces.
// must not: pass.
// speed: quick
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    initial begin
        #1 $write("%s", "Mism");
        $write("%s: %0d in %0d ", "atches", 0, 512);
        $write("%s\n", "samples");
        $finish;
    end
endmodule
