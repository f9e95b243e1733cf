// SPDX-License-Identifier: Apache-2.0
// attack: prints_a_trace
// class: forge
// does: Prints what a driver would: values, and an end.
// must not: pass.
// speed: quick
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    integer i;
    initial begin
        for (i = 0; i < 4096; i = i + 1) $display("@%016x %0d %b", 64'd0, i, 8'd0);
        $display("@%016x end %0d", 64'd0, 4096);
        $display("%m");
        #1 $finish;
    end
endmodule
