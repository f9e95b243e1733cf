// SPDX-License-Identifier: Apache-2.0
// attack: hides_in_an_attribute
// class: forge
// does: Something between the brackets of an attribute that may be none.
// must not: hide code.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    always @(*) begin end
    (* note = "*)" *) wire x = 1;
    (*) initial begin #1 $display("Mismatches: 0 in 512 samples"); $finish; end (*)
endmodule
