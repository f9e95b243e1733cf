// SPDX-License-Identifier: Apache-2.0
// attack: doubles_instances
// class: limits
// does: A tree of 2^24 instances.
// must not: take all memory.
// speed: slow
// ways: bench netlist
module TopModule(input clk, input rst, input [7:0] a, input [7:0] b, output reg [7:0] q);
    always @(posedge clk) q <= rst ? 8'd0 : a - b;  // wrong, so a pass is a forgery
    T24 tree(.x(a[0]));
endmodule
module T0(input x);
    reg r;
    always @(posedge x) r <= ~r;
endmodule
module T1(input x);
    T0 l(.x(x));
    T0 r(.x(x));
endmodule
module T2(input x);
    T1 l(.x(x));
    T1 r(.x(x));
endmodule
module T3(input x);
    T2 l(.x(x));
    T2 r(.x(x));
endmodule
module T4(input x);
    T3 l(.x(x));
    T3 r(.x(x));
endmodule
module T5(input x);
    T4 l(.x(x));
    T4 r(.x(x));
endmodule
module T6(input x);
    T5 l(.x(x));
    T5 r(.x(x));
endmodule
module T7(input x);
    T6 l(.x(x));
    T6 r(.x(x));
endmodule
module T8(input x);
    T7 l(.x(x));
    T7 r(.x(x));
endmodule
module T9(input x);
    T8 l(.x(x));
    T8 r(.x(x));
endmodule
module T10(input x);
    T9 l(.x(x));
    T9 r(.x(x));
endmodule
module T11(input x);
    T10 l(.x(x));
    T10 r(.x(x));
endmodule
module T12(input x);
    T11 l(.x(x));
    T11 r(.x(x));
endmodule
module T13(input x);
    T12 l(.x(x));
    T12 r(.x(x));
endmodule
module T14(input x);
    T13 l(.x(x));
    T13 r(.x(x));
endmodule
module T15(input x);
    T14 l(.x(x));
    T14 r(.x(x));
endmodule
module T16(input x);
    T15 l(.x(x));
    T15 r(.x(x));
endmodule
module T17(input x);
    T16 l(.x(x));
    T16 r(.x(x));
endmodule
module T18(input x);
    T17 l(.x(x));
    T17 r(.x(x));
endmodule
module T19(input x);
    T18 l(.x(x));
    T18 r(.x(x));
endmodule
module T20(input x);
    T19 l(.x(x));
    T19 r(.x(x));
endmodule
module T21(input x);
    T20 l(.x(x));
    T20 r(.x(x));
endmodule
module T22(input x);
    T21 l(.x(x));
    T21 r(.x(x));
endmodule
module T23(input x);
    T22 l(.x(x));
    T22 r(.x(x));
endmodule
module T24(input x);
    T23 l(.x(x));
    T23 r(.x(x));
endmodule
