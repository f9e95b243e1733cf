// SPDX-License-Identifier: Apache-2.0
// A program for the PicoRV32 processor that sums 10 + 9 + ... + 1, and a memory that sees the result.
`timescale 1 ns / 1 ps

module picorv32_tb;
    reg clk = 0;
    reg resetn = 0;
    wire trap;
    wire mem_valid;
    wire mem_instr;
    reg mem_ready = 0;
    wire [31:0] mem_addr;
    wire [31:0] mem_wdata;
    wire [3:0] mem_wstrb;
    reg [31:0] mem_rdata = 0;
    reg [31:0] program_words [0:7];
    integer cycle = 0;

    picorv32 dut (
        .clk(clk), .resetn(resetn), .trap(trap), .mem_valid(mem_valid), .mem_instr(mem_instr),
        .mem_ready(mem_ready), .mem_addr(mem_addr), .mem_wdata(mem_wdata), .mem_wstrb(mem_wstrb),
        .mem_rdata(mem_rdata)
    );

    initial begin
        program_words[0] = 32'h00000093;  //       addi x1, x0, 0
        program_words[1] = 32'h00a00113;  //       addi x2, x0, 10
        program_words[2] = 32'h002080b3;  // loop: add  x1, x1, x2
        program_words[3] = 32'hfff10113;  //       addi x2, x2, -1
        program_words[4] = 32'hfe011ce3;  //       bne  x2, x0, loop
        program_words[5] = 32'h000011b7;  //       lui  x3, 1
        program_words[6] = 32'h0011a023;  //       sw   x1, 0(x3)
        program_words[7] = 32'h0000006f;  // end:  jal  x0, end
    end

    always #5 clk = ~clk;

    always @(posedge clk) begin
        cycle <= cycle + 1;
        if (cycle == 10) resetn <= 1;
        mem_ready <= mem_valid && !mem_ready;
        mem_rdata <= program_words[mem_addr[4:2]];
        if (mem_valid && mem_ready && mem_wstrb != 0) begin
            if (mem_addr == 32'h1000 && mem_wdata == 55) $display("PASS: the sum is 55");
            else $display("FAIL: %0d is written to %h, expected 55 to 00001000", mem_wdata, mem_addr);
            $finish;
        end
        if (trap || cycle == 5000) begin
            $display("FAIL: no sum after %0d cycles", cycle);
            $finish;
        end
    end
endmodule
