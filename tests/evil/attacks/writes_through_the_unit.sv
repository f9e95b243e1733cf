// SPDX-License-Identifier: Apache-2.0
// attack: writes_through_the_unit
// class: forge
// does: Names something of the compilation unit.
// must not: pass.
// speed: fast
// may pass: bench/own
int shared;
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    always @(clk) begin
        shared = 0;
        $unit::shared = 0;
        tb.errors = $unit::shared;
    end
endmodule
