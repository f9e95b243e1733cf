// SPDX-License-Identifier: Apache-2.0
// attack: takes_the_name_as_an_interface
// class: forge
// does: Gives an interface, a package and a class names of the testbench.
// must not: pass.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
endmodule
interface RefModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;
endinterface
package tb;
    integer errors = 0;
endpackage
class Stimulus;
endclass
