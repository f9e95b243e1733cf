// SPDX-License-Identifier: Apache-2.0
// attack: forks_without_end
// class: limits
// does: Starts threads of the simulation without end.
// must not: take all memory.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    task automatic more;
        fork
            more;
            more;
            #1000;
        join_none
    endtask
    initial more;
endmodule
