// SPDX-License-Identifier: Apache-2.0
// attack: renames_its_ports
// class: forge
// does: Ports whose outer names belong to other signals.
// must not: pass.
// speed: fast
module TopModule(.clk(clk), .rst(rst), .a(b), .b(a), .q({q[3:0], q[7:4]}));
    input clk, rst;
    input [7:0] a, b;
    output reg [7:0] q;
    always @(posedge clk) q <= rst ? 8'd0 : a + b;
endmodule
