// SPDX-License-Identifier: Apache-2.0
// attack: asks_for_versions
// class: split
// does: Asks for macros of versions and of coverage.
// must not: pass.
// speed: fast
`ifdef verilator
`define SUM a - b
`elsif SV_COV_OK
`define SUM a + b
`elsif VERILATOR_TIMING
`define SUM a + b
`elsif __SLANG__
`define SUM a - b
`else
`define SUM a - b
`endif
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : `SUM;
endmodule
