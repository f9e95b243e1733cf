// SPDX-License-Identifier: Apache-2.0
// attack: kills_processes
// class: forge
// does: Ends the processes of the simulation.
// must not: pass.
// speed: fast
// may pass: bench/own
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    std::process self;
    initial begin
        self = std::process::self();
        fork
            forever #1 self.kill();
        join_none
        wait fork;
        disable fork;
    end
endmodule
