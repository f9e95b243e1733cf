// SPDX-License-Identifier: Apache-2.0
// attack: translates_a_part_alone
// class: split
// does: Comments that switch translation off hide the right half from synthesis.
// must not: pass as the netlist of what was simulated.
// speed: fast
// ways: agree
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    // synopsys translate_off
    always @(posedge clk) q <= rst ? 8'd0 : a + b;
    // synopsys translate_on
    /* synthesis translate_off */
    wire seen_by_simulators_alone = 1;
    /* synthesis translate_on */
    // pragma translate_off
    // pragma translate_on
    reg [7:0] wrong;
    always @* if (a[0]) wrong = b;
endmodule
