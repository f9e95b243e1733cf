module m #(parameter W = 4)(input wire [W-1:0] a, output reg b); always @(*) b = ^a; endmodule
