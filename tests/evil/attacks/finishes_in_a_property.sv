// SPDX-License-Identifier: Apache-2.0
// attack: finishes_in_a_property
// class: forge
// does: Ends the simulation by what follows a property.
// must not: pass.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    property never;
        @(posedge clk) 1 |-> 0;
    endproperty
    assert property (never) else $finish;
    cover property (@(posedge clk) 1) $display("Mismatches: 0 in 512 samples");
endmodule
