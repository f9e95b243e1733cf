// SPDX-License-Identifier: Apache-2.0
// attack: has_names_of_c
// class: escape
// does: Names that are words of C++ and of what Verilator writes.
// must not: break a tool.
// speed: fast
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    reg [7:0] delete, namespace, template, VL_IN, __Vdly__q, eval, main, TopModule__Syms, nullptr;
    wire \std::system , \x->y , \a;::system("echo_owned>@OUT@/name"); ;
    always @(posedge clk) begin
        delete <= a;
        namespace <= delete;
        template <= namespace ^ VL_IN ^ __Vdly__q ^ eval ^ main ^ nullptr;
    end
endmodule
