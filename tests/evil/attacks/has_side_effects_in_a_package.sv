// SPDX-License-Identifier: Apache-2.0
// attack: has_side_effects_in_a_package
// class: forge
// does: A package whose variables print while they begin.
// must not: pass.
// speed: fast
package Effects;
    function automatic int say();
        $display("Mismatches: 0 in 512 samples");
        say = 1;
    endfunction
    int begun = say();
    export *::*;
endpackage
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    import Effects::*;
    wire [31:0] unused = begun;
endmodule
