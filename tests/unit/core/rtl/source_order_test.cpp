// SPDX-License-Identifier: Apache-2.0
#include "core/rtl/source_order.h"

#include "tests/catch.h"

using namespace rtlgen;
using namespace rtlgen::rtl;

namespace {

using Names = std::vector<std::string>;

/// Files of /w, named by their paths there.
SourceSet set_of(const std::vector<std::pair<std::string, std::string>>& files) {
    SourceSet set;
    for (const auto& [name, text] : files) set.files.push_back({name, "/w/" + name, text});
    return set;
}

Result<std::vector<IncludeUse>> includes_of(const SourceSet& set, MemoryFileReader reader = {}) {
    for (const SourceFile& file : set.files) reader.files[file.host_path] = file.text;
    return scan_includes(set, "/w", reader);
}

Names order_of(const SourceSet& set) {
    const auto includes = includes_of(set);
    REQUIRE(includes.has_value());
    Names names;
    for (const SourceFile& file : order_sources(set, *includes).set.files) {
        names.push_back(file.path);
    }
    return names;
}

}  // namespace

TEST_CASE("packages come before the files that use them and everything else stays in order") {
    const SourceSet set = set_of({{"top.sv", "module t import b_pkg::*; (); endmodule"},
                                  {"x.sv", "module x; endmodule"},
                                  {"b.sv", "package b_pkg; localparam W = a_pkg::W; endpackage"},
                                  {"a.sv", "package a_pkg; localparam W = 1; endpackage"},
                                  {"z.sv", "module z; wire [a_pkg::W:0] q; endmodule"}});
    CHECK(order_of(set) == Names{"a.sv", "b.sv", "top.sv", "x.sv", "z.sv"});
}

TEST_CASE("an order that is right stays as it is") {
    const SourceSet set = set_of({{"m.sv", "module m; endmodule"},
                                  {"p.sv", "package p; endpackage"},
                                  {"n.sv", "module n; import p::*; endmodule"}});
    CHECK(order_of(set) == Names{"m.sv", "p.sv", "n.sv"});
}

TEST_CASE("packages that use each other are a warning, not a loop") {
    const SourceSet set = set_of({{"a.sv", "package a; localparam X = b::Y; endpackage"},
                                  {"b.sv", "package b; localparam Y = a::X; endpackage"}});
    const OrderedSources ordered = order_sources(set, {});
    CHECK(ordered.set.files.size() == 2);
    REQUIRE(ordered.findings.size() == 1);
    CHECK(ordered.findings[0].rule == "rtlgen/PACKAGE_CYCLE");
}

TEST_CASE("a file that others include is left out where it can't stand beside them") {
    const SourceSet set = set_of({{"top.v",
                                   "module t;\n`include \"body.vh\"\n`include \"defs.vh\"\n"
                                   "endmodule\n`include \"sub.v\"\n"},
                                  {"body.vh", "assign a = b;"},
                                  {"defs.vh", "`define W 8\n"},
                                  {"sub.v", "module s; endmodule"}});
    const auto includes = includes_of(set);
    REQUIRE(includes.has_value());
    REQUIRE(includes->size() == 3);
    CHECK((*includes)[0] == IncludeUse{"top.v", 2, "body.vh", "/w/body.vh"});
    const OrderedSources ordered = order_sources(set, *includes);
    CHECK(ordered.include_only == Names{"body.vh", "sub.v"});
    CHECK(ordered.findings.empty());
}

TEST_CASE("a module in two files is a warning that names both") {
    const SourceSet set =
        set_of({{"a.v", "module m; endmodule"}, {"b.v", "\nmodule m; endmodule"}});
    const OrderedSources ordered = order_sources(set, {});
    REQUIRE(ordered.findings.size() == 1);
    CHECK(format_finding(ordered.findings[0]) ==
          "b.v:2: warning: module m stands in a.v as well [rtlgen/DUPLICATE]");
}

TEST_CASE("files that include each other without end are an error with the chain") {
    MemoryFileReader reader;
    reader.files["/w/a.vh"] = "\n`include \"b.vh\"\n";
    reader.files["/w/b.vh"] = "`include \"a.vh\"\n";
    const auto includes = includes_of(set_of({{"t.v", "`include \"a.vh\"\n"}}), reader);
    REQUIRE_FALSE(includes.has_value());
    CHECK(includes.error().code == ErrorCode::InvalidArgument);
    CHECK(includes.error().message.find("a.vh -> b.vh -> a.vh") != std::string::npos);
    CHECK_FALSE(includes_of(set_of({{"t.v", "`include \"t.v\"\n"}})).has_value());
}

TEST_CASE("a circle of includes with guards is none") {
    MemoryFileReader reader;
    reader.files["/w/inc/a.vh"] = "`ifndef A\n`define A\n`include \"b.vh\"\n`endif\n";
    reader.files["/w/inc/b.vh"] = "`ifndef B\n`define B\n`include \"a.vh\"\n`endif\n";
    SourceSet set = set_of({{"t.v", "`include \"a.vh\"\n`include <none.vh>\n"}});
    set.include_dirs = {"/w/inc"};
    const auto includes = includes_of(set, reader);
    REQUIRE(includes.has_value());
    REQUIRE(includes->size() == 4);
    CHECK((*includes)[1] == IncludeUse{"inc/a.vh", 3, "b.vh", "/w/inc/b.vh"});
    CHECK((*includes)[3] == IncludeUse{"t.v", 2, "none.vh", {}});
}

TEST_CASE("includes that multiply are followed a bounded number of times") {
    MemoryFileReader reader;
    for (int i = 0; i < 60; ++i) {
        const std::string line = "`include \"" + std::to_string(i + 1) + ".vh\"\n";
        reader.files["/w/" + std::to_string(i) + ".vh"] = line + line;
    }
    CHECK(includes_of(set_of({{"t.v", "`include \"0.vh\"\n"}}), reader).has_value());
}

TEST_CASE("the top is the module that nobody instantiates, over all files") {
    CHECK(detect_top(set_of({{"a.v", "module sub; endmodule"},
                             {"b.v", "module top; sub u(); endmodule"}})) == "top");
    CHECK(detect_top(set_of({{"a.v", "module r(input a); r u(a); endmodule"}})) == "r");
}

TEST_CASE("several roots are an error that names them and says --top") {
    const auto top = detect_top(set_of({{"a.v", "module a; endmodule module b; endmodule"}}));
    REQUIRE_FALSE(top.has_value());
    CHECK(top.error().code == ErrorCode::InvalidArgument);
    CHECK(top.error().text() ==
          "a.v: several modules could be the top: a, b; say which with --top");
}

TEST_CASE("a top that isn't there is an error with close names") {
    SourceSet set = set_of({{"a.v", "module counter; endmodule module fifo; endmodule"}});
    set.top = "Counter8";
    CHECK(detect_top(set).error().message == "there is no module Counter8; did you mean counter?");
    set.top = "zzz";
    CHECK(detect_top(set).error().message == "there is no module zzz; there are counter, fifo");
    set.top = "fifo";
    CHECK(detect_top(set) == "fifo");
    set.top = "cell1";
    set.library_files = {{"lib.v", "/w/lib.v", "module cell1; endmodule"}};
    CHECK(detect_top(set) == "cell1");
}

TEST_CASE("no module and a circle of modules are errors") {
    CHECK(detect_top(set_of({{"a.v", "wire x;"}})).error().message ==
          "no module stands in the files");
    CHECK(detect_top(set_of({{"a.v", "module a; b u(); endmodule module b; a u(); endmodule"}}))
              .error()
              .message.find("--top") != std::string::npos);
}

TEST_CASE("a testbench's top is its root without ports") {
    CHECK(detect_testbench_top(set_of({{"t.sv",
                                        "module stim(output x); endmodule\n"
                                        "module dut_like(input a); endmodule\n"
                                        "module tb; stim s(x); endmodule"}})) == "tb");
    const auto two =
        detect_testbench_top(set_of({{"t.sv", "module t1; endmodule module t2; endmodule"}}));
    REQUIRE_FALSE(two.has_value());
    CHECK(two.error().code == ErrorCode::BadBench);
    CHECK(two.error().message.find("t1, t2; say which with --testbench-top") != std::string::npos);
}
