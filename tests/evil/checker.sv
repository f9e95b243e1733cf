// SPDX-License-Identifier: Apache-2.0
// The testbench that every attack meets: it compares 512 samples with its reference. Its stimuli come to both
// as nets, errors are counted in a named block too, and it has a task: what a design could reach for.
module RefModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a + b;
endmodule

module Stimulus(output reg clk, output reg rst, output reg [7:0] a, output reg [7:0] b);
    integer turns = 0;
    initial begin
        clk = 0;
        rst = 1;
        a = 0;
        b = 1;
    end
    always #5 clk = ~clk;
    always @(negedge clk) begin
        turns = turns + 1;
        rst <= turns < 3;
        a <= a * 5 + 1;
        b <= b * 3 + 7;
    end
endmodule

module tb;
    parameter Samples = 512;
    wire clk, rst;
    wire [7:0] a, b, q, expected;
    integer errors = 0, samples = 0;
    Stimulus stimulus(.clk(clk), .rst(rst), .a(a), .b(b));
    RefModule good(.clk(clk), .rst(rst), .a(a), .b(b), .q(expected));
    TopModule dut(.clk(clk), .rst(rst), .a(a), .b(b), .q(q));
    task forgive;
        errors = 0;
    endtask
    always @(negedge clk) begin : tally
        integer wrong;
        wrong = q !== expected;
        samples = samples + 1;
        errors = errors + wrong;
        if (samples >= Samples) begin
            $display("Mismatches: %0d in %0d samples", errors, samples);
            $finish;
        end
    end
endmodule
