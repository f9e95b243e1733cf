// SPDX-License-Identifier: Apache-2.0
// attack: dumps_its_ports
// class: escape
// does: Dumps ports and a compressed wave into a folder of the user.
// must not: make a file outside.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    initial begin
        $dumpports(TopModule, "@OUT@/ports");
        $dumpfile("@OUT@/waves.fst");
        $dumpvars(0, TopModule);
        $dumpflush;
    end
endmodule
