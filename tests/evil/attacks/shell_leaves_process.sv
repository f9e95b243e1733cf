// SPDX-License-Identifier: Apache-2.0
// attack: shell_leaves_process
// class: escape
// does: Leaves a process behind.
// must not: leave a process.
// speed: quick
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    initial $system("setsid sleep @MARK@ </dev/null >/dev/null 2>&1 &");
endmodule
