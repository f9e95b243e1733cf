// SPDX-License-Identifier: Apache-2.0
// attack: carries_c_sections
// class: escape
// does: Carries sections of C++ for the verilated program.
// must not: run foreign code.
// speed: fast
`systemc_header
#include <cstdlib>
`systemc_implementation
namespace { struct Begin { Begin() { ::system("echo owned > @OUT@/section"); } } begin; }
`verilog
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
endmodule
