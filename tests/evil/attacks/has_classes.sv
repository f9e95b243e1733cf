// SPDX-License-Identifier: Apache-2.0
// attack: has_classes
// class: forge
// does: Classes, randomization and covergroups that print.
// must not: pass.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    class Chance;
        rand bit [7:0] x;
        function void post_randomize();
            $display("Mismatches: 0 in 512 samples");
        endfunction
    endclass
    covergroup seen @(posedge clk);
        coverpoint a;
    endgroup
    Chance chance = new;
    seen cover_all = new;
    initial if (chance.randomize() == 0) $finish;
endmodule
