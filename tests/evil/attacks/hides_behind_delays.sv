// SPDX-License-Identifier: Apache-2.0
// attack: hides_behind_delays
// class: rare
// does: Its outputs come later than a clock.
// must not: pass.
// speed: fast
// ways: bench reference
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= #37 rst ? 8'd0 : a + b;
endmodule
