// SPDX-License-Identifier: Apache-2.0
// attack: has_names_of_assembly
// class: escape
// does: Names that would end a word of what Icarus writes.
// must not: break a tool.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    reg [7:0] \x",0,0; ;
    reg \y";%vpi_call"$system"; ;
    reg \z\"\134" ;
    initial begin
        \x",0,0;  = 8'd3;
        \y";%vpi_call"$system";  = 1'b1;
        \z\"\134" = 1'b0;
    end
endmodule
