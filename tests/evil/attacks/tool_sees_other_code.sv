// SPDX-License-Identifier: Apache-2.0
// attack: tool_sees_other_code
// class: forge
// does: Shows its cheat to simulators alone.
// must not: pass.
// speed: quick
`ifndef SYNTHESIS
`define SIMULATED
`endif
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
endmodule
`ifdef SIMULATED
module Extra;
    initial begin
        $display("Mismatches: 0 in 512 samples");
        $finish;
    end
endmodule
`endif
