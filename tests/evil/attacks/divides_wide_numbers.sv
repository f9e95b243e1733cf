// SPDX-License-Identifier: Apache-2.0
// attack: divides_wide_numbers
// class: limits
// does: A division of 4,096 bits, which synthesis would have to build.
// must not: take all memory.
// speed: slow
// ways: synth netlist
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    reg [4095:0] n, d;
    always @(posedge clk) begin
        n <= {n, a};
        d <= {d, b};
    end
    always @(negedge clk) q <= n / d ^ (n * d) ^ (n % d);
endmodule
