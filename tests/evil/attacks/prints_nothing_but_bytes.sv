// SPDX-License-Identifier: Apache-2.0
// attack: prints_nothing_but_bytes
// class: forge
// does: Prints NULs, backspaces and carriage returns around a verdict.
// must not: pass.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    initial begin
        $write("Mismatches: 512 in 512 samples\015");
        $write("Mismatches: 0 in 512 samples\000\010\n");
        $write("%c%c%s\n", 8'd0, 8'd13, "PASS");
        $write("%u%z", 32'h0A535341, 32'h50);
        #1 $finish;
    end
endmodule
