module redeclared(input wire a, output wire q);
    assign q = a;
endmodule
module redeclared(input wire a, output wire q);
    assign q = ~a;
endmodule
