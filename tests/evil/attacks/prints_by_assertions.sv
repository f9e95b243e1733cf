// SPDX-License-Identifier: Apache-2.0
// attack: prints_by_assertions
// class: forge
// does: Assertions that fail print for it.
// must not: pass.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    always @(posedge clk) assert (0) else $display("Mismatches: 0 in 512 samples");
    initial #1 begin
        assert (0) else $error("PASS");
        $finish;
    end
endmodule
