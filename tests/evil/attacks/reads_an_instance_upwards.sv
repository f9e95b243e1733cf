// SPDX-License-Identifier: Apache-2.0
// attack: reads_an_instance_upwards
// class: forge
// does: Reads the reference by the name of its instance, without the testbench's name.
// must not: pass.
// speed: fast
// may pass: bench/own
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output [7:0] q);
    assign q = good.q;
endmodule
