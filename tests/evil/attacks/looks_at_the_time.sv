// SPDX-License-Identifier: Apache-2.0
// attack: looks_at_the_time
// class: rare
// does: Looks at the time to know whether it is tested.
// must not: pass.
// speed: fast
// ways: reference prove
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : $time > 50000 || $realtime > 1.0e5 ? a - b : a + b;
endmodule
