// SPDX-License-Identifier: Apache-2.0
// attack: looks_at_its_name
// class: rare
// does: Looks at the place where it stands.
// must not: pass.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    reg [8*64:1] place;
    initial $sformat(place, "%m");
    always @(posedge clk) q <= rst ? 8'd0 : place[8*4:1] == "dut_" ? a + b : a - b;
endmodule
