module undefined_macro(input wire a, output wire [3:0] q);
    assign q = `NOT_DEFINED;
endmodule
