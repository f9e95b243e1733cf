// SPDX-License-Identifier: Apache-2.0
// attack: has_an_interface_port
// class: forge
// does: Takes its inputs by an interface.
// must not: pass.
// speed: fast
interface Bus;
    logic [7:0] a, b;
    modport in(input a, input b);
endinterface
module TopModule(input clk, input rst, Bus.in bus, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : bus.a - bus.b;
endmodule
