module syntax_error(input wire a, output wire q);
    assign q = a +;
    wire b
endmodule
