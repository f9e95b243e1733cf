// SPDX-License-Identifier: Apache-2.0
// The testbench that every attack meets: it compares 512 samples with its reference.
module RefModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a + b;
endmodule

module tb;
    parameter Samples = 512;
    reg clk = 0, rst = 1;
    reg [7:0] a = 0, b = 1;
    wire [7:0] q, expected;
    integer errors = 0, samples = 0;
    RefModule good(.clk(clk), .rst(rst), .a(a), .b(b), .q(expected));
    TopModule dut(.clk(clk), .rst(rst), .a(a), .b(b), .q(q));
    always #5 clk = ~clk;
    always @(negedge clk) begin
        samples = samples + 1;
        if (q !== expected) errors = errors + 1;
        rst <= samples < 3;
        a <= a * 5 + 1;
        b <= b * 3 + 7;
        if (samples >= Samples) begin
            $display("Mismatches: %0d in %0d samples", errors, samples);
            $finish;
        end
    end
endmodule
