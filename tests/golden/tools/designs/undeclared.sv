module undeclared(input wire a, output reg q);
    always @* begin
        q = a & ghost;
    end
endmodule
