`line 40 "generated from spec.txt" 0
module line_directive(input wire a, output wire q);
    assign q = a +;
endmodule
