// SPDX-License-Identifier: Apache-2.0
// attack: waits_for_input
// class: limits
// does: Waits for somebody to type.
// must not: wait.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    integer c;
    initial begin
        c = $fgetc(32'h8000_0000);
        $stop;
        $input("/dev/stdin");
    end
endmodule
