// SPDX-License-Identifier: Apache-2.0
// attack: finishes_by_other_words
// class: forge
// does: Ends the simulation by the less known tasks.
// must not: pass.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    initial begin
        #1 if (a === 8'd0) $finish_and_return(0);
        $exit;
        $stop(0);
        $fatal(0);
    end
endmodule
