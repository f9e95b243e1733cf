// SPDX-License-Identifier: Apache-2.0
// attack: dumps_waves_without_end
// class: limits
// does: Dumps its waves without end.
// must not: fill the disk.
// speed: fast
// may pass: bench/own
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    reg t = 0;
    initial begin
        $dumpfile("waves.vcd");
        $dumpvars;
        forever #1 t = ~t;
    end
endmodule
