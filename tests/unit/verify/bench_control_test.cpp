// SPDX-License-Identifier: Apache-2.0
#include "verify/bench_control.h"

#include "tests/catch.h"

using namespace rtlgen;
using namespace rtlgen::verify;

namespace {

SourceSet set_of(const std::string& path, const std::string& text) {
    SourceSet set;
    set.files = {{path, {}, text}};
    return set;
}

std::string stand_in_text(const std::string& design, const std::string& bench) {
    return stand_in_for(set_of("d.sv", design), set_of("tb.sv", bench)).design.files.at(0).text;
}

constexpr const char* kDesign = "module m(input a, output y); assign y = a; endmodule\n";

}  // namespace

TEST_CASE("the stand-in has the ports and parameters that the testbench names") {
    CHECK(stand_in_text(kDesign, "module tb; m #(.W(3)) u(.a(x[1]), .q({y, z})); endmodule") ==
          "module m #(parameter W = 1) (input a, q); endmodule\n");
    CHECK(stand_in_text(kDesign, "module tb; m u(x, f(1, 2)), v(x); endmodule") ==
          "module m (input rtlgen_0, rtlgen_1); endmodule\n");
    CHECK(stand_in_text(kDesign, "module tb; m u[3:0](.*, .b); endmodule") ==
          "module m (input a, y, b); endmodule\n");
    CHECK(stand_in_text(kDesign, "module tb; m u(); endmodule") == "module m; endmodule\n");
}

TEST_CASE("what the design has besides stays, and a module that isn't instantiated too") {
    const std::string package = "`define N 3\npackage p; endpackage\n";
    CHECK(stand_in_text(package + kDesign + "module k; endmodule\n",
                        "module tb; m u(.a); endmodule") ==
          package + "module m (input a); endmodule\nmodule k; endmodule\n");
}

TEST_CASE("an error that the stand-in meets too is the testbench's, but for what it can't know") {
    const StandIn stand_in = stand_in_for(
        set_of("d.sv", kDesign),
        set_of("tb.sv", "module tb;\n  m u(\n    .a(a)\n  );\n  initial nowhere = 1;\nendmodule"));
    const Finding own{Severity::Error, "icarus/error", "tb.sv", 5, 0, "Could not find nowhere"};
    CHECK(bench_fault({own}, {own}, stand_in) == own);
    CHECK_FALSE(bench_fault({own}, {}, stand_in));
    Finding elsewhere = own;
    elsewhere.line = 6;
    CHECK_FALSE(bench_fault({own}, {elsewhere}, stand_in));
    Finding warning = own;
    warning.severity = Severity::Warning;
    CHECK_FALSE(bench_fault({warning}, {warning}, stand_in));
    // At the instance the design's ports meet the testbench's signals.
    Finding connection = own;
    connection.line = 3;
    CHECK_FALSE(bench_fault({connection}, {connection}, stand_in));
    connection.rule = "icarus/undeclared";
    CHECK(bench_fault({connection}, {connection}, stand_in));
    // Names within the design, and its own files.
    Finding inside = own;
    inside.message = "Unable to bind wire/reg/memory `u.count' in `tb'";
    CHECK_FALSE(bench_fault({inside}, {inside}, stand_in));
    Finding design = own;
    design.file = "d.sv";
    CHECK_FALSE(bench_fault({design}, {design}, stand_in));
}

TEST_CASE("a missing module is the testbench's where the design is there, else the design's") {
    const Finding missing{Severity::Error,         "icarus/missing-module", "tb.sv", 1, 0,
                          "Unknown module type: n"};
    const SourceSet design = set_of("d.sv", kDesign);
    CHECK(bench_fault({missing}, {missing},
                      stand_in_for(design, set_of("tb.sv", "module tb;\n m u(x); endmodule"))));
    CHECK_FALSE(
        bench_fault({missing}, {missing},
                    stand_in_for(design, set_of("tb.sv", "module tb;\n n u(x); endmodule"))));
}
